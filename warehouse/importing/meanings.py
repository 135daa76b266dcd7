"""What single raw values mean by a mapping: answers, by the survey's own validator; dates, weights,
languages, names."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from survey import Answer, Question, check_answer, normalise_language
from survey.answers import Raw, unfit_together
from survey.characters import unfit_character
from warehouse.calendar import utc_now
from warehouse.importing.checking import Meaning
from warehouse.importing.mapping import EXCEL, SubmittedAt, Taken
from warehouse.importing.problems import import_problem

MOST_NAME = 200  # characters of a row's id, a member, a tier or a touchpoint
MOST_WEIGHT = 1_000_000.0
ISO = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S")  # as the dates of a workbook are written by `cells.text_of`
_NUMBER = re.compile(r"\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 a spreadsheet's day numbers have no zone
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)  # an id made of the time cannot lie before it


def row_id(raw: str) -> Meaning[str]:
    """An id as it stands; whether an earlier row has it is asked of the whole table."""
    if not raw:
        return Meaning(problem=import_problem("row-id-blank", rule="{row}"))
    if len(raw) > MOST_NAME or unfit_character(raw):
        return Meaning(problem=import_problem("cell-text", most=MOST_NAME))
    return Meaning(raw)


def answer(
    question: Question, values: Mapping[str, str], missing: Mapping[str, str], separator: str = " "
) -> Callable[[str], Meaning[Answer]]:
    """The reader of one item's cells: first `values`, then `check_answer` with the file's missing codes.

    A blank cell is always missing, as "blank" unless `missing` gives "" another reason. Several choices in
    one cell stand apart by `separator`, and `values` holds for each of them."""
    codes = {raw: reason for raw, reason in missing.items() if raw}
    asked = question.model_copy(update={"missing_codes": codes})
    blank = missing.get("", "blank")

    def sent(raw: str) -> Raw:
        if asked.stored != "choices":
            return values.get(raw, raw)
        if raw in codes:
            return [raw]
        parts = (part.strip() for part in raw.split(separator))
        return [values.get(part, part) for part in parts if part]

    def meaning(raw: str) -> Meaning[Answer]:
        if not raw and "" not in values:
            return Meaning(missing=blank)
        if asked.stored == "file":
            return Meaning(problem=import_problem("cell-file"))
        found = check_answer(asked, sent(raw))
        wrong = found.choices and unfit_together(asked, found.choices)
        if wrong:
            return Meaning(problem=wrong)
        return Meaning(None if found.missing or found.problem else found, found.missing, found.problem)

    return meaning


def instant(submitted_at: SubmittedAt, also: Sequence[str] = ()) -> Callable[[str], Meaning[datetime]]:
    """The reader of dates; a date without a time is the first moment of that day in the mapping's zone. Gives
    UTC. `also` are forms beside those of the mapping."""
    formats = (*submitted_at.formats, *also)
    zone = ZoneInfo(submitted_at.zone)
    latest = utc_now() + timedelta(days=1)  # clocks and zones differ

    def meaning(raw: str) -> Meaning[datetime]:
        found = {read for form in formats if (read := _read_date(raw, form, zone)) is not None}
        if not found:
            return Meaning(problem=import_problem("row-date"))
        if len(found) > 1:
            return Meaning(problem=import_problem("row-date-ambiguous"))
        (when,) = found
        if not _EARLIEST <= when <= latest:
            return Meaning(problem=import_problem("row-date-range"))
        return Meaning(when)

    return meaning


def _read_date(raw: str, form: str, zone: ZoneInfo) -> datetime | None:
    try:
        if form == EXCEL:
            read = _DAY_ZERO + timedelta(days=float(raw)) if _NUMBER.fullmatch(raw) else None
        else:
            read = datetime.strptime(raw, form)  # noqa: DTZ007 the zone comes in the next line
        return read and (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def weight(raw: str) -> Meaning[float]:
    """A weight from 0 to 1,000,000 with a decimal point; a blank one is refused: 1 would be a guess."""
    value = float(raw) if _NUMBER.fullmatch(raw) else -1.0
    return Meaning(value) if 0 <= value <= MOST_WEIGHT else Meaning(problem=import_problem("row-weight"))


def language(taken: Taken) -> Callable[[str], Meaning[str]]:
    """The reader of languages: the mapping's values, or codes such as zh-CN. A row needs one."""

    def meaning(raw: str) -> Meaning[str]:
        code = normalise_language((raw if taken.values is None else taken.values.get(raw)) or "")
        return Meaning(code) if code else Meaning(problem=import_problem("row-language"))

    return meaning


def name(taken: Taken) -> Callable[[str], Meaning[str]]:
    """The reader of members, tiers and touchpoints: the mapping's values, where null is no answer, or any
    short text."""

    def meaning(raw: str) -> Meaning[str]:
        if taken.values is not None and raw in taken.values:
            named = taken.values[raw]
        elif raw and taken.values is not None:
            return Meaning(problem=import_problem("cell-value"))
        else:
            named = raw
        if not named:
            return Meaning(missing="not_stated" if raw else "blank")
        if len(named) > MOST_NAME or unfit_character(named):
            return Meaning(problem=import_problem("cell-text", most=MOST_NAME))
        return Meaning(named)

    return meaning

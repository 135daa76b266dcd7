"""Which rows of a file are in the survey already, and which of them say something else now."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from survey import Questionnaire, Response
from warehouse.calendar import to_stored
from warehouse.database import Warehouse
from warehouse.importing.assembling import NOT_ASKED, Checked
from warehouse.surveys import questionnaire


@dataclass(frozen=True, slots=True)
class Known:
    """`fresh` are the responses that are not there yet; `count` rows are, and those with the numbers in
    `changed` say something else than what is stored."""

    fresh: tuple[Response, ...]
    count: int
    changed: tuple[int, ...]


def compare(warehouse: Warehouse, checked: Checked, asked: Questionnaire) -> Known:
    """Compare the file's responses with what earlier imports stored in their survey."""
    if not checked.responses:
        return Known((), 0, ())
    survey = checked.responses[0].survey
    rows = warehouse.read("importing/known_rows", survey=survey, questionnaire=asked.slug)
    stored = {row[0]: row[1:] for row in rows}
    fresh: list[Response] = []
    there: list[tuple[int, str, Response]] = []
    for number, response in zip(checked.rows, checked.responses, strict=True):
        part = _row_part(response.response_id)
        if part in stored:
            there.append((number, part, response))
        else:
            fresh.append(response)
    if not there:
        return Known(tuple(fresh), 0, ())
    words = _words(warehouse, survey)
    codes = {version: _codes(warehouse, asked.slug, version) for version in {row[1] for row in rows}}
    now = tuple(question.code for question in asked.scored)
    changed = [
        number
        for number, part, response in there
        if _words_of(response) != words.get(part, set()) or _differs(response, now, stored[part], codes)
    ]
    return Known(tuple(fresh), len(there), tuple(changed))


def _row_part(response_id: UUID) -> str:
    """The part of an imported row's id that does not depend on its date: a corrected date makes no second
    response. The queries `importing/known_*` cut it out likewise."""
    return str(response_id)[14:]


def _codes(warehouse: Warehouse, slug: str, version: int) -> tuple[str, ...]:
    """The questions whose scores are stored with an answer to that version, in their order."""
    published = questionnaire(warehouse, slug, version)
    return tuple(question.code for question in published.scored) if published else ()


def _words(warehouse: Warehouse, survey: str) -> Mapping[str, set[tuple[str, str]]]:
    """Choices, texts, numbers and dates of each row, as pairs of question and what was said."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for part, question, said in warehouse.read("importing/known_words", survey=survey):
        found[part].add((question, said))
    return found


def _words_of(response: Response) -> set[tuple[str, str]]:
    said = {
        (question, f"{place} {code}")
        for question, codes in response.choices.items()
        for place, code in enumerate(codes, start=1)
    }
    said |= {(question, f"{number:.6f}") for question, number in response.numbers.items()}
    said |= {(question, day.isoformat()) for question, day in response.dates.items()}
    return said | set(response.texts.items())


def _differs(
    response: Response, codes: Sequence[str], stored: Sequence[Any], known: Mapping[int, Sequence[str]]
) -> bool:
    """Whether a row differs from what is stored, but for choices and texts; in the order of the query."""
    version, language, submitted_at, weight, member, tier, touchpoint, scores, missing = stored
    return (
        (response.language, response.weight) != (language, weight)
        or to_stored(response.submitted_at) != submitted_at
        or (response.member_id, response.tier, response.touchpoint) != (member, tier, touchpoint)
        or _answers(codes, response.scores, response.missing) != _answers(known[version], scores, missing)
    )


def _answers(
    codes: Sequence[str], scores: Sequence[int | None], missing: Sequence[str | None]
) -> Mapping[str, tuple[int | None, str | None]]:
    """By question, since the stored answers may be those to an earlier version of the questionnaire."""
    given = zip(codes, scores, missing, strict=True)
    return {code: (score, why) for code, score, why in given if why != NOT_ASKED}

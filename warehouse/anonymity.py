"""Anonymous surveys: it is known who has answered, and what was answered, and nothing joins the two.

Who has sent a form leaves a mark; the answers go into a box, sealed, without id and time, and come out when
the survey is closed, all at once in random order. The threats and what is left of them: ANONYMITY.md.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from survey import Questionnaire, Response, names_used, new_response_id
from warehouse.anonymity_problems import refusal
from warehouse.audit.chain import record
from warehouse.box_key import destroy_key, make_key, read_key
from warehouse.calendar import local_day, to_stored, utc_now
from warehouse.gate import GRACE, Rules, rules_of
from warehouse.memory import PerWarehouse
from warehouse.problems import WarehouseError
from warehouse.responses import store_responses
from warehouse.sealing import seal, unseal
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

CHANNEL = "anonymous"
LANGUAGE = "und"  # undetermined: which language a form was read in may single somebody out
LEAST = 5
"""A box with fewer answers is not opened: the survey can be opened again for more."""

_ANONYMOUS, _OPENED = "anonymous", "anonymous_opened"
_BLOCK = 4096  # sealed answers are multiples of it, so that their length does not tell whose they are


@dataclass(slots=True)
class _Known:
    """Anonymous surveys as they were read: they only become more, here."""

    names: frozenset[str] | None = field(default=None)


_known = PerWarehouse(lambda warehouse: _Known())


def is_anonymous(warehouse: "Warehouse", survey: str) -> bool:
    """Whether the survey was made anonymous; it stays so for ever."""
    memory = _known(warehouse)
    if memory.names is None:
        rows = warehouse.read("anonymous/surveys", anonymous=_ANONYMOUS, opened=_OPENED)
        memory.names = frozenset(row[0] for row in rows)
    return survey in memory.names


def make_anonymous(warehouse: "Warehouse", survey: str, questionnaire: Questionnaire) -> None:
    """Make a survey anonymous before anybody has answered it; doing it again changes nothing.

    Raises WarehouseError: "anonymous-begun", "anonymous-personal", "anonymous-member", "anonymous-limits",
    "anonymous-key".
    """
    if is_anonymous(warehouse, survey):
        return
    _check_impersonal(questionnaire, survey)
    with warehouse.transaction() as cursor:
        if _one(cursor, "anonymous/traces", survey=survey):
            raise refusal("anonymous-begun", survey=survey)
        said = rules_of(cursor.execute(sql("life/said"), {"survey": survey}).fetchall())
        if said.counts:
            raise refusal("anonymous-limits", survey=survey)
        make_key(warehouse.path, survey)
        _set(cursor, survey, _ANONYMOUS, "yes")
        record(cursor, "anonymous-made", survey)
    _known(warehouse).names = None


def check_version(cursor: DuckDBPyConnection, questionnaire: Questionnaire) -> None:
    """Raises WarehouseError, "anonymous-personal" or "anonymous-member", when an anonymous survey would ask
    who somebody is, or speak of what is known of a member."""
    asked = {"anonymous": _ANONYMOUS, "questionnaire": questionnaire.slug}
    row = cursor.execute(sql("anonymous/asking"), asked).fetchone()
    if row:
        _check_impersonal(questionnaire, row[0])


def check_not_opened(cursor: DuckDBPyConnection, survey: str) -> None:
    """Raises WarehouseError("anonymous-opened")."""
    if (survey, True) in anonymous_surveys(cursor).items():
        raise refusal("anonymous-opened", survey=survey)


def check_not_anonymous(cursor: DuckDBPyConnection, survey: str) -> None:
    """Raises WarehouseError("anonymous-import")."""
    if survey in anonymous_surveys(cursor):
        raise refusal("anonymous-import", survey=survey)


def sealed_answers(warehouse: "Warehouse", survey: str) -> int:
    """How many answers wait in the survey's box."""
    return int(warehouse.read("anonymous/count_sealed", survey=survey)[0][0])


def put(
    cursor: DuckDBPyConnection,
    warehouse_file: Path,
    responses: Sequence[Response],
    names: Mapping[str, bool],
) -> tuple[list[Response], frozenset[UUID]]:
    """Put those of anonymous surveys, the `names`, into their boxes, each id once; the others, and the ids
    that were new.

    In the transaction of the writer. Of a response only what was answered is kept, and to which version.
    """
    others = [each for each in responses if each.survey not in names]
    new: set[UUID] = set()
    for survey in dict.fromkeys(each.survey for each in responses if each.survey in names):
        rows = cursor.execute(sql("anonymous/marks"), {"survey": survey}).fetchall()
        marks = {row[0] for row in rows}
        first = {each.response_id: each for each in responses if each.survey == survey}
        fresh = [each for key, each in first.items() if _mark(key) not in marks]
        if not fresh:
            continue
        key = read_key(warehouse_file, survey)
        sealed = [seal(key, _packed(each)) for each in fresh]
        marks.update(_mark(each.response_id) for each in fresh)
        cursor.execute(sql("anonymous/insert_sealed"), {"survey": survey, "sealed": sealed})
        cursor.execute(sql("anonymous/erase_marks"), {"survey": survey})
        cursor.execute(sql("anonymous/insert_marks"), {"survey": survey, "marks": sorted(marks)})
        new.update(each.response_id for each in fresh)
    return others, frozenset(new)


def open_boxes(warehouse: "Warehouse", now: datetime | None = None) -> tuple[str, ...]:
    """Open the box of each anonymous survey that is closed, for good, when it has at least `LEAST` answers;
    which ones. To be called now and then; what stops half way is done the next time.

    Raises the errors of `Warehouse.transaction` and WarehouseError("anonymous-key").
    """
    instant = now or utc_now()
    with warehouse.transaction() as cursor:
        found = anonymous_surveys(cursor)
    opened = []
    missing: WarehouseError | None = None
    for survey, was_opened in found.items():
        try:
            if was_opened or _open(warehouse, survey, instant):
                destroy_key(warehouse.path, survey)
                opened.append(survey)
        except WarehouseError as error:  # a key that is lost must not keep other boxes shut
            missing = error
    if missing:
        raise missing
    return tuple(opened)


def _open(warehouse: "Warehouse", survey: str, now: datetime) -> bool:
    """Open the box if it is time; whether it was."""
    with warehouse.transaction() as cursor:
        said = rules_of(cursor.execute(sql("life/said"), {"survey": survey}).fetchall())
        day = _closed_on(said, now, warehouse.reporting_zone)
        if day is None or _one(cursor, "anonymous/count_sealed", survey=survey) < LEAST:
            return False
        _empty(cursor, warehouse, survey, day)
    return True


def _empty(cursor: DuckDBPyConnection, warehouse: "Warehouse", survey: str, day: date) -> None:
    key = read_key(warehouse.path, survey)
    rows = cursor.execute(sql("anonymous/sealed"), {"survey": survey}).fetchall()
    midnight = datetime.combine(day, time(), warehouse.reporting_zone).astimezone(UTC)
    responses = [_unpacked(unseal(key, row[0]), survey, midnight) for row in rows]
    secrets.SystemRandom().shuffle(responses)
    store_responses(cursor, responses, warehouse.reporting_zone)
    cursor.execute(sql("anonymous/erase_sealed"), {"survey": survey})
    _set(cursor, survey, _OPENED, day.isoformat())
    record(cursor, "anonymous-opened", survey, answers=len(responses))
    warehouse.writer.gate.forget()


def _closed_on(said: Rules, now: datetime, zone: ZoneInfo) -> date | None:
    """The local day on which the survey closed, once nobody can send a form any more; else None."""
    state, at = said.state(now)
    if state != "closed" or at is None or now < at + GRACE:
        return None
    return local_day(at - timedelta(microseconds=1), zone)


def anonymous_surveys(cursor: DuckDBPyConnection) -> Mapping[str, bool]:
    """The anonymous surveys, and whether the box of each has been opened."""
    asked = {"anonymous": _ANONYMOUS, "opened": _OPENED}
    return dict(cursor.execute(sql("anonymous/surveys"), asked).fetchall())


def _one(cursor: DuckDBPyConnection, name: str, **asked: object) -> Any:
    row = cursor.execute(sql(name), asked).fetchone()
    return row[0] if row else None


def _set(cursor: DuckDBPyConnection, survey: str, name: str, value: str) -> None:
    row = {"survey": survey, "name": name, "value": value, "recorded_at": to_stored(utc_now())}
    cursor.execute(sql("core/insert_survey_setting"), row)


def _check_impersonal(questionnaire: Questionnaire, survey: str) -> None:
    # A comment may say who wrote it, and the form warns of that; other such questions ask for nothing else. A
    # file says who made it, and lies in the warehouse, with its time, before the form is sent.
    asked = [
        each.code
        for each in questionnaire.questions
        if each.type == "file" or (each.pii and each.type != "long_text")
    ]
    if asked:
        raise refusal("anonymous-personal", survey=survey, codes=", ".join(asked))
    # Nobody's fields are known there: such a text would show a gap, such a question would never be asked.
    spoken_of = sorted(name for name in names_used(questionnaire) if name.startswith("member."))
    if spoken_of:
        raise refusal("anonymous-member", survey=survey, names=", ".join(spoken_of))


def _mark(response_id: UUID) -> str:
    return hashlib.sha256(str(response_id).encode()).hexdigest()


def _packed(response: Response) -> bytes:
    """What was answered, as JSON, filled up with blanks."""
    content = {
        "questionnaire": response.questionnaire,
        "version": response.version,
        "touchpoint": response.touchpoint,
        "scores": response.scores,
        "missing": response.missing,
        "choices": dict(response.choices),
        "texts": dict(response.texts),
        "numbers": {code: str(number) for code, number in response.numbers.items()},
        "dates": {code: day.isoformat() for code, day in response.dates.items()},
    }
    packed = json.dumps(content, ensure_ascii=False).encode()
    return packed.ljust(-(-len(packed) // _BLOCK) * _BLOCK)


def _unpacked(packed: bytes, survey: str, midnight: datetime) -> Response:
    """The response, as of the first instant of the day on which the survey closed, under a new id."""
    content = json.loads(packed)
    return Response(
        response_id=new_response_id(midnight),
        survey=survey,
        questionnaire=content["questionnaire"],
        version=content["version"],
        channel=CHANNEL,
        language=LANGUAGE,
        submitted_at=midnight,
        started_at=None,
        weight=1.0,
        member_id=None,
        tier=None,
        touchpoint=content["touchpoint"],
        scores=tuple(content["scores"]),
        missing=tuple(content["missing"]),
        choices={code: tuple(codes) for code, codes in content["choices"].items()},
        texts=content["texts"],
        numbers={code: Decimal(number) for code, number in content["numbers"].items()},
        dates={code: date.fromisoformat(day) for code, day in content["dates"].items()},
    )

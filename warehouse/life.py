"""The life of a survey: from when until when it takes answers and how many, paused, closed and opened again.

Nothing is ever changed: each order is a row, and the latest counts. How an order meets those who are
answering at that moment stands in `gate.py`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from survey import Question, Questionnaire, Raw
from warehouse.anonymity import check_not_opened, is_anonymous, make_anonymous
from warehouse.anonymity_problems import refusal as anonymity_refusal
from warehouse.audit.chain import record
from warehouse.audit.events import Event
from warehouse.calendar import to_stored, utc_now
from warehouse.gate import NotOpen, Rules, State, local_words, rules_of
from warehouse.life_problems import refusal
from warehouse.memory import PerWarehouse
from warehouse.receiving import forget_rules, rules
from warehouse.sql import sql
from warehouse.surveys import Survey, surveys
from warehouse.surveys import survey as find_survey
from warehouse.tally import Tallies

if TYPE_CHECKING:
    from warehouse.database import Warehouse

MOST_RESPONSES = 1_000_000_000
_TICK = timedelta(microseconds=1)
_tallies = PerWarehouse(lambda warehouse: Tallies())


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `limit` responses with that choice; `reached` is how many there are."""

    question: str
    choice: str
    limit: int
    reached: int = 0

    @property
    def is_full(self) -> bool:
        """Whether there are enough of them."""
        return self.reached >= self.limit


@dataclass(frozen=True, slots=True)
class Life:
    """How a survey stands now; instants are UTC, None for no bound. `responses` is how many it has."""

    state: State
    opens_at: datetime | None
    closes_at: datetime | None
    limit: int | None
    quotas: tuple[Quota, ...]
    responses: int


def life(warehouse: "Warehouse", survey: str) -> Life:
    """How the survey of that name stands. Raises WarehouseError("life-survey")."""
    asked = _known(warehouse, survey)
    found = rules(warehouse, survey)
    count, quotas = _counted(warehouse, survey, found)
    state, since = found.state(utc_now())
    if state == "open" and _is_full(asked, found, count, quotas):
        state = "full"
    closes_at = since if state == "closed" and since else found.closes_at
    return Life(state, found.opens_at, closes_at, found.limit, quotas, count)


def turned_away(
    warehouse: "Warehouse",
    survey: Survey,
    shown_at: datetime | None = None,
    chosen: Mapping[str, Raw] | None = None,
) -> NotOpen | None:
    """Why the survey would take no answer now of somebody to whom the form was shown at that instant and who
    chose that so far, raw answers by code; None when it would. The writer alone decides in the end."""
    found = rules(warehouse, survey.slug)
    state, at = found.state_for(utc_now(), shown_at)
    if state == "open" and found.counts:
        count, quotas = _counted(warehouse, survey.slug, found)
        enough = (each for each in quotas if each.is_full)
        met = any(each.choice in _codes((chosen or {}).get(each.question)) for each in enough)
        state = "full" if met or _is_full(survey, found, count, quotas) else state
    return None if state == "open" else NotOpen(state, at, warehouse.reporting_zone)


def set_dates(warehouse: "Warehouse", survey: str, opens: datetime | None, closes: datetime | None) -> None:
    """Take answers from `opens` until before `closes`, local times of the reporting zone; None for no bound.

    Raises WarehouseError: "life-survey", "life-imported", "life-dates-order", "life-dates-past".
    """
    zone = warehouse.reporting_zone
    opens, closes = (each and each.replace(tzinfo=each.tzinfo or zone) for each in (opens, closes))
    if opens and closes and closes <= opens:
        raise refusal(
            "life-dates-order", survey, opens=local_words(opens, zone), closes=local_words(closes, zone)
        )
    if closes and closes <= utc_now():
        raise refusal("life-dates-past", survey, closes=local_words(closes, zone))
    dates = {
        "opens_at": to_stored(opens) if opens else None,
        "closes_at": to_stored(closes) if closes else None,
    }
    _say(warehouse, survey, "life/insert_dates", **dates)


def pause(warehouse: "Warehouse", survey: str) -> None:
    """Take no answers, of nobody, until `resume`. Raises WarehouseError: "life-survey", "life-imported"."""
    _say(warehouse, survey, "core/insert_survey_event", event="paused")


def resume(warehouse: "Warehouse", survey: str) -> None:
    """Take answers again after `pause` or `close`.

    Raises WarehouseError: "life-survey", "life-imported", and "life-over" when the closing date is over.
    """
    closes_at = rules(warehouse, survey).closes_at
    if closes_at and closes_at <= utc_now():
        raise refusal("life-over", survey, closes=local_words(closes_at, warehouse.reporting_zone))
    _say(warehouse, survey, "core/insert_survey_event", event="opened")


def close(warehouse: "Warehouse", survey: str) -> None:
    """Close the survey now. Who has the form open may still send it, as after a closing date.

    Raises WarehouseError: "life-survey", "life-imported".
    """
    _say(warehouse, survey, "core/insert_survey_event", event="ended")


def set_limits(warehouse: "Warehouse", survey: str, limit: int | None, quotas: Sequence[Quota] = ()) -> None:
    """Take at most `limit` responses, None for any number, and of each quota's choice at most its limit.

    Responses that are stored already count. Raises WarehouseError: "life-survey", "life-imported",
    "life-limit", "life-quota-question", "life-quota-choice", "life-quota-twice".
    """
    asked = _known(warehouse, survey)
    _check_limits(asked.questionnaire, limit, quotas)
    if (limit or quotas) and is_anonymous(warehouse, survey):
        raise anonymity_refusal("anonymous-limits", survey=survey)
    stored = json.dumps([[each.question, each.choice, each.limit] for each in quotas])
    _say(warehouse, survey, "life/insert_limits", most=limit, quotas=stored)


def quota_questions(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """The questions that a quota can be set on: those answered by choosing, but for rankings."""
    return tuple(
        item
        for item in questionnaire.items
        if item.stored in ("choice", "choices") and item.type != "ranking"
    )


def _counted(warehouse: "Warehouse", survey: str, found: Rules) -> tuple[int, tuple[Quota, ...]]:
    """How many responses there are, and how far each quota is reached."""
    chosen = [each for each, _ in found.quotas]
    count, reached = _tallies(warehouse).count(warehouse.read, survey, chosen)
    return count, tuple(Quota(*each, most, reached.get(each, 0)) for each, most in found.quotas)


def _is_full(survey: Survey, found: Rules, count: int, quotas: Sequence[Quota]) -> bool:
    """Whether nobody's answer would be taken: the limit is reached, or a question that everybody must answer
    has only choices of which there are enough."""
    if found.limit is not None and count >= found.limit:
        return True
    full = {(each.question, each.choice) for each in quotas if each.is_full}
    return any(
        question.required
        and not question.show_if
        and not question.missing_codes
        and all((question.code, choice) in full for choice in question.offered)
        for question in quota_questions(survey.questionnaire)
    )


def _codes(raw: Raw) -> Sequence[str]:
    return raw.split(" ") if isinstance(raw, str) else raw or ()


def _check_limits(questionnaire: Questionnaire, limit: int | None, quotas: Sequence[Quota]) -> None:
    for number in (*((limit,) if limit is not None else ()), *(quota.limit for quota in quotas)):
        if not 1 <= number <= MOST_RESPONSES:
            raise refusal("life-limit", limit=number, most=f"{MOST_RESPONSES:,}")
    offered = {question.code: question.offered for question in quota_questions(questionnaire)}
    seen = set()
    for quota in quotas:
        if quota.question not in offered:
            raise refusal("life-quota-question", question=quota.question, known=", ".join(offered) or "–")
        if quota.choice not in offered[quota.question]:
            known = ", ".join(offered[quota.question])
            raise refusal("life-quota-choice", question=quota.question, choice=quota.choice, known=known)
        if (quota.question, quota.choice) in seen:
            raise refusal("life-quota-twice", question=quota.question, choice=quota.choice)
        seen.add((quota.question, quota.choice))


def _say(warehouse: "Warehouse", survey: str, statement: str, **values: object) -> None:
    """Add the row that says it, later than all that was said before, whatever the clock says."""
    _known(warehouse, survey)
    with warehouse.transaction() as cursor:
        rows = cursor.execute(sql("life/said"), {"survey": survey}).fetchall()
        if rules_of(rows).is_history:
            raise refusal("life-imported", survey=survey)
        check_not_opened(cursor, survey)
        at = to_stored(utc_now())
        if rows:
            at = max(at, rows[-1][-1] + _TICK)
        cursor.execute(sql(statement), {"survey": survey, "recorded_at": at, **values})
        said = {name: None if value is None else str(value) for name, value in values.items()}
        record(cursor, _AUDITED[statement], survey, **said)
        warehouse.writer.gate.forget()
    forget_rules(warehouse)


_AUDITED: Mapping[str, Event] = {
    "life/insert_dates": "life-dates",
    "core/insert_survey_event": "life-event",
    "life/insert_limits": "life-limits",
}


def _known(warehouse: "Warehouse", slug: str) -> Survey:
    found = find_survey(warehouse, slug)
    if found is None:
        known = ", ".join(each.slug for each in surveys(warehouse))
        raise refusal("life-survey", survey=slug[:100], known=known)
    return found


def keep_anonymous(warehouse: "Warehouse", survey: str) -> None:
    """Make the survey of that name anonymous. Raises WarehouseError: "life-survey", "life-imported" and those
    of `make_anonymous`."""
    asked = _known(warehouse, survey)
    if rules(warehouse, survey).is_history:
        raise refusal("life-imported", survey=survey)
    make_anonymous(warehouse, survey, asked.questionnaire)

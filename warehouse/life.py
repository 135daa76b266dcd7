"""The life of a survey: from when until when it takes answers and how many, paused, closed and opened again.

Nothing is ever changed: each order is a row, and the latest counts. How an order meets those who are
answering at that moment stands in `gate.py`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from survey import Question, Questionnaire
from warehouse.calendar import to_stored, utc_now
from warehouse.gate import State, chosen_parameters, local_words, rules_of
from warehouse.life_problems import refusal
from warehouse.sql import sql
from warehouse.surveys import Survey, surveys
from warehouse.surveys import survey as find_survey

if TYPE_CHECKING:
    from warehouse.database import Warehouse

MOST_RESPONSES = 1_000_000_000
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Quota:
    """At most `limit` responses with that choice; `reached` is how many there are."""

    question: str
    choice: str
    limit: int
    reached: int = 0


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
    rules = rules_of(warehouse.read("life/said", survey=survey))
    count = int(warehouse.read("summary/responses", survey=survey)[0][0])
    reached: dict[tuple[str, str], int] = {}
    if rules.quotas:
        rows = warehouse.read("life/chosen", **chosen_parameters(survey, rules))
        reached = {(question, choice): number for question, choice, number in rows}
    quotas = tuple(Quota(*chosen, most, reached.get(chosen, 0)) for chosen, most in rules.quotas)
    state, since = rules.state(utc_now())
    if state == "open" and (
        (rules.limit is not None and count >= rules.limit) or nobody_left(asked.questionnaire, quotas)
    ):
        state = "full"
    closes_at = since if state == "closed" and since else rules.closes_at
    return Life(state, rules.opens_at, closes_at, rules.limit, quotas, count)


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
    closes_at = rules_of(warehouse.read("life/said", survey=survey)).closes_at
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
    stored = json.dumps([[each.question, each.choice, each.limit] for each in quotas])
    _say(warehouse, survey, "life/insert_limits", most=limit, quotas=stored)


def quota_questions(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """The questions that a quota can be set on: those answered by choosing, but for rankings."""
    return tuple(
        item
        for item in questionnaire.items
        if item.stored in ("choice", "choices") and item.type != "ranking"
    )


def nobody_left(questionnaire: Questionnaire, quotas: Sequence[Quota]) -> bool:
    """Whether a question that everybody must answer has only choices of which there are enough."""
    full = {(each.question, each.choice) for each in quotas if each.reached >= each.limit}
    return any(
        question.required
        and not question.show_if
        and not question.missing_codes
        and all((question.code, choice) in full for choice in question.offered)
        for question in quota_questions(questionnaire)
    )


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
        if rules_of(rows).said == "closed":
            raise refusal("life-imported", survey=survey)
        at = to_stored(utc_now())
        if rows:
            at = max(at, rows[-1][-1] + _TICK)
        cursor.execute(sql(statement), {"survey": survey, "recorded_at": at, **values})
        warehouse.writer.gate.forget()


def _known(warehouse: "Warehouse", slug: str) -> Survey:
    found = find_survey(warehouse, slug)
    if found is None:
        known = ", ".join(each.slug for each in surveys(warehouse))
        raise refusal("life-survey", survey=slug[:100], known=known)
    return found

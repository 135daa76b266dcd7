"""Makes what care is due by the plans, for members who agree alone, and keeps that a day's was given: in
parts, so that millions of rows neither fill the memory nor keep the writer from who sends an answer."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
from duckdb import DuckDBPyConnection

from warehouse.access import Role
from warehouse.calendar import to_stored, utc_now
from warehouse.contracts import current_contract
from warehouse.membership.tiers import rules
from warehouse.records.care_calendar import Plan, birthdays_of, births_of
from warehouse.records.caring import AHEAD, care_today
from warehouse.records.catalogue import record_type
from warehouse.records.problems import refused
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

BACK = 31  # days back for which a plan that is entered late makes lists
PART = 20_000  # rows of one transaction
BY_PLAN = "plan"
DONE = "care made"
UNDER_WAY = "care_under_way"
"""The setting that names the plans and past days of a making that has not come to its end: of what is
past only what was never made is, and half a day looks as if it were."""


def make_care(warehouse: "Warehouse") -> None:
    """Make what is due from a month ago until a week ahead, once each, and all that was missed while the
    server stood still for longer; withdraw what lies ahead of whoever no longer agrees, has left or is not of
    the class that the plan is for.

    May be called twice at a time. Raises WarehouseError as `Warehouse.transaction`."""
    today = care_today(warehouse)
    contract = rules(current_contract(warehouse))
    *sources, tasks = (contract, *warehouse.read("records/care_state")[0])
    if warehouse.done.get(DONE) == (today, *sources, tasks):
        return
    made = _make(warehouse, today, contract) + drop_care(warehouse, today)
    warehouse.done[DONE] = (today, *sources, tasks + made)  # another number where others wrote meanwhile


def _make(warehouse: "Warehouse", today: date, contract: str) -> int:
    """How many rows that took."""
    ((made_until,),) = warehouse.read("records/care_made_until")
    first = min(today - timedelta(days=BACK), made_until or today)
    broken_off = {(plan, date.fromisoformat(day)) for plan, day in json.loads(_setting(warehouse))}
    first = min([first, *(day for _, day in broken_off)])
    made = 0
    with warehouse.one_state() as cursor:
        place = _reach(cursor)
        due = _due(cursor, first, today + timedelta(days=AHEAD), today, broken_off)
        past = [(plan.record_id, day.isoformat()) for plan, day, _ in due if day < today]
        if past:
            _set(warehouse, json.dumps(past))
        if due:
            _want(cursor, due, contract)
            made = _store_parts(warehouse, cursor.execute(sql("records/care_due")), place, BY_PLAN)
    if past:
        _set(warehouse, "[]")
    return made


def make_tasks(cursor: DuckDBPyConnection, first: date, last: date, today: date, contract: str = "") -> None:
    """Make what is due from the first day to the last, as part of the caller's transaction. Of days before
    today, only what was never made: who agrees later is not greeted late. `contract` says which classes of
    customers hold, as `rules` of the tiers."""
    place = _reach(cursor)
    if due := _due(cursor, first, last, today, set()):
        _want(cursor, due, contract)
        _insert(cursor, cursor.execute(sql("records/care_due")).to_arrow_table(), place, BY_PLAN)


def drop_care(warehouse: "Warehouse", day: date) -> int:
    """Withdraw what is due from the day on and not given, of who no longer agrees, has left by then, or
    is not of the class that the plan is for; how many."""
    contract = rules(current_contract(warehouse))
    with warehouse.one_state() as cursor:
        place = _reach(cursor)
        cursor.execute(sql("records/care_gone"), {"day": day})
        _leave_out(cursor, contract)
        cursor.execute(sql("records/care_history"))
        return _store_parts(warehouse, cursor.execute(sql("records/care_leaving")), place, BY_PLAN)


def give_day(warehouse: "Warehouse", day: date, role: Role) -> int:
    """Keep that everything due on the day and not given yet was given today; how many. That is no claim of
    having been in time late, nor another value for what stood, so nobody has to agree.

    Raises WarehouseError: "record-not-yours", and those of `Warehouse.transaction`: what was stored by then
    stays."""
    kind = record_type("care_task")
    if role != "operator" and role not in kind.write:
        raise refused("record-not-yours", kind.name)
    values = {"day": day, "given_on": care_today(warehouse)}
    with warehouse.one_state() as cursor:
        place = _reach(cursor)
        return _store_parts(warehouse, cursor.execute(sql("records/care_ungiven"), values), place, role)


def _due(
    cursor: DuckDBPyConnection, first: date, last: date, today: date, broken_off: set[tuple[str, date]]
) -> list[tuple[Plan, date, list[str] | None]]:
    """The plans with the days on which they fall and, of birthdays, those, or the days of birth, that the day
    keeps."""
    plans = [Plan(*row) for row in cursor.execute(sql("records/care_plans")).fetchall()]
    if not plans:
        return []
    span = {"first": first, "until": today}
    made = set(cursor.execute(sql("records/care_made"), span).fetchall()) - broken_off
    born = {row[0] for row in cursor.execute(sql("records/birthdays")).fetchall()}
    birthdays = {each[-5:] for each in born}
    by_moon = any(plan.occasion == "lunar_birthday" for plan in plans)
    due: list[tuple[Plan, date, list[str] | None]] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        kept = {
            "birthday": [each for each in birthdays_of(day) if each in birthdays],
            "lunar_birthday": [each for each in births_of(day) if each in born] if by_moon else [],
        }
        for plan in plans:
            found = kept[plan.occasion] if plan.is_birthday else None
            if plan.falls_on(day) and (plan.record_id, day) not in made and found != []:
                due.append((plan, day, found))
    return due


def _want(cursor: DuckDBPyConnection, due: list[tuple[Plan, date, list[str] | None]], contract: str) -> None:
    """Make the tables from which `records/care_due` tells what to add."""
    values = {
        "plans": [plan.record_id for plan, _, _ in due],
        "titles": [plan.title for plan, _, _ in due],
        "channels": [plan.channel for plan, _, _ in due],
        "days": [day for _, day, _ in due],
        "birthdays": [kept for _, _, kept in due],
        "tiers": [plan.tier for plan, _, _ in due],
    }
    cursor.execute(sql("records/care_wanted"), values)
    _leave_out(cursor, contract)
    cursor.execute(sql("records/care_history"))


def _leave_out(cursor: DuckDBPyConnection, contract: str) -> None:
    """Mark who is not of the class that a plan is for; where all are for everybody, no class is looked up."""
    ((has_classes,),) = cursor.execute(sql("records/care_classed")).fetchall()
    if has_classes:
        cursor.execute(sql("records/care_outside"), {"contract": contract})


def _reach(cursor: DuckDBPyConnection) -> int:
    ((place,),) = cursor.execute(sql("records/care_reach")).fetchall()
    return int(place)


def _store_parts(warehouse: "Warehouse", found: DuckDBPyConnection, place: int, recorded_by: str) -> int:
    """Add the rows of the query, so many a transaction, but for records that were written about meanwhile;
    how many. `place` is where the rows ended that the query saw."""
    stored = 0
    for part in _parts(found):
        with warehouse.transaction() as cursor:
            stored += _insert(cursor, part, place, recorded_by)
    return stored


def _parts(found: DuckDBPyConnection) -> Iterator[pa.Table]:
    for batch in found.to_arrow_reader(PART):
        if batch.num_rows:
            yield pa.Table.from_batches([batch])


def _insert(cursor: DuckDBPyConnection, part: pa.Table, place: int, recorded_by: str) -> int:
    row: Mapping[str, object] = {
        "place": place,
        "recorded_at": to_stored(utc_now()),
        "recorded_by": recorded_by,
    }
    cursor.register("care_part", part)
    try:
        ((added,),) = cursor.execute(sql("records/insert_care"), row).fetchall()
    finally:
        cursor.unregister("care_part")
    return int(added)


def _setting(warehouse: "Warehouse") -> str:
    found = warehouse.read("core/setting", name=UNDER_WAY)
    return str(found[0][0]) if found else "[]"


def _set(warehouse: "Warehouse", value: str) -> None:
    with warehouse.transaction() as cursor:
        row = {"name": UNDER_WAY, "value": value, "recorded_at": to_stored(utc_now())}
        cursor.execute(sql("core/insert_setting"), row)

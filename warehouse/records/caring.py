"""What care is due: made by the plans for each day, only for members who agree, and its list for a day."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from warehouse.access import Role
from warehouse.as_of import as_of
from warehouse.calendar import to_stored, utc_now
from warehouse.records.care_calendar import Plan, birthdays_of
from warehouse.records.catalogue import record_type
from warehouse.records.storing import Stored, Written, store_written
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

AHEAD = 7  # days for which lists can be prepared
BACK = 31  # days back for which a plan that is entered late makes lists


@dataclass(frozen=True, slots=True)
class Due:
    """One greeting or gift of a day."""

    record_id: str
    occasion: str
    member_id: str
    name: str | None
    phone: str | None
    email: str | None
    channel: str
    greeting: str
    given_on: date | None


COLUMNS = tuple(field.name for field in fields(Due))


@dataclass(frozen=True, slots=True)
class CareDay:
    """How much is due on a day for an occasion, and given."""

    day: date
    occasion: str
    due: int
    given: int


def care_today(warehouse: "Warehouse") -> date:
    """The local day; in an example warehouse the last one of its story."""
    return as_of(warehouse).until - timedelta(days=1)


def make_care(warehouse: "Warehouse") -> None:
    """Make what is due from a month ago until a week ahead, once each, and all that was missed while the
    server stood still for longer; withdraw what lies ahead of whoever no longer agrees or has left."""
    today = care_today(warehouse)
    with warehouse.transaction() as cursor:
        ((made_until,),) = cursor.execute(sql("records/care_made_until")).fetchall()
        first = min(today - timedelta(days=BACK), made_until or today)
        make_tasks(cursor, first, today + timedelta(days=AHEAD), today)
        stamp = to_stored(utc_now())
        cursor.execute(sql("records/drop_care_tasks"), {"day": today, "recorded_at": stamp})


def make_tasks(cursor: DuckDBPyConnection, first: date, last: date, today: date) -> None:
    """Make what is due from the first day to the last, as part of the caller's transaction. Of days before
    today, only what was never made: who agrees later is not greeted late."""
    plans = [Plan(*row) for row in cursor.execute(sql("records/care_plans")).fetchall()]
    span = {"first": first, "until": today}
    made = set(cursor.execute(sql("records/care_made"), span).fetchall())
    born = {row[0] for row in cursor.execute(sql("records/birthdays")).fetchall()}
    due: list[tuple[Plan, date, list[str] | None]] = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        kept = [birthday for birthday in birthdays_of(day) if birthday in born]
        for plan in plans:
            is_birthday = plan.occasion == "birthday"
            if not plan.falls_on(day) or (plan.record_id, day) in made or (is_birthday and not kept):
                continue
            due.append((plan, day, kept if is_birthday else None))
    if due:
        values = {
            "plans": [plan.record_id for plan, _, _ in due],
            "titles": [plan.title for plan, _, _ in due],
            "channels": [plan.channel for plan, _, _ in due],
            "days": [day for _, day, _ in due],
            "birthdays": [kept for _, _, kept in due],
            "recorded_at": to_stored(utc_now()),
        }
        cursor.execute(sql("records/make_care_tasks"), values)


def care_days(warehouse: "Warehouse", first: date, last: date) -> tuple[CareDay, ...]:
    """What is due by day and occasion."""
    return tuple(CareDay(*row) for row in warehouse.read("records/care_days", first=first, last=last))


def care_list(warehouse: "Warehouse", day: date) -> tuple[Due, ...]:
    """The greetings of a day, personal data among them: for the operator alone."""
    return tuple(Due(*row) for row in warehouse.read("records/care_list", day=day))


def give(warehouse: "Warehouse", numbers: Sequence[str], role: Role, language: str = "en") -> Stored:
    """Keep that the care of these numbers was given today. Raises RecordRefusedError as `store_written`."""
    today = care_today(warehouse).isoformat()
    written = [Written(number, {"given_on": today}) for number in numbers]
    return store_written(warehouse, record_type("care_task"), written, role, role, language)

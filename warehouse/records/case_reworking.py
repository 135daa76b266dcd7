"""Works out anew when cases are due where limits, working hours or days off were recorded after them."""

import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa
from duckdb import DuckDBPyConnection

from warehouse.calendar import from_stored, local_day, to_stored, utc_now
from warehouse.records.case_clock import Agreed, agreed_by, due_times
from warehouse.records.values import Value
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

PART = 20_000  # rows of one transaction
BY_CLOCK = "clock"
REWORKED = "cases_reworked"
"""The setting that says how many rows about limits and about workdays all cases go by."""
_DUES = ("respond_by_at", "resolve_by_at")


def rework_cases(warehouse: "Warehouse") -> int:
    """Add a row to each case that is due at another time than was worked out when it was written; how many.

    May be called twice at a time; cases written meanwhile go by the new limits anyway. Raises WarehouseError
    as `Warehouse.transaction`."""
    limits, days = _reworked(warehouse)
    if (limits, days) == warehouse.read("records/clock_state")[0]:
        return 0
    stored, zone = 0, warehouse.reporting_zone
    with warehouse.one_state() as cursor:
        ((place,),) = cursor.execute(sql("records/case_reach")).fetchall()
        agreed = agreed_by(cursor)
        since = {"limits": limits, "days": days}
        reaches = cursor.execute(sql("records/clock_state")).fetchone()
        ((received, due),) = cursor.execute(sql("records/dues_since"), since).fetchall()
        concerned = {"received_from": received, "due_from": due}
        for batch in cursor.execute(sql("records/dues_concerned"), concerned).to_arrow_reader(PART):
            if part := _moved(batch, zone, agreed):
                with warehouse.transaction() as writing:
                    stored += _insert(writing, part, place)
    with warehouse.transaction() as cursor:
        row = {"name": REWORKED, "value": json.dumps(reaches), "recorded_at": to_stored(utc_now())}
        cursor.execute(sql("core/insert_setting"), row)
    return stored


def _reworked(warehouse: "Warehouse") -> tuple[int, int]:
    """How many rows about limits, and about workdays, were there when it was done last."""
    found = warehouse.read("core/setting", name=REWORKED)
    limits, days = json.loads(found[0][0]) if found else (0, 0)
    return limits, days


def _moved(batch: pa.RecordBatch, zone: ZoneInfo, agreed: Agreed) -> pa.Table | None:
    """The next rows of those cases that are due at another time; None where there are none."""
    places, dues = [], []
    for place, values in enumerate(batch.to_pylist()):
        found = due_times(values, zone, agreed)
        if any(found[code] != values[code] for code in _DUES):
            places.append(place)
            dues.append(found)
    if not places:
        return None
    rows = pa.Table.from_batches([batch]).take(pa.array(places))
    said: dict[str, list[object]] = {
        "revision": [each + 1 for each in rows["revision"].to_pylist()],
        "recorded_at": [to_stored(utc_now())] * len(places),
        "recorded_by": [BY_CLOCK] * len(places),
    }
    for code in _DUES:
        said[code] = [found[code] for found in dues]
        said[code.replace("_at", "_day")] = [_day(found[code], zone) for found in dues]
    for column, values in said.items():
        at = rows.schema.get_field_index(column)
        rows = rows.set_column(at, column, pa.array(values, rows.schema.field(column).type))
    return rows


def _day(stored: Value, zone: ZoneInfo) -> object:
    return None if stored is None else local_day(from_stored(stored), zone)  # type: ignore[arg-type]


def _insert(cursor: DuckDBPyConnection, part: pa.Table, place: int) -> int:
    cursor.register("dues_part", part)
    try:
        ((added,),) = cursor.execute(sql("records/insert_dues"), {"place": place}).fetchall()
    finally:
        cursor.unregister("dues_part")
    return int(added)

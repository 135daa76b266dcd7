"""What the parties of the example did about its quarters: reports in time, a relief one side wants."""

from datetime import datetime, time, timedelta

from duckdb import DuckDBPyConnection

from contract import Contract
from warehouse.entering import store
from warehouse.example.story import LAST_DAY, ZONE

_REPORT_AFTER = timedelta(days=7)
_TRAININGS = {"2025Q4": 1, "2026Q2": 2}
_CLAIM = ("2026Q1", "csat_top2", "force_majeure")  # the bad patch; party A has not agreed


def store_dealings(cursor: DuckDBPyConnection, contract: Contract) -> None:
    """Keep a report on each quarter that is over, what was ordered, and party B's wish for relief."""
    for period in contract.periods:
        day = period.end + _REPORT_AFTER
        if day > LAST_DAY:
            break
        at = datetime.combine(day, time(10), ZONE)
        store(cursor, contract.id, period.name, "report", "", "B", "", day, at)
        if period.name in _TRAININGS:
            count = str(_TRAININGS[period.name])
            store(cursor, contract.id, period.name, "order", "staff-training", "A", count, day, at)
        if period.name == _CLAIM[0]:
            store(cursor, contract.id, period.name, "relief", _CLAIM[1], "B", _CLAIM[2], day, at)

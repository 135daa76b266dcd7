"""Pages count from rollups, never from the base rows, whose number grows for ever."""

import re
from collections.abc import Iterator
from pathlib import Path

from warehouse.sql import ROOM

BASE = {
    "response",
    "answer",
    "fieldwork_event",
    "member_event",
    "member_history",
    "member_step",
    "response_choice",
}
PAGES = ("satisfaction", "summary", "filters")
MEMBERS = (
    "movement",
    "answered",
    "first_day",
    "joined_cohorts",
    "buying_cohorts",
    "stays",
    "campaigns",
    "sources",
    "tier_flow",
    "retention",
)


def files() -> Iterator[Path]:
    yield from (ROOM / "metrics").glob("*.sql")
    yield from (path for page in PAGES for path in (ROOM / "queries" / page).glob("*.sql"))
    yield from (ROOM / "queries" / "members" / f"{name}.sql" for name in MEMBERS)
    yield from (ROOM / "queries" / "fieldwork" / f"{name}.sql" for name in ("flags", "page_times"))


def test_no_metric_and_no_query_of_a_page_reads_base_rows() -> None:
    for path in files():
        read = set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", path.read_text(encoding="utf-8")))
        assert read and not read & BASE, path.name


def test_every_metric_that_reads_rollups_can_be_counted_from_the_rows_too() -> None:
    steps = "".join(path.read_text("utf-8") for path in ROOM.glob("migrations/*_rollups.sql"))
    views = re.findall(r"CREATE VIEW (\w+)", steps)
    for path in (ROOM / "metrics").glob("*.sql"):
        read = set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", path.read_text(encoding="utf-8")))
        assert (path.parent / "from_rows" / path.name).exists() == bool(read & set(views)), path.name

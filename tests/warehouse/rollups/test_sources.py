"""Pages count from rollups, never from the base rows, whose number grows for ever."""

import re
from collections.abc import Iterator
from pathlib import Path

from warehouse.sql import ROOM

BASE = {"response", "answer", "member_event", "response_choice"}
PAGES = ("satisfaction", "summary", "filters")


REGISTER = {"member_churn", "member_growth", "member_retention", "repeat_purchase", "tier_share"}  # not yet


def files() -> Iterator[Path]:
    yield from (path for path in (ROOM / "metrics").glob("*.sql") if path.stem not in REGISTER)
    yield from (path for page in PAGES for path in (ROOM / "queries" / page).glob("*.sql"))
    yield ROOM / "queries" / "members" / "answered.sql"


def test_no_metric_and_no_query_of_a_page_reads_base_rows() -> None:
    for path in files():
        read = set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", path.read_text(encoding="utf-8")))
        assert read and not read & BASE, path.name


def test_every_metric_that_reads_rollups_can_be_counted_from_the_rows_too() -> None:
    views = re.findall(r"CREATE VIEW (\w+)", next(ROOM.glob("migrations/*_rollups.sql")).read_text("utf-8"))
    for path in (ROOM / "metrics").glob("*.sql"):
        read = set(re.findall(r"\b(?:FROM|JOIN)\s+(\w+)", path.read_text(encoding="utf-8")))
        assert (path.parent / "from_rows" / path.name).exists() == bool(read & set(views)), path.name

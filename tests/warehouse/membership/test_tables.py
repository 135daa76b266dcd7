"""Classes and retention as tables: the page, the file for download and the sums between them."""

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest

from tests.warehouse.making import CONTRACT, SURVEY, happen, join, local
from tests.warehouse.membership.reference import CONTRACT_TIERS
from warehouse import Warehouse, open_warehouse
from warehouse.contract_loading import load_contract
from warehouse.exporting.membership import member_retention, member_tiers
from warehouse.filters import Filters
from warehouse.membership.retention import retention
from warehouse.membership.tiers import tier_flow
from warehouse.register import MemberEvent, add_events

STARTS, TODAY = date(2026, 4, 1), date(2026, 5, 17)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    """The contract with classes, in the middle of its second quarter."""
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local("2026-05-16 09:00").astimezone(UTC))
    warehouse = open_warehouse(tmp_path / "pactboard.duckdb")
    load_contract(warehouse, CONTRACT.replace("  clauses:", f"{CONTRACT_TIERS}  clauses:", 1))
    yield warehouse
    warehouse.close()


def buy(house: Warehouse, numbers: range, at: str, times: int) -> None:
    """Each of these members buys so often for 100, all at that local time."""
    members = [f"M{number:05d}" for number in numbers for _ in range(times)]
    bought = [MemberEvent(member, "purchase", local(at), amount=100) for member in members]
    with house.transaction() as cursor:
        add_events(cursor, bought, zone=house.reporting_zone, recorded_at=local("2026-05-16 08:00"))


def test_the_file_of_a_period_that_runs_tells_what_its_page_tells(house: Warehouse) -> None:
    join(house, range(30))
    buy(house, range(20), "2025-12-10 12:00", 5)  # over the bar until 180 days later: today, not at the end
    happen(house, *((f"M{number:05d}", "lapsed", "2026-06-01 12:00") for number in range(10)))
    said = {
        (row[3], row[4]): row[6]
        for row in member_tiers(house, Filters(SURVEY), "en").rows
        if row[0] == "2026Q2" and not row[5]
    }
    assert (
        said == tier_flow(house, STARTS, TODAY).moves == {("vip", "vip"): 20, ("potential", "potential"): 10}
    )
    whole = next(row for row in member_retention(house, Filters(SURVEY), "en").rows if row[:1] == ("2026Q2",))
    there = retention(house, STARTS, TODAY).whole
    assert (whole[6], whole[7]) == (there.opening, there.kept) == (30, 30)


def test_a_class_too_small_to_be_shown_has_no_total_beside_its_customers_either(house: Warehouse) -> None:
    join(house, range(60))
    buy(house, range(3), "2026-01-10 12:00", 5)
    buy(house, range(3, 20), "2026-01-10 12:00", 1)
    flow = tier_flow(house, STARTS, TODAY)
    assert flow.before("vip") == flow.after("vip") == 3
    assert flow.shown_before("vip").n is None and flow.shown_after("vip").n is None
    assert flow.shown("vip")["vip"].n is None
    assert flow.shown_before("new").n is None, "else it is told by the members at the start"
    assert flow.shown_before("potential").n == 40


def test_few_who_passed_to_a_class_cannot_be_told_from_its_total(house: Warehouse) -> None:
    join(house, range(120))
    buy(house, range(40), "2025-06-10 12:00", 1)
    buy(house, range(40, 80), "2025-06-10 12:00", 2)
    buy(house, range(2), "2026-04-20 12:00", 4)  # new to vip
    buy(house, range(2, 12), "2026-04-20 12:00", 1)  # new to returning
    buy(house, range(40, 60), "2026-04-20 12:00", 4)  # returning to vip
    flow = tier_flow(house, STARTS, TODAY)
    assert flow.moves["new", "vip"] == 2 and flow.shown("new")["vip"].suppressed
    assert flow.shown_after("vip").n is None or flow.shown("returning")["vip"].suppressed

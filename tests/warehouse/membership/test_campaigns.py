"""Campaigns: what a new member cost and who came, worked out by hand at the edges of days in
Asia/Shanghai."""

from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import pytest

from tests.warehouse.making import happen, join, local
from tests.warehouse.records.keeping import a_house, keep
from warehouse import Warehouse
from warehouse.membership.campaigns import campaigns, sources

CAMPAIGN = {
    "title": "Bring a friend",
    "channel": "shop",
    "cost": "1000",
    "new_members": "8",
    "started_on": "2026-03-10",
    "ended_on": "2026-03-31",
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    """The small contract, on the second of July."""
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local("2026-07-02 09:00").astimezone(UTC))
    with a_house(tmp_path) as house:
        yield house


def test_without_campaigns_and_members_there_is_nothing_to_divide(house: Warehouse) -> None:
    assert campaigns(house) == () and all(not each.groups for each in sources(house))
    keep(house, "campaign", {**CAMPAIGN, "new_members": "0"})
    (one,) = campaigns(house)
    assert (one.cost_per_reported, one.cost_per_registered, one.growth) == (None, None, None)


def test_who_joined_by_its_channel_on_its_days_counts_for_a_campaign(house: Warehouse) -> None:
    join(house, range(40), "2026-03-09 23:59")  # the day before: 40 members there
    join(house, range(40, 50), "2026-03-10 00:00")
    join(house, range(50, 60), "2026-03-31 23:59")
    join(house, range(60, 70), "2026-04-01 00:00")  # the day after
    happen(house, *((f"M{number:05d}", "left", "2026-06-30 12:00") for number in range(40, 46)))
    keep(
        house,
        "campaign",
        CAMPAIGN,
        {**CAMPAIGN, "channel": "fair"},
        {**CAMPAIGN, "started_on": "2026-04-01", "ended_on": "2026-07-31"},
        {**CAMPAIGN, "started_on": "2026-07-03", "ended_on": "2026-07-31"},
    )
    found = {one.record_id: one for one in campaigns(house)}
    assert found.keys() == {"1", "2", "3"}, "one has not begun"
    one = found["1"]
    assert (one.cost, one.reported, one.cost_per_reported) == (Decimal("1000.00"), 8, 125.0)
    # 20 of the register: 1000 / 20 each, 20 on top of 40 members are 50 %; six of them have left since.
    assert (one.registered, one.cost_per_registered, one.opening, one.growth) == (20, 50.0, 40, 50.0)
    assert (one.still, one.staying.n) == (14, 14)
    assert (found["2"].registered, found["2"].cost_per_registered, found["2"].growth) == (0, None, 0.0)
    # The one that still runs: 10 joined since, on top of 60.
    assert (found["3"].registered, found["3"].opening, found["3"].growth) == (10, 60, pytest.approx(100 / 6))


def test_few_who_left_are_not_told_from_those_who_stayed(house: Warehouse) -> None:
    join(house, range(6), "2026-03-10 12:00")
    happen(house, ("M00001", "left", "2026-06-30 12:00"))
    keep(house, "campaign", CAMPAIGN)
    (one,) = campaigns(house)
    assert (one.registered, one.still, one.staying.n) == (6, 5, None)


def test_who_leaves_at_the_instant_of_joining_did_not_stay(house: Warehouse) -> None:
    join(house, range(40), "2026-03-10 00:00")
    happen(house, *((f"M{number:05d}", "left", "2026-03-10 00:00") for number in range(20)))
    keep(house, "campaign", CAMPAIGN)
    (one,) = campaigns(house)
    assert (one.registered, one.still) == (40, 20)


def test_sources_add_up_to_those_who_joined_in_the_period(house: Warehouse) -> None:
    join(house, range(7), "2026-03-31 23:59")
    join(house, range(7, 12), "2026-04-01 00:00")
    happen(house, ("M00000", "left", "2026-04-02 12:00"), ("M00000", "returned", "2026-04-03 12:00"))
    told = {each.span.name: [(g.name, g.n) for g in each.groups] for each in sources(house)}
    assert told == {"2026Q1": [("shop", 7)], "2026Q2": [("shop", 5)]}
    assert all(sum(g.n or 0 for g in each.groups) == each.span.joined for each in sources(house))

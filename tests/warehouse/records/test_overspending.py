"""Overspending is warned of when it is there and when, at the pace so far, it will be; worked out by hand."""

from collections.abc import Iterator
from datetime import UTC
from decimal import Decimal
from pathlib import Path

import pytest

from tests.warehouse.making import local
from tests.warehouse.records.keeping import a_house, keep
from warehouse import Warehouse
from warehouse.contracts import current_contract
from warehouse.records.overspending import Overspent, overspent

LINE = {"booked_on": "2026-04-01", "planned": "9100"}  # 100 for each of the 91 days of 2026Q2


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


def found(house: Warehouse, monkeypatch: pytest.MonkeyPatch, now: str) -> list[tuple[str, Decimal, bool]]:
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local(now).astimezone(UTC))
    loaded = current_contract(house)
    assert loaded is not None
    told: tuple[Overspent, ...] = overspent(house, loaded.contract.sha256)
    return [(each.title, each.projected, each.is_over) for each in told]


def test_what_is_spent_faster_than_the_days_go_is_told_before_it_is_over(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(house, "budget_line", {**LINE, "title": "calls", "spent": "2000"}, {**LINE, "title": "gifts"})
    # 19 days are over, by the 20th at noon 20: 2000 * 91 / 20 = 9100, just what was planned.
    assert found(house, monkeypatch, "2026-04-20 12:00") == []
    keep(house, "budget_line", {"spent": "2000.01"})
    assert found(house, monkeypatch, "2026-04-20 12:00") == [("calls", Decimal("9100.05"), False)]
    assert found(house, monkeypatch, "2026-04-21 12:00") == []


def test_the_total_is_told_first_and_what_is_over_before_what_will_be(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [("slow", "6000"), ("over", "9100.01"), ("just", "9100"), ("none", "")]
    keep(house, "budget_line", *({**LINE, "title": title, "spent": spent} for title, spent in rows))
    told = found(house, monkeypatch, "2026-05-15 09:00")  # 45 days: 91/45 of what was spent
    assert told == [
        ("", Decimal("48937.80"), False),  # 24200.01 of 36400: 2202200.91 / 45
        ("over", Decimal("18402.24"), True),
        ("slow", Decimal("12133.33"), False),
        ("just", Decimal("18402.22"), False),
    ]


def test_nothing_is_told_too_early_nor_of_other_periods_nor_once_the_period_is_over(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(house, "budget_line", {**LINE, "title": "rent", "spent": "9000"})
    keep(
        house,
        "budget_line",
        {**LINE, "number": "2", "title": "x", "booked_on": "2026-03-31", "spent": "10000"},
    )
    assert found(house, monkeypatch, "2026-04-18 23:59") == []  # 18 of 91 days are less than a fifth
    assert [title for title, *_ in found(house, monkeypatch, "2026-04-19 00:01")] == ["", "rent"]
    assert [title for title, *_ in found(house, monkeypatch, "2026-03-31 23:00")] == ["", "x"]
    assert found(house, monkeypatch, "2026-07-01 00:01") == []

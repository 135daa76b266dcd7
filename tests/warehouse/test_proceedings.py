"""What the parties did about a period is kept as it came, and the latest word of each side counts."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date
from pathlib import Path

import pytest

from contract import example_source
from contract.settlement import Relieved
from tests.warehouse.making import a_warehouse, local
from warehouse import Warehouse, WarehouseError
from warehouse.contract_loading import load_contract
from warehouse.contracts import current_contract
from warehouse.entering import (
    approve_relief,
    hand_in_report,
    order_service,
    take_back_report,
    withdraw_relief,
)
from warehouse.proceedings import Proceedings, proceedings

CONTRACT = example_source("deduction").replace(
    "    basePerPeriod: 300000.00\n",
    """    basePerPeriod: 300000.00
    addedServices:
      - {id: training, clause: "7.1", title: {zh: 培训, en: Training}, price: 1200.00, per: order}
      - {id: hotline, clause: "7.1", title: {zh: 热线, en: Hotline}, price: 900.00, per: period}
""",
)
END = date(2028, 1, 1)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    loaded = local("2025-12-01 09:00").astimezone(UTC)
    monkeypatch.setattr("warehouse.contract_loading.utc_now", lambda: loaded)
    monkeypatch.setattr("warehouse.entering.utc_now", lambda: local("2026-10-05 09:00").astimezone(UTC))
    warehouse = a_warehouse(tmp_path, contract=False)
    load_contract(warehouse, CONTRACT.partition("  examples:")[0])
    yield warehouse
    warehouse.close()


def known(house: Warehouse, until: date = END) -> Mapping[str, Proceedings]:
    loaded = current_contract(house)
    assert loaded is not None
    return proceedings(house, loaded, until)


def test_nothing_is_known_of_a_period_that_nobody_dealt_with(house: Warehouse) -> None:
    assert known(house) == {}


def test_a_report_is_kept_with_the_local_day_on_which_it_came(house: Warehouse) -> None:
    hand_in_report(house, "2026Q3")
    assert known(house)["2026Q3"].report_day == date(2026, 10, 5)
    assert known(house, date(2026, 10, 5)) == {}


def test_relief_gathers_the_sides_that_approved_and_a_side_can_take_it_back(house: Warehouse) -> None:
    approve_relief(house, "2026Q3", "csat_top2", "force_majeure", "B")
    approve_relief(house, "2026Q3", "csat_top2", "force_majeure", "A")
    found = known(house)["2026Q3"]
    assert found.relief == (Relieved("csat_top2", "force_majeure", frozenset({"A", "B"})),)
    assert found.approved == found.relief
    assert found.approved_on == {"csat_top2": date(2026, 10, 5)}
    withdraw_relief(house, "2026Q3", "csat_top2", "A")
    found = known(house)["2026Q3"]
    assert found.relief == (Relieved("csat_top2", "force_majeure", frozenset({"B"})),)


def test_the_last_number_of_orders_counts(house: Warehouse) -> None:
    order_service(house, "2026Q3", "training", 2)
    order_service(house, "2026Q3", "training", 3)
    assert known(house)["2026Q3"].orders == {"training": 3}


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (lambda house: hand_in_report(house, "2026Q4"), "period-running"),
        (lambda house: hand_in_report(house, "2031Q1"), "period-unknown"),
        (lambda house: approve_relief(house, "2026Q3", "csat_top2", "bad_weather", "A"), "relief-none"),
        (lambda house: approve_relief(house, "2026Q3", "nps", "force_majeure", "A"), "relief-metric"),
        (lambda house: order_service(house, "2026Q3", "hotline", 1), "service-unknown"),
        (lambda house: order_service(house, "2026Q3", "training", -1), "service-count"),
    ],
)
def test_what_the_contract_does_not_know_is_refused(house: Warehouse, deed: object, code: str) -> None:
    assert callable(deed)
    with pytest.raises(WarehouseError) as refused:
        deed(house)
    assert refused.value.problem.code == code
    assert known(house) == {}


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr("warehouse.entering.utc_now", lambda: local(f"{day} 09:00").astimezone(UTC))


def test_the_first_report_counts_however_often_it_is_handed_in(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in_report(house, "2026Q3")
    on(monkeypatch, "2026-11-20")
    hand_in_report(house, "2026Q3")
    assert known(house)["2026Q3"].report_day == date(2026, 10, 5)


def test_a_report_is_entered_with_the_day_it_came_and_taken_back_where_that_was_a_mistake(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in_report(house, "2026Q3", came=date(2026, 10, 2))
    assert known(house)["2026Q3"].report_day == date(2026, 10, 2)
    take_back_report(house, "2026Q3")
    assert known(house)["2026Q3"].report_day is None
    for day, code in ((date(2026, 10, 6), "report-day"), (date(2026, 9, 30), "period-running")):
        with pytest.raises(WarehouseError) as refused:
            hand_in_report(house, "2026Q3", came=day)
        assert refused.value.problem.code == code
    on(monkeypatch, "2026-10-31")
    for deed in (
        lambda: hand_in_report(house, "2026Q3", came=date(2026, 10, 2)),
        lambda: take_back_report(house, "2026Q3"),
    ):
        with pytest.raises(WarehouseError) as refused:
            deed()
        assert refused.value.problem.code == "period-settled"


def test_once_a_period_is_settled_no_side_changes_it_alone(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    for side in ("A", "B"):
        approve_relief(house, "2026Q3", "csat_top2", "force_majeure", side)
    order_service(house, "2026Q3", "training", 2)
    before = known(house)["2026Q3"]
    on(monkeypatch, "2026-10-31")
    for late in (
        lambda: withdraw_relief(house, "2026Q3", "csat_top2", "A"),
        lambda: order_service(house, "2026Q3", "training", 9),
    ):
        with pytest.raises(WarehouseError) as refused:
            late()
        assert refused.value.problem.code == "period-settled"
    approve_relief(house, "2026Q3", "csat_top2", "caused_by_a", "B")  # B alone changes nothing
    after = known(house)["2026Q3"]
    assert (after.relief, after.orders, after.report_day) == (before.relief, before.orders, before.report_day)

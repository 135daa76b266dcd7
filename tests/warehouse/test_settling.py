"""Every closed period is settled from what was counted and what the parties did, worked out by hand."""

from collections.abc import Iterator
from datetime import UTC, date
from decimal import Decimal
from pathlib import Path

import pytest

from contract import example_source
from tests.warehouse.inviting import rows_stored
from tests.warehouse.making import a_warehouse, local, satisfied
from warehouse import Warehouse, WarehouseError
from warehouse.contract_loading import load_contract
from warehouse.entering import approve_relief, hand_in_report, take_back_report
from warehouse.settling import Settlements, settlements, what_if_ledger

CSAT = "csat_top2"
DEDUCTION = example_source("deduction").partition("  examples:")[0]
REPORTS = DEDUCTION.replace(
    "  consequences:\n",
    '  governance: {clause: "9.1", reportDueDays: 10, noReport: deemed_missed, disputeWindowDays: 15}\n'
    "  consequences:\n",
)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path, contract=False)
    loaded_on(monkeypatch, "2025-12-01")
    yield warehouse
    warehouse.close()


def found(house: Warehouse, at: str) -> Settlements:
    settled = settlements(house, local(at))
    assert settled is not None
    return settled


def deducted(house: Warehouse, at: str) -> dict[str, Decimal]:
    return {one.period.name: one.settlement.deducted for one in found(house, at).ledgers}


def on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr("warehouse.entering.utc_now", lambda: local(f"{day} 10:00").astimezone(UTC))


def loaded_on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """The day on which contracts are loaded from here on."""
    monkeypatch.setattr("warehouse.contract_loading.utc_now", lambda: local(f"{day} 10:00").astimezone(UTC))


def test_without_a_contract_or_without_fees_there_is_nothing_to_settle(house: Warehouse) -> None:
    assert settlements(house) is None
    free = DEDUCTION.partition("  fees:")[0]
    load_contract(house, free)
    assert settlements(house, local("2026-12-01 00:00")) is None


def test_every_closed_period_is_settled_and_the_running_one_is_not(house: Warehouse) -> None:
    load_contract(house, DEDUCTION)
    satisfied(house, 1640, 2000, at="2026-05-01 12:00")  # 82 % against 81.14: kept
    satisfied(house, 1540, 2000, at="2026-08-01 12:00")  # 77 % against 82.29: a gap of 5.29, severe
    settled = found(house, "2026-10-02 09:00")
    assert [one.period.name for one in settled.ledgers] == ["2026Q1", "2026Q2", "2026Q3"]
    assert deducted(house, "2026-10-02 09:00") == {"2026Q1": 0, "2026Q2": 0, "2026Q3": 9000}
    assert deducted(house, "2026-09-30 23:59") == {"2026Q1": 0, "2026Q2": 0}
    last = settled.ledgers[-1]
    assert sum(line.amount for line in last.settlement.lines) == last.settlement.total == 291000
    assert (last.settled_on, last.report_due, last.is_provisional) == (date(2026, 10, 31), None, True)


def test_a_report_that_did_not_come_in_time_counts_as_missed(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_contract(house, REPORTS)
    on(monkeypatch, "2026-07-05")
    hand_in_report(house, "2026Q2")
    satisfied(house, 1900, 2000, at="2026-08-01 12:00")
    assert deducted(house, "2026-10-10 23:59")["2026Q3"] == 0  # due until the tenth
    assert deducted(house, "2026-10-11 00:01")["2026Q3"] == 12000
    on(monkeypatch, "2026-10-11")
    hand_in_report(house, "2026Q3")
    assert deducted(house, "2026-10-12 00:01")["2026Q3"] == 12000  # a day too late
    on(monkeypatch, "2026-10-10")
    hand_in_report(house, "2026Q3")
    assert deducted(house, "2026-10-12 00:01")["2026Q3"] == 0
    ledger = found(house, "2026-10-12 00:01").ledgers[-1]
    assert (ledger.report_due, ledger.settled_on, ledger.is_provisional) == (
        date(2026, 10, 10),
        date(2026, 10, 26),
        True,
    )
    assert not found(house, "2026-10-27 00:01").ledgers[-1].is_provisional


def test_nothing_is_deemed_of_reports_that_were_due_before_the_contract_was_loaded(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded_on(monkeypatch, "2026-10-20")
    load_contract(house, REPORTS)
    satisfied(house, 1900, 2000, at="2026-05-01 12:00")
    assert deducted(house, "2026-11-01 09:00") == {"2026Q1": 0, "2026Q2": 0, "2026Q3": 0}
    on(monkeypatch, "2026-10-21")
    hand_in_report(house, "2026Q2", came=date(2026, 7, 11))  # a day too late
    assert deducted(house, "2026-11-01 09:00")["2026Q2"] > 0
    take_back_report(house, "2026Q2")
    hand_in_report(house, "2026Q2", came=date(2026, 7, 10))
    ledger = found(house, "2026-11-01 09:00").ledgers[1]
    assert (ledger.settlement.deducted, ledger.proceedings.report_day) == (0, date(2026, 7, 10))
    assert ledger.is_open and not ledger.is_provisional


@pytest.mark.parametrize(
    ("day", "in_period", "returned"), [("2026-10-25", 0, 0), ("2026-10-26", 12000, 12000)]
)
def test_relief_counts_in_its_period_until_that_is_settled_and_comes_back_later_afterwards(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch, day: str, in_period: int, returned: int
) -> None:
    load_contract(house, REPORTS.replace("noReport: deemed_missed", "noReport: flagged"))
    satisfied(house, 1400, 2000, at="2026-08-01 12:00")
    on(monkeypatch, "2026-10-05")
    approve_relief(house, "2026Q3", CSAT, "force_majeure", "B")
    assert deducted(house, "2026-10-06 09:00")["2026Q3"] == 12000  # one side is not enough
    on(monkeypatch, day)
    approve_relief(house, "2026Q3", CSAT, "force_majeure", "A")
    third, fourth = found(house, "2027-01-02 09:00").ledgers[-2:]
    assert (third.settlement.deducted, fourth.settlement.earned_back) == (in_period, returned)


def test_the_ledger_of_few_answers_shows_the_money_and_no_figure(house: Warehouse) -> None:
    load_contract(house, DEDUCTION.replace("confidence: 0.95", "confidence: 0.6"))
    satisfied(house, 0, 4, at="2026-08-01 12:00")
    (line,) = [one for one in found(house, "2026-10-02 09:00").ledgers[-1].settlement.lines if one.metric]
    assert line.amount == -12000
    assert line.reason.words("en") == "fewer than 5 answers, so no figure is shown"


def test_what_if_settles_a_closed_or_running_period_anew_and_writes_nothing(house: Warehouse) -> None:
    load_contract(house, DEDUCTION)
    satisfied(house, 1640, 2000, at="2026-05-01 12:00")
    before = rows_stored(house)
    at = local("2026-08-15 12:00")
    assert what_if_ledger(house, "2026Q2", CSAT, Decimal(77), 2000, at).deducted == 6000
    assert what_if_ledger(house, "2026Q3", CSAT, Decimal(77), 2000, at).deducted == 9000
    assert rows_stored(house) == before
    for period, metric, figure, code in (
        ("2026Q4", CSAT, "77", "period-unknown"),
        ("2026Q2", "nps", "77", "what-if"),
        ("2026Q2", CSAT, "101", "what-if"),
    ):
        with pytest.raises(WarehouseError) as refused:
            what_if_ledger(house, period, metric, Decimal(figure), 2000, at)
        assert refused.value.problem.code == code

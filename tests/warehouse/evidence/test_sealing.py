"""A sealed period stays as it was: what comes later is counted and said, and it can be worked out again."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal
from pathlib import Path

import pytest

from contract import example_source
from contract.deciding import Decided
from tests.supplements import supplement
from tests.warehouse.making import a_warehouse, happen, join, local, satisfied
from warehouse import Warehouse, WarehouseError
from warehouse.contract_loading import load_contract
from warehouse.contract_warnings import contract_warnings
from warehouse.contracts import current_contract
from warehouse.evidence.sealed import sealed_from
from warehouse.evidence.sealing import closed_periods, seal_due, seal_period
from warehouse.evidence.verifying import verify
from warehouse.scorecard import Row, scorecard
from warehouse.settling import Ledger, settlements

CSAT = "csat_top2"
DEDUCTION = example_source("deduction").partition("  examples:")[0]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path, contract=False)
    load_contract(warehouse, DEDUCTION)
    satisfied(warehouse, 410, 500, at="2026-05-01 12:00")  # 82 % against 81.14: kept
    satisfied(warehouse, 385, 500, at="2026-08-01 12:00")  # 77 % against 82.29: missed
    today(monkeypatch, "2026-12-02")
    yield warehouse
    warehouse.close()


def today(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local(f"{day} 09:00").astimezone(UTC))


def row(house: Warehouse, period: str) -> Row:
    card = scorecard(house)
    assert card is not None
    return next(one for one in card.rows if one.period.name == period)


def ledger(house: Warehouse, period: str) -> Ledger:
    found = settlements(house)
    assert found is not None
    return next(one for one in found.ledgers if one.period.name == period)


def refused(house: Warehouse, period: str) -> str:
    with pytest.raises(WarehouseError) as error:
        seal_period(house, period)
    return error.value.problem.code


def tamper(house: Warehouse, statement: str) -> None:
    with house.transaction() as cursor:
        cursor.execute(statement)


def test_late_answers_are_counted_and_said_and_change_no_figure_and_no_money(house: Warehouse) -> None:
    assert [seal.sealed.period.name for seal in seal_period(house, "2026Q3")] == [
        "2026Q1",
        "2026Q2",
        "2026Q3",
    ]
    before, money = row(house, "2026Q3"), ledger(house, "2026Q3").settlement
    assert before.seal is not None and before.late is None
    satisfied(house, 150, 150, at="2026-08-02 12:00")  # with them 82.3 %: no longer missed
    after = row(house, "2026Q3")
    assert after.verdict == before.verdict and after.counts == before.counts
    assert ledger(house, "2026Q3").settlement == money and ledger(house, "2026Q3").late == 1
    assert after.late is not None
    assert (after.late.more, after.late.word) == (150, "not_proven")
    assert round(after.late.estimate.value or 0, 2) == 82.31


def test_without_a_seal_late_answers_change_a_settled_period(house: Warehouse) -> None:
    satisfied(house, 150, 150, at="2026-08-02 12:00")
    assert row(house, "2026Q3").verdict.word == "not_proven"
    assert ledger(house, "2026Q3").settlement.deducted == 0


def test_a_period_is_sealed_once_and_only_when_it_is_settled(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    today(monkeypatch, "2026-10-30")  # the last day on which the third quarter is provisional
    assert refused(house, "2026Q3") == "seal-too-early"
    assert refused(house, "2026Q4") == "period-unknown"
    today(monkeypatch, "2026-10-31")
    (*_, seal) = seal_period(house, "2026Q3")
    assert seal.sealed.settled_on == date(2026, 10, 31)
    assert seal_period(house, "2026Q3") == ()
    assert [one.is_due for one in closed_periods(house)] == [False] * 3


def test_the_text_has_the_hash_and_each_seal_names_the_one_before(house: Warehouse) -> None:
    seals = seal_period(house, "2026Q3")
    for seal in seals:
        assert hashlib.sha256(seal.document.encode()).hexdigest() == seal.sha256
        assert sealed_from(seal.document) == seal.sealed and seal.sealed.document() == seal.document
    assert [one.sealed.before for one in seals] == [None, seals[0].sha256, seals[1].sha256]
    kept = json.loads(seals[2].document)
    assert kept["targets"][CSAT]["counts"] == {"n": 500, "successes": 385}
    assert kept["settlement"]["total"] == "291000.00"
    assert kept["targets"][CSAT]["decided"]["verdict"]["reason"]["said"]["zh"].endswith("未达标")


def test_worked_out_again_the_same_comes_out_however_much_was_stored_since(house: Warehouse) -> None:
    seal_period(house, "2026Q3")
    satisfied(house, 0, 75, at="2026-05-02 12:00")
    satisfied(house, 0, 75, at="2026-08-02 12:00")
    assert [one.problems for one in verify(house)] == [(), (), ()]


def test_a_changed_answer_is_found_with_both_figures(house: Warehouse) -> None:
    seal_period(house, "2026Q3")
    first = "(SELECT min(ingest_seq) FROM response WHERE month = DATE '2026-08-01')"
    tamper(house, f"UPDATE response SET scores = [1, NULL, NULL] WHERE ingest_seq = {first}")
    (found,) = verify(house, "2026Q3")
    assert "targets · csat_top2 · counts · successes: sealed 385, counted again 384." in [
        one.words("en").partition(" Find")[0].removeprefix("2026Q3: ") for one in found.problems
    ]
    assert row(house, "2026Q3").verdict.estimate.value == 77  # what was sealed stands


def test_a_changed_seal_is_not_shown_and_a_replaced_one_breaks_the_chain(house: Warehouse) -> None:
    first, *_ = seal_period(house, "2026Q3")
    forged = first.document.replace('"300000.00"', '"900000.00"')
    tamper(house, f"UPDATE period_seal SET document = '{forged}' WHERE period = '2026Q1'")
    with pytest.raises(WarehouseError) as error:
        settlements(house)
    assert error.value.problem.code == "seal-broken"
    digest = hashlib.sha256(forged.encode()).hexdigest()
    tamper(house, f"UPDATE period_seal SET sha256 = '{digest}' WHERE period = '2026Q1'")
    codes = [{one.code for one in found.problems} for found in verify(house)]
    assert codes[0] == {"seal-differs", "seal-unwritten"} and "seal-chain" in codes[1] and codes[2] == set()


def test_a_backdated_supplement_settles_no_sealed_period_anew(house: Warehouse) -> None:
    seal_period(house, "2026Q3")
    dearer = ("basePerPeriod: 300000.00", "basePerPeriod: 400000.00")
    second = load_contract(house, supplement(DEDUCTION, "2026-07-01", dearer))
    assert ledger(house, "2026Q3").settlement.total == Decimal(291000)
    assert row(house, "2026Q3").version == 1
    loaded = current_contract(house)
    assert loaded is not None
    versions = {period.name: version.version for period, version in loaded.periods}
    assert (versions["2026Q3"], versions["2026Q4"]) == (1, 2)
    (said,) = [one for one in contract_warnings(house, second) if one.code == "periods-sealed"]
    assert (said.values["first"], said.values["last"]) == ("2026Q3", "2026Q3")
    assert [one.problems for one in verify(house)] == [(), (), ()]


def test_the_next_period_starts_from_what_was_sealed(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    satisfied(house, 375, 500, at="2026-11-01 12:00")
    today(monkeypatch, "2027-02-10")
    repeated = ledger(house, "2026Q4").settlement.deducted
    seal_period(house, "2026Q3")
    satisfied(house, 750, 750, at="2026-08-02 12:00")  # too late: the miss before stands, and counts twice
    assert ledger(house, "2026Q4").settlement.deducted == repeated
    seal_period(house, "2026Q4")
    assert [one.problems for one in verify(house)] == [(), (), (), ()]


def test_nothing_that_was_over_when_the_contract_came_is_sealed_unasked(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "warehouse.evidence.sealing._was_loaded", lambda warehouse, one: one.period > "2026Q3"
    )
    assert seal_due(house) == ()  # answers of old periods may still be imported
    today(monkeypatch, "2027-02-10")
    assert [seal.sealed.period.name for seal in seal_due(house)][-1] == "2026Q4"
    assert seal_due(house) == ()


def test_members_recorded_later_are_said_without_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = a_warehouse(tmp_path / "members")
    join(house, range(100))
    join(house, range(100, 110), at="2026-02-01 12:00")
    today(monkeypatch, "2026-08-15")
    seal_period(house, "2026Q1")
    monkeypatch.setattr(
        "tests.warehouse.making.local", lambda text: local(text.replace("07-01 00", "08-16 00"))
    )
    happen(house, *((f"M{number:05d}", "left", "2026-03-01 12:00") for number in range(100, 110)))
    growth = row(house, "2026Q1")
    assert (growth.verdict.estimate.value, growth.verdict.word) == (10, "met")
    assert growth.late is not None and growth.late.more is None and growth.late.word == "missed"
    assert verify(house, "2026Q1")[0].problems == ()
    house.close()


def test_the_decision_is_kept_with_its_pools_and_bounds(house: Warehouse) -> None:
    (*_, seal) = seal_period(house, "2026Q3")
    then = seal.sealed.targets[CSAT].decided
    assert isinstance(then, Decided) and then.verdict.bound_high is not None
    assert then.verdict.bound_high < 81


def test_a_seal_of_before_that_lacks_what_was_added_since_is_still_read(house: Warehouse) -> None:
    (*_, seal) = seal_period(house, "2026Q3")
    older = json.loads(seal.document)
    del older["basis"]["records_until"]
    assert replace(sealed_from(json.dumps(older)).basis, records_until=seal.sealed.basis.records_until) == (
        seal.sealed.basis
    )


def test_a_contract_of_another_name_does_not_put_the_seals_of_its_days_aside(house: Warehouse) -> None:
    seal_period(house, "2026Q3")
    sealed = [seal.sha256 for seal in current_contract(house).seals.values()]
    name = current_contract(house).contract.id
    with pytest.raises(WarehouseError) as error:
        load_contract(house, DEDUCTION.replace(name, f"{name}-again"))
    assert error.value.problem.code == "contract-days-taken"
    assert current_contract(house).contract.id == name
    assert [seal.sha256 for seal in current_contract(house).seals.values()] == sealed

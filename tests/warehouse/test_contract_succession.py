"""Contracts that follow each other: each keeps its periods, seals and settlements, and no two judge a day."""

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest

from contract import example_source
from tests.warehouse.making import a_warehouse, local, satisfied
from warehouse import Warehouse, WarehouseError
from warehouse.audit.chain import check
from warehouse.contract_loading import load_contract, withdraw_contract
from warehouse.contracts import contracts, current_contract
from warehouse.evidence.sealing import closed_periods, seal_due, seal_period
from warehouse.evidence.verifying import verify
from warehouse.exports import export_rows
from warehouse.filters import Filters
from warehouse.scorecard import scorecard
from warehouse.settling import settlements

FIRST = example_source("deduction").partition("  examples:")[0]
NEXT = (
    FIRST.replace("deduction-2026", "renewed-2028")
    .replace("2027-12-31", "2029-12-31")
    .replace("2026-01-01", "2028-01-01")
    .replace("at: 2027Q", "at: 2029Q")
    .replace("2026Q", "2028Q")
)
SAME_DAYS = FIRST.replace("deduction-2026", "another")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path, contract=False)
    yield warehouse
    warehouse.close()


def today(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local(f"{day} 09:00").astimezone(UTC))


def refused(house: Warehouse, source: str) -> str:
    with pytest.raises(WarehouseError) as error:
        load_contract(house, source)
    return error.value.problem.code


def test_the_contract_of_the_day_counts_whatever_was_loaded_last(house: Warehouse) -> None:
    load_contract(house, NEXT)
    load_contract(house, FIRST)
    assert [one.contract.id for one in contracts(house)] == ["deduction-2026", "renewed-2028"]
    days = {"2025-12-31": "deduction-2026", "2027-12-31": "deduction-2026", "2028-01-01": "renewed-2028"}
    for day, name in days.items():
        found = current_contract(house, date.fromisoformat(day))
        assert found is not None and found.contract.id == name
    asked = current_contract(house, date(2026, 1, 1), contract="renewed-2028")
    assert asked is not None and asked.contract.id == "renewed-2028"
    assert current_contract(house, contract="nobody's") is None


def test_two_contracts_never_judge_the_same_days(house: Warehouse) -> None:
    load_contract(house, FIRST)
    assert refused(house, SAME_DAYS) == "contract-days-taken"
    touching = NEXT.replace("2028-01-01", "2027-10-01").replace("at: 2028Q1", "at: 2027Q4")
    assert refused(house, touching.replace("grace: [2028Q1]", "grace: [2027Q4]")) == "contract-days-taken"
    assert [one.contract.id for one in contracts(house)] == ["deduction-2026"]


def test_the_example_takes_no_days_and_steps_aside_for_a_contract_of_ones_own(tmp_path: Path) -> None:
    house = a_warehouse(tmp_path, contract=False)
    load_contract(house, SAME_DAYS, is_example=True)
    load_contract(house, FIRST)
    assert [one.contract.id for one in contracts(house)] == ["deduction-2026"]
    house.close()


def test_a_contract_loaded_by_mistake_is_withdrawn_and_counts_again_when_it_is_loaded_again(
    house: Warehouse,
) -> None:
    load_contract(house, SAME_DAYS)
    withdraw_contract(house, "another")
    assert contracts(house) == () and current_contract(house) is None
    with pytest.raises(WarehouseError) as error:
        withdraw_contract(house, "another")
    assert error.value.problem.code == "contract-unknown"
    load_contract(house, FIRST)
    assert refused(house, SAME_DAYS) == "contract-days-taken"  # also when its version is known already
    withdraw_contract(house, "deduction-2026")
    load_contract(house, SAME_DAYS)
    assert [one.contract.id for one in contracts(house)] == ["another"]
    rows = house.read("audit/all")
    events = [row[3].removeprefix("contract-") for row in rows if row[4] == "another"]
    assert events == ["loaded", "withdrawn", "loaded"]
    assert check(rows).broken_at is None


def test_a_contract_with_sealed_periods_is_not_withdrawn(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_contract(house, FIRST)
    today(monkeypatch, "2026-12-02")
    seal_period(house, "2026Q1")
    with pytest.raises(WarehouseError) as error:
        withdraw_contract(house, "deduction-2026")
    assert error.value.problem.code == "contract-sealed"


def test_seals_settlements_and_exports_of_the_contract_before_stay_in_sight(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_contract(house, FIRST)
    load_contract(house, NEXT)
    satisfied(house, 385, 500, at="2026-08-01 12:00")
    satisfied(house, 410, 500, at="2028-02-01 12:00")
    today(monkeypatch, "2028-06-02")
    seal_period(house, "2026Q3")
    made = seal_due(house)
    assert {one.sealed.contract for one in made} == {"deduction-2026", "renewed-2028"}
    assert {one.contract.id for one in closed_periods(house)} == {"deduction-2026", "renewed-2028"}
    found = verify(house)
    assert [one.period for one in found if not one.problems] == [one.period for one in found]
    assert {"2026Q1", "2026Q3", "2028Q1"} <= {one.period for one in found}
    assert verify(house, "2026Q3")[0].seal.sealed.contract == "deduction-2026"
    now, before = scorecard(house), scorecard(house, contract="deduction-2026")
    assert now is not None and {row.period.name for row in now.rows} == {"2028Q1", "2028Q2"}
    assert before is not None and len({row.period.name for row in before.rows}) == 8
    ledgers = settlements(house, contract="deduction-2026")
    assert ledgers is not None and ledgers.ledgers[2].seal is not None
    assert ledgers.ledgers[2].settlement.deducted > 0
    asked = Filters.from_query({"contract": "deduction-2026"}, house)
    assert isinstance(asked, Filters)
    rows = list(export_rows(house, "settlement", asked, "en").table.rows)
    assert {str(row[0])[:4] for row in rows} == {"2026", "2027"}
    with pytest.raises(WarehouseError) as error:
        export_rows(house, "members", asked, "en")
    assert error.value.problem.code == "export-not-filtered"
    unknown = Filters.from_query({"contract": "nobody's"}, house)
    assert isinstance(unknown, tuple) and unknown[0].where == "contract"


def test_a_seal_whose_text_names_another_period_is_broken_and_nothing_is_made_of_it(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_contract(house, FIRST)
    today(monkeypatch, "2026-12-02")
    seal_period(house, "2026Q2")
    with house.transaction() as cursor:
        cursor.execute(
            "UPDATE period_seal SET document = replace(document, '2026Q2', '2026QX') WHERE period = '2026Q2'"
        )
    for look in (scorecard, settlements):
        with pytest.raises(WarehouseError) as error:
            look(house)
        assert error.value.problem.code == "seal-broken"
    assert "seal-broken" in {each.code for each in verify(house, "2026Q2")[0].problems}


def test_a_seal_that_was_taken_away_is_missed(house: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    load_contract(house, FIRST)
    today(monkeypatch, "2026-12-02")
    seal_period(house, "2026Q3")
    with house.transaction() as cursor:
        cursor.execute("DELETE FROM period_seal WHERE period = '2026Q3'")
    found = {one.period: [each.code for each in one.problems] for one in verify(house)}
    assert found == {"2026Q1": [], "2026Q2": [], "2026Q3": ["seal-gone"]}
    assert verify(house, "2026Q3")[0].seal is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("replace(document, '77.00 % of 500', '99.00 % of 500')", "seal-words"),
        ("regexp_replace(document, '\"past\":\\[.*?\\]', '\"past\":[]')", "seal-differs"),
    ],
)
def test_changed_words_and_history_of_a_seal_are_found_though_its_hash_was_renewed(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch, change: str, code: str
) -> None:
    load_contract(house, FIRST)
    satisfied(house, 385, 500, at="2026-08-01 12:00")
    today(monkeypatch, "2026-12-02")
    seal_period(house, "2026Q3")
    with house.transaction() as cursor:
        cursor.execute(f"UPDATE period_seal SET document = {change} WHERE period = '2026Q3'")
        cursor.execute("UPDATE period_seal SET sha256 = sha256(document) WHERE period = '2026Q3'")
    codes = {one.code for one in verify(house, "2026Q3")[0].problems}
    assert codes == {code, "seal-unwritten"}

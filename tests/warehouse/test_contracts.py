"""Contract versions as loaded: kept for good, the latest one in force."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from contract import ContractError, example_source, read_contract, stored_contract
from survey import library_questionnaire
from tests.supplements import supplement
from tests.warehouse.answering import a_response
from tests.warehouse.making import CONTRACT
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.contract_loading import disagreements, load_contract
from warehouse.contract_warnings import contract_warnings
from warehouse.contracts import current_contract
from warehouse.sql import sql
from warehouse.surveys import publish


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def _changed(old: str, new: str) -> str:
    source = example_source()
    assert old in source
    return source.replace(old, new, 1)


def test_a_new_warehouse_has_no_contract(warehouse: Warehouse) -> None:
    assert current_contract(warehouse) is None


def test_a_loaded_contract_is_in_force_after_a_new_start(tmp_path: Path) -> None:
    path = tmp_path / "again.duckdb"
    first = open_warehouse(path)
    loaded = load_contract(first, example_source(), is_example=True)
    first.close()
    second = open_warehouse(path)
    current = current_contract(second)
    assert current is not None
    assert (current.contract, current.is_example) == (loaded, True)
    second.close()


def test_every_period_and_target_is_stored_as_the_contract_has_it(warehouse: Warehouse) -> None:
    contract = load_contract(warehouse, example_source())
    with warehouse.transaction() as cursor:
        periods = cursor.execute("SELECT period, starts_on, ends_on FROM contract_period ORDER BY starts_on")
        assert periods.fetchall() == [(each.name, each.start, each.end) for each in contract.periods]
        rows = cursor.execute("SELECT sha256, metric, clause, period, target FROM contract_target").fetchall()
    expected = [(each.metric, each.clause, each.period.name, each.value) for each in contract.targets]
    assert sorted(row[1:] for row in rows) == sorted(expected)
    assert {row[0] for row in rows} == {contract.sha256}


def test_the_same_text_again_changes_nothing(warehouse: Warehouse) -> None:
    for source in (example_source(), example_source() + "\n# a remark\n"):
        load_contract(warehouse, source)
    with warehouse.transaction() as cursor:
        assert cursor.execute("SELECT count(*) FROM contract_version").fetchone() == (1,)


def test_a_loaded_version_never_changes(warehouse: Warehouse) -> None:
    loaded = load_contract(warehouse, example_source())
    with pytest.raises(WarehouseError) as refusal:
        load_contract(warehouse, _changed("Member growth", "Growth of members"))
    assert refusal.value.problem.code == "contract-version-immutable"
    current = current_contract(warehouse)
    assert current is not None and current.contract == loaded


def _version_on(warehouse: Warehouse, day: date) -> tuple[int, bool]:
    current = current_contract(warehouse, day)
    assert current is not None
    return current.contract.version, current.is_example


def test_the_day_tells_which_version_is_in_force(warehouse: Warehouse) -> None:
    load_contract(warehouse, example_source(), is_example=True)
    load_contract(warehouse, supplement(example_source(), "2026-04-01"))
    assert _version_on(warehouse, date(2020, 1, 1)) == (1, True)
    assert _version_on(warehouse, date(2026, 3, 31)) == (1, True)
    assert _version_on(warehouse, date(2026, 4, 1)) == (2, False)
    assert _version_on(warehouse, date(2040, 1, 1)) == (2, False)


def test_the_targets_of_a_period_are_those_of_the_version_in_force_on_its_first_day(
    warehouse: Warehouse,
) -> None:
    load_contract(warehouse, example_source())
    load_contract(warehouse, supplement(example_source(), "2026-04-01", ("value: 80.0", "value: 72.0")))
    current = current_contract(warehouse, date(2026, 8, 1))
    assert current is not None
    before, after = current.target("csat_top2", "2026Q1"), current.target("csat_top2", "2026Q2")
    assert before and after and before.value > 80 > after.value
    assert len(current.periods) == 12
    assert current.target("csat_top2", "2031Q1") is None


def test_a_version_that_does_not_follow_the_last_one_is_not_stored(warehouse: Warehouse) -> None:
    first, second = example_source(), supplement(example_source(), "2026-04-01")
    with pytest.raises(ContractError, match="begin with 1"):
        load_contract(warehouse, second)
    load_contract(warehouse, first)
    with pytest.raises(ContractError, match="Write sha256"):
        load_contract(warehouse, supplement(_changed("value: 80.0", "value: 79.0"), "2026-04-01"))
    with pytest.raises(ContractError, match="nobody signed"):
        load_contract(warehouse, second.replace("status: in_force", "status: draft"))
    assert _version_on(warehouse, date(2026, 4, 1))[0] == 1
    load_contract(warehouse, second)
    assert _version_on(warehouse, date(2026, 4, 1))[0] == 2


def test_a_supplement_that_begins_within_a_period_is_refused(warehouse: Warehouse) -> None:
    load_contract(warehouse, example_source())
    with pytest.raises(ContractError, match="2026-04-01 or 2026-07-01"):
        load_contract(warehouse, supplement(example_source(), "2026-05-01"))


def test_a_file_whose_status_alone_was_changed_is_the_version_that_is_loaded(warehouse: Warehouse) -> None:
    load_contract(warehouse, example_source())
    load_contract(warehouse, _changed("status: in_force", "status: superseded"))
    assert _version_on(warehouse, date(2026, 4, 1))[0] == 1


def test_versions_are_read_back_though_today_they_would_be_refused(warehouse: Warehouse) -> None:
    contract = read_contract(example_source(), "x")
    store = {"contract": contract.id, "source": "no: contract", "is_example": False}
    with warehouse.transaction() as cursor:
        for version in (1, 2):  # a second version without a word on the first was allowed once
            document = contract.canonical_json().replace('"version":1', f'"version":{version}')
            row = {"version": version, "sha256": f"old {version}", "document": document}
            recorded_at = datetime(2025, 6, version)  # noqa: DTZ001 -- instants are stored without zone
            cursor.execute(sql("core/insert_contract_version"), store | row | {"recorded_at": recorded_at})
    assert _version_on(warehouse, date(2026, 4, 1))[0] == 2
    source = supplement(example_source(), "2026-07-01").replace("  version: 2\n", "  version: 3\n")
    second = stored_contract(contract.canonical_json().replace('"version":1', '"version":2'))
    source = source.replace(
        "{version: 1, sha256: " + contract.sha256, "{version: 2, sha256: " + second.sha256
    )
    load_contract(warehouse, source)
    assert _version_on(warehouse, date(2026, 7, 1))[0] == 3


def test_a_text_that_is_no_contract_stores_nothing(warehouse: Warehouse) -> None:
    with pytest.raises(ContractError):
        load_contract(warehouse, "kind: Shopping list\n")
    assert current_contract(warehouse) is None


def test_a_contract_that_takes_a_metric_for_another_kind_is_not_stored(warehouse: Warehouse) -> None:
    with pytest.raises(WarehouseError) as refusal:
        load_contract(warehouse, _changed("id: nps, kind: nps", "id: nps, kind: mean"))
    assert refusal.value.problem.code == "metric-kind"
    assert current_contract(warehouse) is None


def test_every_metric_that_there_is_not_is_named() -> None:
    source = example_source().replace("nps", "loyalty").replace("kind: loyalty", "kind: nps")
    problems = disagreements(read_contract(source.replace("csat_top2", "joy"), "contract.yaml"))
    assert [(each.code, each.values["metric"]) for each in problems] == [
        ("metric-unknown", "joy"),
        ("metric-unknown", "loyalty"),
        ("metric-unknown", "joy"),
    ]


def test_an_empty_warehouse_takes_the_zone_of_its_first_contract_and_stores_days_in_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "zone.duckdb"
    opened = open_warehouse(path)
    load_contract(opened, example_source().replace("Asia/Shanghai", "Europe/Berlin"))
    assert opened.reporting_zone.key == "Europe/Berlin"
    opened.writer.submit(a_response(submitted_at=datetime(2026, 7, 1, 21, 30, tzinfo=UTC)))
    with opened.transaction() as cursor:
        stored = cursor.execute("SELECT day FROM response").fetchall()
    assert stored == [(date(2026, 7, 1),)]  # in Shanghai it was the second already
    opened.close()
    again = open_warehouse(path)
    assert again.reporting_zone.key == "Europe/Berlin"
    again.close()


def test_a_contract_of_another_zone_is_refused_once_days_are_stored(warehouse: Warehouse) -> None:
    warehouse.writer.submit(a_response())
    with pytest.raises(WarehouseError) as refused:
        load_contract(warehouse, example_source().replace("Asia/Shanghai", "Europe/Berlin"))
    assert refused.value.problem.code == "contract-zone"
    assert warehouse.reporting_zone.key == "Asia/Shanghai"
    assert current_contract(warehouse) is None


def test_a_contract_may_come_before_its_survey_and_warns_until_it_is_there(warehouse: Warehouse) -> None:
    source = _changed('clause: "4.3", survey: customer-satisfaction', 'clause: "4.3", survey: later')
    contract = load_contract(warehouse, source)
    (warning,) = contract_warnings(warehouse, contract)
    assert (warning.code, warning.values) == ("survey-none", {"metric": "nps", "survey": "later"})
    asked = library_questionnaire("customer-satisfaction")
    publish(warehouse, asked, "later", asked.title, is_example=False)
    assert contract_warnings(warehouse, contract) == ()
    assert contract_warnings(warehouse, read_contract(example_source(), "x")) == ()


def test_a_contract_that_measures_a_figure_in_another_unit_is_told_the_right_one() -> None:
    line = '    - {id: member_growth, kind: census, direction: higher, clause: "1"}\n'
    added = '    - {id: incidents, kind: census, direction: lower, clause: "1"}\n'
    contract = read_contract(CONTRACT.replace(line, line + added), "contract.yaml")
    (found,) = disagreements(contract)
    assert (found.code, found.where, found.values["unit"]) == ("metric-unit", "spec.metrics[1].unit", "count")
    right = read_contract(
        CONTRACT.replace(line, line + added.replace("}", ", unit: count}")), "contract.yaml"
    )
    assert not disagreements(right)

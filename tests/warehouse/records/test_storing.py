"""Records are only added to: corrections and withdrawals are rows; what counted can be asked as of then."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.warehouse.records.keeping import a_house, keep
from warehouse import Warehouse, WarehouseError
from warehouse.access import Role
from warehouse.records.catalogue import record_type
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import Asked, changed, find, history
from warehouse.records.storing import Stored, withdraw

TRAINING = {"title": "Phones", "audience": "staff_a", "planned_on": "2026-02-03"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


def codes(caught: pytest.ExceptionInfo[RecordRefusedError]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def test_the_same_again_adds_no_row_and_a_correction_adds_one(house: Warehouse) -> None:
    kind = record_type("training")
    assert keep(house, "training", TRAINING) == Stored(added=1)
    assert keep(house, "training", TRAINING) == Stored(known=1)
    assert keep(house, "training", {"held_on": "2026-02-04"}) == Stored(corrected=1)
    rows = history(house, kind, "operator", "1")
    assert [changed(rows, place) for place in range(2)] == [("title", "audience", "planned_on"), ("held_on",)]
    (now,) = find(house, kind, "operator", Asked()).rows
    assert now.revision == 2 and now.values["title"] == "Phones"


def test_a_new_number_that_differs_from_another_by_small_and_capital_letters_alone_is_refused(
    house: Warehouse,
) -> None:
    check = {"standard": "x", "checked_on": "2026-03-31", "result": "failed"}
    keep(house, "service_check", {**check, "number": "X1"})
    for rows in (["x1"], ["y1", "Y1"]):
        with pytest.raises(RecordRefusedError) as caught:
            keep(house, "service_check", *({**check, "number": number} for number in rows))
        assert [problem.code for problem in caught.value.problems] == ["record-number-alike"]
    assert keep(house, "service_check", {**check, "number": "X1", "finding": "again"}).corrected == 1


def test_what_was_recorded_by_an_instant_can_be_read_after_corrections(house: Warehouse) -> None:
    kind = record_type("training")
    keep(house, "training", TRAINING)
    keep(house, "training", {"title": "Mails"})
    first, second = history(house, kind, "operator", "1")
    moment = timedelta(microseconds=1)
    for until, titles in (
        (first.recorded_at, []),
        (second.recorded_at, ["Phones"]),
        (second.recorded_at + moment, ["Mails"]),
    ):
        rows = find(house, kind, "operator", Asked(until=until)).rows
        assert [row.values["title"] for row in rows] == titles


def test_a_withdrawn_record_counts_no_longer_and_keeps_its_rows(house: Warehouse) -> None:
    kind = record_type("training")
    keep(house, "training", TRAINING)
    with pytest.raises(WarehouseError, match="record-reason"):
        withdraw(house, kind, "1", "operator", "operator", " \u3000")
    assert withdraw(house, kind, "1", "operator", "operator", "entered twice")
    assert find(house, kind, "operator", Asked()).rows == ()
    assert [row.withdrawn for row in history(house, kind, "operator", "1")] == [False, True]
    with pytest.raises(WarehouseError, match="record-unknown"):
        withdraw(house, kind, "1", "operator", "operator", "again")
    with pytest.raises(WarehouseError, match="record-not-yours"):
        withdraw(house, kind, "1", "party_a", "party_a", "not mine")
    assert keep(house, "training", TRAINING) == Stored(added=1)  # anew, whole


def test_one_wrong_record_and_none_is_stored_and_all_that_is_wrong_is_said(house: Warehouse) -> None:
    with pytest.raises(RecordRefusedError) as caught:
        wrong = {"audience": "all", "planned_on": "31.2.2026", "invited": "3", "attended": "5", "colour": "x"}
        keep(house, "training", TRAINING, wrong, {**TRAINING, "number": "a b"})
    found = ["field-unknown", "required", "choice", "day", "order", "number"]
    assert codes(caught) == [f"record-{code}" for code in found]
    assert find(house, record_type("training"), "operator", Asked()).rows == ()


@pytest.mark.parametrize("role", ["party_a", "mediator"])
def test_a_role_that_may_not_write_a_type_stores_nothing_of_it(house: Warehouse, role: Role) -> None:
    with pytest.raises(RecordRefusedError) as caught:
        keep(house, "training", TRAINING, role=role)
    assert set(codes(caught)) == {"record-not-yours"}


def test_personal_fields_are_neither_told_to_others_nor_found_by_them(house: Warehouse) -> None:
    kind = record_type("training")
    keep(house, "training", {**TRAINING, "trainer": "Li Wei"})
    assert len(find(house, kind, "operator", Asked(text="li wei")).rows) == 1
    assert find(house, kind, "party_b", Asked(text="li wei")).rows == ()
    (row,) = find(house, kind, "party_b", Asked()).rows
    assert "trainer" not in row.values and "trainer" not in history(house, kind, "party_b", "1")[0].values


def test_a_list_is_narrowed_searched_sorted_and_paged(house: Warehouse) -> None:
    kind = record_type("training")
    days = ("2026-03-01", "2026-01-01", "2026-02-01")
    keep(house, "training", *({**TRAINING, "title": f"C {day}", "planned_on": day} for day in days))
    keep(house, "training", {**TRAINING, "number": "b", "audience": "staff_b"})
    page = find(house, kind, "operator", Asked(value="staff_a", text="c 2026", most=2))
    assert ([row.record_id for row in page.rows], page.fitting) == (["1", "3"], 3)
    rest = find(house, kind, "operator", Asked(value="staff_a", most=2, skip=2))
    assert [row.record_id for row in rest.rows] == ["2"]
    assert find(house, kind, "operator", Asked(text="%")).rows == ()

"""A record type is a declaration: its table is made when the warehouse opens, and grows with its fields."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.warehouse.making import a_warehouse
from tests.warehouse.records.keeping import keep
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.records import catalogue
from warehouse.records.catalogue import record_type
from warehouse.records.importing import import_records
from warehouse.records.reading import Asked, find

CALL = """name: house_call
title: {en: Visits, zh: 拜访}
lead: {en: Who was visited when., zh: 何时拜访了谁。}
clause: {en: Customer relations, zh: 客户关系}
see: [party_a, party_b]
by: visited_at
fields:
  - {code: visited_at, kind: instant, required: true, listed: true, title: {en: Visited at, zh: 拜访时间}}
  - {code: cost, kind: money, title: {en: Cost, zh: 费用}}
  - {code: opens, kind: time, title: {en: Opens, zh: 开门}}
  - {code: welcome, kind: yes_no, title: {en: Welcome, zh: 受欢迎}}
"""
Declare = Callable[[str], Path]


@pytest.fixture
def declare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Declares one type beside those there are; each time in a folder of its own, since folders are read
    once."""
    made: list[Path] = []

    def declared(text: str, name: str = "house_call") -> Path:
        folder = tmp_path / f"types-{len(made)}"
        shutil.copytree(Path(catalogue.__file__).parent / "types", folder)
        (folder / f"99-{name}.yaml").write_text(text, encoding="utf-8")
        monkeypatch.setattr("warehouse.records.catalogue.FOLDER", folder)
        monkeypatch.setattr("warehouse.records.tables.FOLDER", folder)
        made.append(folder)
        return folder

    return declared


def again(house: Warehouse) -> Warehouse:
    house.close()
    return open_warehouse(house.path)


def values(house: Warehouse) -> list[tuple[str, ...]]:
    kind = record_type("house_call")
    rows = find(house, kind, "operator", Asked()).rows
    return [tuple(str(row.values[field.code]) for field in kind.fields) for row in rows]


def test_a_new_type_needs_a_declaration_alone(tmp_path: Path, declare: Declare) -> None:
    house = a_warehouse(tmp_path, contract=False)
    declare(CALL)
    house = again(house)
    keep(
        house,
        "house_call",
        {"visited_at": "2026-03-02 10:00", "cost": "12.50", "opens": "8:30", "welcome": "yes"},
    )
    file = b"visited_at,cost\n2026-03-01 09:00,3\n"
    assert import_records(house, record_type("house_call"), file, "visits.csv").added == 1
    said = [
        ("2026-03-02 02:00:00", "12.50", "08:30:00", "True"),
        ("2026-03-01 01:00:00", "3.00", "None", "None"),
    ]
    assert values(house) == said
    house = again(house)
    assert values(house) == said
    house.close()


def test_a_field_that_comes_later_is_blank_in_what_was_recorded_before(
    tmp_path: Path, declare: Declare
) -> None:
    declare(CALL)
    house = a_warehouse(tmp_path, contract=False)
    keep(house, "house_call", {"visited_at": "2026-03-02 10:00"})
    declare(CALL + "  - {code: left_at, kind: instant, title: {en: Left at, zh: 离开时间}}\n")
    house = again(house)
    assert values(house)[0][-1] == "None"
    keep(house, "house_call", {"left_at": "2026-03-02 11:00"})
    assert values(house)[0][-1] == "2026-03-02 03:00:00"
    house.close()


def test_a_field_of_another_kind_and_a_name_that_is_taken_are_refused_and_change_nothing(
    tmp_path: Path, declare: Declare
) -> None:
    declare(CALL)
    house = a_warehouse(tmp_path, contract=False)
    keep(house, "house_call", {"visited_at": "2026-03-02 10:00", "cost": "1"})
    house.close()
    declare(CALL.replace("code: cost, kind: money", "code: cost, kind: whole"))
    with pytest.raises(WarehouseError) as caught:
        open_warehouse(house.path)
    assert (caught.value.problem.code, caught.value.problem.where) == (
        "record-type-column",
        "house_call.cost",
    )
    folder = declare(CALL.replace("name: house_call", "name: member"))
    (folder / "99-house_call.yaml").rename(folder / "99-member.yaml")
    with pytest.raises(WarehouseError) as caught:
        open_warehouse(house.path)
    assert caught.value.problem.code == "record-type-taken" and caught.value.problem.words("zh")
    declare(CALL)
    house = open_warehouse(house.path)
    assert values(house)[0][1] == "1.00"
    house.close()

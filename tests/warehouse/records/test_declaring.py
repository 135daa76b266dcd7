"""A record type is declared strictly, its table fits the declaration, and a new one needs no page code."""

from datetime import datetime
from pathlib import Path

import pytest

import warehouse
from tests.pages.opening import Tab
from warehouse import WarehouseError
from warehouse.metrics import catalogue as metrics
from warehouse.records import catalogue
from warehouse.records.declaring import COLUMN_TYPES
from warehouse.records.derived import RULES
from warehouse.records.importing import import_records

OWN = {
    "record_id": "VARCHAR",
    "revision": "BIGINT",
    "withdrawn": "BOOLEAN",
    "recorded_at": "TIMESTAMP",
    "recorded_by": "VARCHAR",
}
TYPE = """
name: visit
title: {en: Shop visits, zh: 门店走访}
lead: {en: Who was where., zh: 走访情况。}
clause: {en: Service, zh: 服务}
see: [party_a]
by: visited_at
fields:
  - {code: shop, kind: text, required: true, listed: true, title: {en: Shop, zh: 门店}}
  - {code: visited_at, kind: instant, required: true, listed: true, title: {en: Visited, zh: 走访时间}}
"""
TABLE = """
CREATE TABLE visit_record (record_id VARCHAR, revision BIGINT, withdrawn BOOLEAN, recorded_at TIMESTAMP,
                           recorded_by VARCHAR, shop VARCHAR, visited_at TIMESTAMP, visited_day DATE)
"""


@pytest.mark.parametrize("kind", catalogue.record_types(), ids=lambda kind: kind.name)
def test_the_table_and_the_view_of_a_type_have_the_columns_declared(kind: catalogue.RecordType) -> None:
    with warehouse.serving().transaction() as cursor:
        for name in (kind.table, kind.name):
            found = dict(
                cursor.execute(
                    "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $name",
                    {"name": name},
                ).fetchall()
            )
            declared = {field.code: COLUMN_TYPES[field.kind] for field in kind.fields}
            days = {field.day_column: "DATE" for field in kind.fields if field.day_column}
            assert found == OWN | declared | days


def test_every_metric_and_rule_that_a_type_names_is_there() -> None:
    known = {each.name for each in metrics()}
    for kind in catalogue.record_types():
        assert set(kind.metrics) <= known
        assert kind.derive is None or kind.derive in RULES


def test_a_type_added_by_declaration_and_table_is_on_the_page_in_the_export_and_in_the_import(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "visit.yaml").write_text(TYPE, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    house = warehouse.serving()
    with house.transaction() as cursor:
        cursor.execute(TABLE)
    tab = Tab("records", "operator")
    tab.app.text_input(key=next(w.key for w in tab.app.text_input if w.key.endswith("-shop"))).set_value(
        "North"
    )
    moment = next(w for w in tab.app.datetime_input if w.key.endswith("-visited_at"))
    moment.set_value(datetime.fromisoformat("2026-05-01T09:30"))
    tab.app.button[0].click()
    assert "It is stored." in tab.run().words
    assert "North 1 May 2026 09:30" in Tab("records", "party_a").words
    assert "门店走访" in Tab("records", "party_a", "zh").words
    kind = catalogue.record_type("visit")
    stored = import_records(house, kind, "shop,走访时间\nSouth,2026-05-02 10:00\n".encode(), "visits.csv")
    assert stored.added == 1
    assert "South" in Tab("records", "operator").words


@pytest.mark.parametrize(
    ("line", "instead", "reason"),
    [
        ("by: visited_at", "by: shop", "is no day and no instant"),
        ("by: visited_at", "by: visited_at\ncolour: red", "colour: Extra inputs"),
        ("name: visit", "name: visits", "is not the name of the file"),
        ("kind: text", "kind: choice", "a choice has choices"),
        ("code: shop", "code: revision", "has a column of that name already"),
        ("code: visited_at", "code: visited", "instants, and nothing else, are called"),
        ("see: [party_a]", "see: [operator]", "the operator may everything"),
        ("by: visited_at", "by: visited_at\nfilter: shop", "is no choice of this type"),
        ("by: visited_at", "by: visited_at\nderive: clock", "belong together"),
        ("code: shop,", "code: shop, derived: true,", "nobody enters what is derived"),
        ("zh: 服务}", "zh: }", "clause.zh"),
        ("by: visited_at", "by: visited_at\nby: visited_at", "line 8"),
    ],
)
def test_a_declaration_that_is_wrong_is_refused_with_file_and_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, instead: str, reason: str
) -> None:
    (tmp_path / "visit.yaml").write_text(TYPE.replace(line, instead), encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    with pytest.raises(WarehouseError) as caught:
        catalogue.record_types()
    assert caught.value.problem.code == "record-type-file"
    assert "visit.yaml" in caught.value.problem.words("en") and reason in caught.value.problem.words("en")

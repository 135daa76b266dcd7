"""A file of records is stored whole or not at all, and an exported one comes in again as it went out."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from duckdb import DuckDBPyConnection

import warehouse as samples
from tests.warehouse.making import CONTRACT, local
from tests.warehouse.records.keeping import a_house, keep
from warehouse import Warehouse
from warehouse.__main__ import main
from warehouse.contract_loading import load_contract
from warehouse.csv_format import csv_chunks
from warehouse.membership.at_risk import at_risk
from warehouse.records import storing
from warehouse.records.catalogue import record_type, record_types
from warehouse.records.checked import Checked, Rules, checked_all
from warehouse.records.exporting import records_table
from warehouse.records.importing import import_records
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import Asked, Row, find, history
from warehouse.records.storing import Stored, Written, store_written, withdraw
from warehouse.registering import load, prepare
from warehouse.scorecard import scorecard
from warehouse.xlsx_format import xlsx_bytes

ROW = {"title": "=1+1", "audience": "staff_a", "planned_on": "2026-02-03", "invited": "12", "note": "a\nb"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


def a_file(columns: Sequence[str], rows: Sequence[Sequence[str]], ending: str) -> bytes:
    if ending == "csv":
        return b"".join(csv_chunks(columns, rows))
    return xlsx_bytes("t", "T", columns, rows)


def find_all(house: Warehouse) -> Sequence[Row]:
    return find(house, record_type("training"), "operator", Asked()).rows


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_was_exported_is_known_when_it_comes_in_again(house: Warehouse, ending: str) -> None:
    kind = record_type("training")
    keep(house, "training", ROW)
    table = records_table(house, kind, "operator", Asked())
    if ending == "csv":
        content = b"".join(csv_chunks(table.columns, table.rows))
    else:
        content = xlsx_bytes("training", "Trainings", table.columns, table.rows)
    assert import_records(house, kind, content, f"t.{ending}") == Stored(known=1)


def test_titles_in_both_languages_are_headings_and_rows_without_a_number_are_new(house: Warehouse) -> None:
    kind = record_type("training")
    text = "主题,For whom,计划日期\nA,甲方员工,2026-01-05\nB,Party B's staff,2026-01-06\n"
    assert import_records(house, kind, text.encode("gb18030"), "t.csv") == Stored(added=2)
    rows = find(house, kind, "operator", Asked()).rows
    assert [row.values["audience"] for row in rows] == ["staff_b", "staff_a"]
    assert len({row.record_id for row in rows}) == 2


def test_a_file_without_numbers_that_comes_in_again_adds_nothing_and_brings_nothing_back(
    house: Warehouse,
) -> None:
    kind = record_type("training")
    row = "A,staff_a,2026-01-05,12\n"
    text = f"title,audience,planned_on,invited\n{row}{row}B,staff_b,2026-01-06,\n"
    assert import_records(house, kind, text.encode(), "t.csv") == Stored(added=3)
    first = find(house, kind, "operator", Asked()).rows[0].record_id
    withdraw(house, kind, first, "operator", "operator", "entered by mistake")
    keep(
        house,
        "training",
        {"number": find(house, kind, "operator", Asked()).rows[0].record_id, "invited": "9", "reason": "x"},
    )
    as_excel = text.replace("-01-05", "/1/5").replace("2026-", "2026/").replace("staff_a", "甲方员工")
    assert import_records(house, kind, as_excel.encode(), "u.csv") == Stored(known=3)
    more = import_records(house, kind, (text + row + row).encode(), "t.csv")
    assert more == Stored(added=2, known=3)
    rows = find(house, kind, "operator", Asked()).rows
    assert sorted(str(each.values["invited"]) for each in rows) == ["12", "12", "12", "9"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("title,audience,planned_on\nA,staff_a,2026-01-05\nB,x,soon\n", ["3, For whom", "3, Planned for"]),
        ("record_id,title\n1,A\n1,B\n", ["3, 1"]),
        ("title,colour\nA,red\n", ["colour"]),
        ("title,主题\nA,B\n", ["title"]),
        ("a,b\n1,2\n", ["t.csv"]),
        ("title\n", ["t.csv"]),
    ],
)
def test_one_wrong_cell_and_nothing_is_stored_and_its_row_is_named(
    house: Warehouse, text: str, places: list[str]
) -> None:
    kind = record_type("training")
    with pytest.raises(RecordRefusedError) as caught:
        import_records(house, kind, text.encode(), "t.csv")
    assert [problem.where for problem in caught.value.problems] == places
    assert find(house, kind, "operator", Asked()).rows == ()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_stands_in_a_column_without_a_heading_is_named_and_not_left_out_unseen(
    house: Warehouse, ending: str
) -> None:
    kind = record_type("training")
    columns = ["title", "", "audience", "planned_on", ""]
    empty, filled = ["A", "", "staff_a", "2026-01-05", ""], ["A", "x", "staff_a", "2026-01-05", ""]
    with pytest.raises(RecordRefusedError) as caught:
        import_records(house, kind, a_file(columns, [empty, filled], ending), f"t.{ending}")
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("record-file-nameless", f"t.{ending}")
    assert "B3" in problem.parts("zh")[0] and find_all(house) == ()
    assert import_records(house, kind, a_file(columns, [empty], ending), f"t.{ending}") == Stored(added=1)


def test_rows_of_commas_alone_are_passed_over_and_a_file_of_them_has_no_rows(house: Warehouse) -> None:
    kind, heading, empty = record_type("training"), "record_id,title,audience,planned_on\n", ",,, \n"
    assert import_records(
        house, kind, f"{heading}{empty}1,A,staff_a,2026-01-05\n{empty}".encode(), "t.csv"
    ) == (Stored(added=1))
    with pytest.raises(RecordRefusedError) as caught:
        import_records(house, kind, f"{heading}{empty}2,B,staff_a,soon\n".encode(), "t.csv")
    assert [problem.where for problem in caught.value.problems] == ["3, Planned for"]
    with pytest.raises(RecordRefusedError) as caught:
        import_records(house, kind, f"{heading}{empty}{empty}".encode(), "t.csv")
    assert [problem.code for problem in caught.value.problems] == ["file-no-rows"]


def test_the_command_lists_types_reads_a_file_and_writes_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["records"]) == 0
    said = capsys.readouterr().out
    assert all(kind.name in said for kind in record_types())
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("record_id,title,audience,planned_on\nT1,A,staff_a,2026-01-05\n", encoding="utf-8")
    assert main(["records", "training", "--import", str(source)]) == 0
    assert "1 new" in capsys.readouterr().out
    assert main(["records", "training", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8-sig").splitlines()[1].startswith("T1,A,staff_a,2026-01-05")
    source.write_text("record_id,title\nT2,\n", encoding="utf-8")
    assert main(["records", "training", "--import", str(source)]) == 1
    assert "record-required" in capsys.readouterr().err


def test_the_sample_of_cases_comes_in_and_is_due_by_chinas_holidays(house: Warehouse) -> None:
    kind = record_type("service_case")
    content = (Path(samples.__file__).parent / "samples" / "service_cases.csv").read_bytes()
    assert import_records(house, kind, content, "service_cases.csv") == Stored(added=6)
    rows = {row.record_id: row.values for row in find(house, kind, "operator", Asked()).rows}
    # 80 minutes of 29 September, the rest of the four hours on the 30th: before the holiday.
    assert str(rows["H-1001"]["respond_by_at"]) == "2026-09-30 03:40:00"
    # Saturday 10 October 2026 makes up for the holiday; a day of work later is Monday the 12th.
    assert str(rows["H-1003"]["respond_by_at"]) == "2026-10-12 03:00:00"


def test_the_samples_of_the_readme_find_who_is_at_risk(house: Warehouse) -> None:
    folder = Path(samples.__file__).parent / "samples"
    telco = folder / "register" / "telco_customer_churn"
    prepared = prepare(telco.with_suffix(".csv"), telco.with_suffix(".yaml"), "members", house.reporting_zone)
    load(house, prepared)
    kind = record_type("service_case")
    import_records(house, kind, (folder / "service_cases.csv").read_bytes(), "service_cases.csv")
    found = at_risk(house, date(2026, 10, 22)).shown
    assert [(each.member_id, each.reasons) for each in found] == [("9763-GRSKD", ("complaint",))]


def test_a_contract_sets_a_target_for_a_figure_of_records_and_it_is_judged(tmp_path: Path) -> None:
    use = '    - {id: trainings_held, kind: census, direction: higher, clause: "1"}\n  targets:\n'
    goal = """    - metric: trainings_held
      ramp: {interpolate: step, points: [{at: 2026Q1, value: 90.0}]}
      decision: {rule: simple}
"""
    with a_house(tmp_path / "own", contract=False) as house:
        load_contract(house, CONTRACT.replace("  targets:\n", use + goal, 1))
        base = {"audience": "staff_a", "title": "A", "planned_on": "2026-02-03"}
        keep(house, "training", {**base, "held_on": "2026-02-03"}, base)
        card = scorecard(house, local("2026-04-02 00:00"))
        assert card is not None
        (row,) = [
            each for each in card.rows if each.metric.name == "trainings_held" and each.state == "closed"
        ]
        assert (row.verdict.word, row.verdict.estimate.value) == ("missed", 50.0)


def test_many_are_checked_before_the_turn_of_the_writer_and_again_if_something_came_between(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, check, seen = record_type("budget_line"), checked_all, list[Checked]()
    row = {"title": "A", "booked_on": "2026-01-05", "planned": "10"}
    rows = [Written(str(n), row) for n in range(3)]

    def beside(cursor: DuckDBPyConnection, by: Rules, written: Sequence[Written]) -> Checked:
        found = check(cursor, by, written)
        seen.append(found)
        if len(seen) == 1:
            keep(house, "budget_line", {**row, "title": "B", "number": "1"})
        return found

    monkeypatch.setattr(storing, "MANY", 2)
    monkeypatch.setattr(storing, "checked_all", beside)
    assert store_written(house, kind, rows, "operator", "operator") == Stored(added=2, corrected=1)
    assert len(seen) == 3  # of what came between too
    revisions = [row.revision for row in history(house, kind, "operator", "1")]
    assert revisions == [1, 2] and store_written(house, kind, rows, "operator", "operator") == Stored(known=3)
    assert len(seen) == 4

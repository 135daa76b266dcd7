"""Files known to have harmed software that imports surveys, one by one, each by its id: refused by name with
nothing stored, or stored exactly as they stand; whoever answers meanwhile is not concerned."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.answering import a_response
from tests.warehouse.importing.bad_files import BAD_FILES, MARKUP, SCORE, text
from warehouse import Warehouse, open_warehouse
from warehouse.exporting.written import write_export
from warehouse.filters import Filters
from warehouse.importing import ImportRefusedError, load, prepare

IDS = {
    *("import-01", "import-02", "import-04", "import-06", "import-07", "import-08", "import-10", "import-11"),
    *("import-12", "import-13", "import-14", "import-15", "import-17", "import-18", "import-19", "import-20"),
    *("import-24", "import-25", "import-26", "import-28", "import-33", "import-37", "import-38"),
}

ELSEWHERE = {  # id -> the test in test_workbook.py that takes it
    "import-26": "test_a_sheet_of_200_megabytes_in_200_kilobytes_is_refused_before_it_is_unpacked"
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """One warehouse for all: each file takes a survey of its own."""
    warehouse = open_warehouse(tmp_path_factory.mktemp("bad") / "club.duckdb")
    yield warehouse
    warehouse.close()


def made(case: str, folder: Path) -> tuple[Path, Path]:
    """The file and its mapping, into a survey of its own."""
    file, mapping = BAD_FILES[case].make(folder)
    mapping.write_text(
        mapping.read_text(encoding="utf-8").replace("slug: club", f"slug: {case}"), encoding="utf-8"
    )
    return file, mapping


def members(warehouse: Warehouse, survey: str) -> list[tuple[object, ...]]:
    with warehouse.transaction() as cursor:
        return cursor.execute(
            "SELECT member_id FROM response WHERE survey = ? ORDER BY ingest_seq", [survey]
        ).fetchall()


def test_every_file_is_tried() -> None:
    assert set(BAD_FILES) == IDS
    others = (Path(__file__).parent / "test_workbook.py").read_text(encoding="utf-8")
    assert all(f"def {name}(" in others for name in ELSEWHERE.values())


@pytest.mark.parametrize(
    "case", [case for case, bad in BAD_FILES.items() if bad.code and case not in ELSEWHERE]
)
def test_a_file_that_would_do_harm_is_refused_by_name_and_nothing_is_stored(
    opened: Warehouse, tmp_path: Path, case: str
) -> None:
    bad = BAD_FILES[case]
    file, mapping = made(case, tmp_path)
    with pytest.raises(ImportRefusedError) as caught:
        prepared = prepare(file, mapping)
        assert [(each.row, each.column, each.problem.code) for each in prepared.refusals()] == [*bad.refused]
        load(opened, prepared)
    (problem,) = caught.value.problems
    assert problem.code == bad.code and problem.where == file.name
    assert all(word in problem.words("en") and word in problem.words("zh") for word in bad.said)
    assert members(opened, case) == [] and opened.read("core/survey", survey=case) == []
    assert opened.writer.submit(a_response()).stored


@pytest.mark.parametrize("case", [case for case, bad in BAD_FILES.items() if not bad.code])
def test_a_file_that_only_looks_bad_is_stored_as_it_stands_once(
    opened: Warehouse, tmp_path: Path, case: str
) -> None:
    bad = BAD_FILES[case]
    file, mapping = made(case, tmp_path)
    report = load(opened, prepare(file, mapping))
    assert (report.stored, report.refused_rows, report.refused_cells) == (bad.rows, 0, 0)
    assert members(opened, case) == [(member,) for member in bad.members]
    again = load(opened, prepare(file, mapping))
    assert (again.stored, again.known) == (0, bad.rows) and again.same_file is not None
    assert len(members(opened, case)) == bad.rows


def exported(warehouse: Warehouse, case: str, folder: Path) -> str:
    file, mapping = made(case, folder)
    load(warehouse, prepare(file, mapping))
    out = folder / "out.csv"
    write_export(warehouse, "responses", "csv", Filters(case), "en", out)
    return out.read_text(encoding="utf-8-sig")


def test_import_02_a_file_in_gb18030_is_recognised_before_it_is_stored_and_comes_out_equal(
    opened: Warehouse, tmp_path: Path
) -> None:
    assert prepare(*made("import-02", tmp_path)).report.encoding == "gb18030"
    assert ",张三,A," in exported(opened, "import-02", tmp_path)


def test_import_10_and_15_markup_and_formulas_take_no_effect_on_their_way_out(
    opened: Warehouse, tmp_path: Path
) -> None:
    assert prepare(*made("import-10", tmp_path)).report.columns[2].column == MARKUP
    assert ",'=1+1," in exported(opened, "import-15", tmp_path)


def test_import_11_a_heading_of_sql_that_the_mapping_reads_is_a_name_and_nothing_more(
    opened: Warehouse, tmp_path: Path
) -> None:
    mapping = SCORE.replace("overall: n", "overall: 'x\"; drop table responses; --'").replace(
        "slug: club", "slug: sql"
    )
    content = 'id,"x""; drop table responses; --"\n1,2\n'
    assert load(opened, prepare(*text(content, mapping)(tmp_path))).stored == 1
    assert members(opened, "sql") == [("1",)]


def test_import_19_and_20_such_a_date_is_taken_where_the_mapping_says_its_form(tmp_path: Path) -> None:
    for case, form, day in (("import-19", "%d/%m/%Y", "2026-04-03"), ("import-20", "%y-%m-%d", "2026-01-02")):
        file, mapping = made(case, tmp_path)
        stated = mapping.read_text(encoding="utf-8").split("formats:")
        rest = stated[1].split("\n", 1)[1]
        mapping.write_text(f'{stated[0]}formats: ["{form}"]\n{rest}', encoding="utf-8")
        (response,) = prepare(file, mapping).checked.responses
        assert response.submitted_at.isoformat().startswith(f"{day[:8]}{int(day[8:]) - 1:02}T16:00")


def test_import_37_hidden_rows_count_merged_cells_are_their_first_and_dates_from_1904_are_right(
    tmp_path: Path,
) -> None:
    found = prepare(*made("import-37", tmp_path)).checked.responses
    assert [response.scores[:2] for response in found] == [(5, 10), (4, 9), (None, 8)]
    assert {response.submitted_at.isoformat() for response in found} == {"2026-01-04T16:00:00+00:00"}

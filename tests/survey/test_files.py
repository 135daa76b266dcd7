"""`python -m survey check` and `convert`, as a person runs them on workbooks."""

from pathlib import Path

import pytest

from survey import library_questionnaire, read_questionnaire
from survey.__main__ import main

FORMS = Path(__file__).parent / "forms"
LIBRARY = Path(__file__).parents[2] / "survey" / "library"


def test_a_workbook_is_checked_and_what_is_lost_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(FORMS / "pyxform_choice_filter_test.xlsx"), "--language", "en"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("cascading-selects1, version 1, in en. Questions: 3, pages: 1\n")
    assert "Not carried over as it was: 6" in said.out
    assert "survey:3 choice_filter: Choices cannot depend on earlier answers" in said.err


def test_a_broken_workbook_is_refused_in_chinese_with_its_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(FORMS / "pyxform_bug_duplicate_columns.xlsx"), "--language", "zh"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "有两列的标题都是“label”" in said.err
    assert said.err.endswith("[xlsform-header-twice]\n")


def test_a_questionnaire_goes_to_a_workbook_and_back(tmp_path: Path) -> None:
    book, back = tmp_path / "a.xlsx", tmp_path / "a.yaml"
    assert main(["convert", str(LIBRARY / "nps-relationship.yaml"), str(book)]) == 0
    assert main(["convert", str(book), str(back)]) == 0
    again = read_questionnaire(back.read_text(encoding="utf-8"), "a.yaml")
    assert again == library_questionnaire("nps-relationship")


def test_a_file_is_never_overwritten_nor_written_under_another_kind_of_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "a.yaml"
    there.write_text("mine", encoding="utf-8")
    source = str(FORMS / "pyxform_or_other.xlsx")
    assert main(["convert", source, str(there)]) == 1
    assert there.read_text(encoding="utf-8") == "mine"
    assert main(["convert", source, str(tmp_path / "a.csv")]) == 1
    assert main(["convert", source, str(tmp_path / "nowhere" / "a.yaml")]) == 1
    assert main(["convert", str(tmp_path / "none.xlsx"), str(tmp_path / "b.yaml")]) == 1
    said = capsys.readouterr().err
    codes = [line.rsplit("[", 1)[-1] for line in said.splitlines()]
    assert codes == ["convert-file-exists]", "convert-file-name]", "file-unreadable]", "file-unreadable]"]


def test_text_under_the_name_of_a_workbook_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_text("slug: a", encoding="utf-8")
    assert main(["check", str(file)]) == 1
    assert "[xlsform-not-a-workbook]" in capsys.readouterr().err

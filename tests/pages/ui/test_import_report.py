"""What the import page says of a file, in both languages."""

from dataclasses import replace
from pathlib import Path

from pages.ui.import_report import report_lines
from warehouse.importing import prepare

SAMPLE = Path(__file__).resolve().parents[3] / "warehouse" / "samples" / "sfo_customer_survey_2017.csv"


def test_rows_that_say_something_else_than_before_are_named_on_the_page() -> None:
    report = prepare(SAMPLE, SAMPLE.with_suffix(".yaml")).report
    assert not any("something else" in line for line in report_lines(report, "en"))
    edited = replace(report, known=2831, changed=2, changed_rows=(7, 12))
    assert any("2 of them say something else now (rows 7, 12)" in line for line in report_lines(edited, "en"))
    assert any("其中 2 行与已存内容不同（第 7, 12 行）" in line for line in report_lines(edited, "zh"))

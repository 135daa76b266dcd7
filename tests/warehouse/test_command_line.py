"""`python -m warehouse`: imports and summaries as an operator calls them."""

import csv
import os
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from contract import example_source
from tests.warehouse.commands import run
from tests.warehouse.importing.files import CLUB_ROWS, SAMPLES, write
from warehouse import open_warehouse
from warehouse.__main__ import COMMANDS
from warehouse.cli import importing
from warehouse.cli.speaking import table
from warehouse.contract_loading import load_contract
from warehouse.importing import loading
from warehouse.texts import translate

SFO = (SAMPLES / "sfo_customer_survey_2017.csv", "--map", SAMPLES / "sfo_customer_survey_2017.yaml")


def responses_of(survey: str) -> int:
    warehouse = open_warehouse()
    try:
        return int(warehouse.read("summary/responses", survey=survey)[0][0])
    finally:
        warehouse.close()


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("  ") if cell.strip()]


def test_an_import_reports_every_column_and_ends_with_the_figures(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "import", "responses", *SFO, "--language", "en")
    lines = [cells(line) for line in out.splitlines()]
    assert code == 0
    assert ["Q7ALL", "answers.overall", "2,688", "143", "0", "left blank 143"] in lines
    assert "Stored: 2,831 responses" in out
    assert any(line[:2] == ["recommend", "2,746"] and "39.84" in line and "40.40" in line for line in lines)
    assert any(line[:2] == ["zh", "114"] and "-3.51" in line for line in lines)
    assert "/2831" in err
    code, out, _ = run(capsys, "import", "responses", *SFO, "--language", "en")
    assert code == 0
    assert "was imported by this mapping before" in out


def test_a_report_is_in_the_language_of_the_environment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    _, out, _ = run(capsys, "import", "responses", *SFO, "--check")
    assert "可导入 2,831 行" in out
    assert "Checked" not in out
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    _, out, _ = run(capsys, "import", "responses", *SFO, "--check")
    assert "Checked only: 2,831 rows would be taken" in out


def test_a_check_stores_nothing_and_needs_no_warehouse(
    capsys: pytest.CaptureFixture[str], warehouse_folder: Path
) -> None:
    assert run(capsys, "import", "responses", *SFO, "--check")[0] == 0
    assert not warehouse_folder.exists()


def test_refused_cells_are_shown_and_written_to_a_file_that_runs_no_formula(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, mapping = write(tmp_path, CLUB_ROWS + "4,2026-01-09,=1+1,5\n,2026-01-09,5,5\n")
    refused = tmp_path / "refused.csv"
    code, out, _ = run(
        capsys, "import", "responses", file, "--map", mapping, "--refused", refused, "--language", "en"
    )
    assert code == 0
    assert any(cells(line)[:4] == ["csat", "“=1+1”", "1", "5"] for line in out.splitlines())
    with refused.open(encoding="utf-8-sig", newline="") as written:
        rows = [row[:4] for row in csv.reader(written)]
    assert rows == [
        ["row", "column", "value", "code"],
        ["5", "csat", "'=1+1", "answer-not-a-number"],
        ["6", "{id}", "", "row-id-blank"],
    ]
    assert responses_of("club") == 4


@pytest.mark.parametrize("check", [True, False])
def test_a_strict_import_of_a_faulty_file_fails_and_stores_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, check: bool
) -> None:
    file, mapping = write(tmp_path, CLUB_ROWS + "4,2026-01-09,9,5\n")
    options = ["--strict", "--language", "en", *(["--check"] if check else [])]
    code, out, err = run(capsys, "import", "responses", file, "--map", mapping, *options)
    assert code == 1
    assert "is not on the scale" in out
    assert check or "[file-strict]" in err
    assert responses_of("club") == 0


def test_a_faulty_mapping_is_refused_with_every_problem(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file, mapping = write(tmp_path, "id,day\n1,2026-01-05\n")
    code, out, err = run(capsys, "import", "responses", file, "--map", mapping, "--language", "zh")
    assert (code, out) == (1, "")
    assert [line.partition("[")[2] for line in err.splitlines()] == ["column-missing]", "column-missing]"]
    assert "csat" in err


def test_stopping_an_import_stores_nothing_and_says_so(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "keep_batch", stopped)
    file, mapping = write(tmp_path, CLUB_ROWS)
    code, _, err = run(capsys, "import", "responses", file, "--map", mapping, "--language", "en")
    assert (code, "Nothing of it was stored" in err) == (130, True)
    assert responses_of("club") == 0


def test_a_summary_shows_the_groups_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "import", "responses", *SFO)
    code, out, _ = run(capsys, "summary", "sfo-2017", "--by", "language", "--language", "en")
    assert code == 0
    assert any(cells(line)[:4] == ["overall", "2,688", "4.0644", "82.07"] for line in out.splitlines())
    assert any(cells(line)[:2] == ["zh", "113"] for line in out.splitlines())
    _, plain, _ = run(capsys, "summary", "sfo-2017", "--language", "zh")
    assert "旧金山国际机场 2017 年旅客调查（sfo-2017）：答卷 2,831 份" in plain
    assert not any(cells(line)[:1] == ["zh"] for line in plain.splitlines())


def test_a_summary_of_no_survey_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "summary", "nope", "--language", "en")
    assert (code, err.strip().endswith("[survey-unknown]")) == (1, True)


@pytest.mark.parametrize(
    "arguments", [[], ["import"], ["import", "responses"], ["summary", "x", "--by", "day"]]
)
def test_a_misspelt_command_is_answered_by_its_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        run(capsys, *arguments)
    assert caught.value.code == 2
    assert "usage: python -m warehouse" in capsys.readouterr().err


def test_every_command_is_listed_by_python_m_warehouse() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "warehouse", "--help"],
        cwd=SAMPLES.parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    for command in ("import", "contract", "summary", "scorecard", "export", "link"):
        assert f"    {command}" in done.stdout


def test_columns_line_up_in_chinese_as_in_english() -> None:
    lines = table(["列", "n"], [["满意度", "1"], ["ab", "10"]], right=[1]).splitlines()
    assert lines == ["列       n", "──────  ──", "满意度   1", "ab      10"]


@pytest.mark.parametrize(
    "command", [[], ["import", "responses"], *([each.NAME] for each in COMMANDS if each is not importing)]
)
def test_help_is_in_the_language_of_the_environment_and_of_the_option(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    def shown(*arguments: str) -> str:
        with pytest.raises(SystemExit):
            run(capsys, *command, *arguments)
        return capsys.readouterr().out

    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    english = shown("--help")
    assert not re.search(r"[\u4e00-\u9fff]", english)
    if command:
        assert re.search(r"[\u4e00-\u9fff]", shown("--language", "zh", "--help"))
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "without it" not in shown("--help")
    assert re.search(r"[\u4e00-\u9fff]", shown("--help"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does_in_chinese(command: ModuleType) -> None:
    assert translate(command.SUMMARY, "zh") != command.SUMMARY


def test_a_link_complains_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "link", "--url", "nowhere", "--language", "zh")
    assert code == 1
    assert "服务器" in err and "[link-address]" in err


@pytest.mark.parametrize("check", [True, False])
def test_a_file_of_which_every_row_is_refused_fails_and_shows_why(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, check: bool
) -> None:
    file, mapping = write(tmp_path, "id,day,csat,nps\n1,soon,5,5\n")
    options = ["--language", "en", *(["--check"] if check else [])]
    code, out, err = run(capsys, "import", "responses", file, "--map", mapping, *options)
    assert code == 1
    assert any(cells(line)[:4] == ["{day}", "“soon”", "1", "2"] for line in out.splitlines())
    assert check or "[file-all-refused]" in err


@pytest.mark.parametrize(("language", "said"), [("en", "(rows 2, 4)"), ("zh", "（第 2, 4 行）")])
def test_rows_that_say_something_else_now_are_named_with_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str, said: str
) -> None:
    file, mapping = write(tmp_path, CLUB_ROWS)
    run(capsys, "import", "responses", file, "--map", mapping)
    write(tmp_path, CLUB_ROWS.replace("1,2026-01-05,5", "1,2026-01-05,1").replace("07,,7", "07,3,7"))
    code, out, _ = run(capsys, "import", "responses", file, "--map", mapping, "--language", language)
    assert (code, said in out) == (0, True)
    assert ("Stored answers are never changed" if language == "en" else "已存的回答不会被更改") in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["scorecard"],
        ["summary", "customer-satisfaction"],
        ["link"],
        ["export", "responses"],
        ["contract", "contract/example/contract.yaml", "--check"],
    ],
)
def test_a_reader_who_has_enough_is_no_error(warehouse_folder: Path, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # nobody reads: the first byte breaks the pipe
    if arguments == ["scorecard"]:
        with closing(open_warehouse()) as warehouse:
            load_contract(warehouse, example_source())
    done = subprocess.run(
        [sys.executable, "-m", "warehouse", *arguments],
        cwd=SAMPLES.parents[1],
        env={**os.environ, "PACTBOARD_WAREHOUSE": str(warehouse_folder)},
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_metrics_lists_the_catalogue_and_explains_one(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "metrics", "--language", "zh")
    listed = {cells(line)[0]: cells(line)[1:] for line in out.splitlines()[2:]}
    assert code == 0
    assert listed["tier_share"] == ["会员等级占比", "census", "percent", "higher", "tier"]
    assert listed["nps"][-1] == "survey, (touchpoint)"
    code, out, _ = run(capsys, "metrics", "member_churn", "--language", "en")
    assert code == 0
    assert out.startswith("Members lost (member_churn)")
    assert "FROM member_stay AS" in out
    code, _, complaint = run(capsys, "metrics", "happiness")
    assert code == 1
    assert "[metric-unknown]" in complaint

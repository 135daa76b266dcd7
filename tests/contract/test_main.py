"""`python -m contract`: a file checked as a person does it, examples and the schema printed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from contract import example_source, read_contract
from contract.__main__ import main
from contract.reading import example_names

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "club.yaml"
    path.write_text(example_source("deduction"), encoding="utf-8")
    return path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_file_is_summed_up_and_its_warnings_are_said_apart(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    edit(file, "perPeriod: {percentOfFee: 10.0}", "perPeriod: {percentOfFee: 8.0}")
    assert main(["check", str(file), "--language", "en"]) == 0
    out, err = capsys.readouterr()
    assert "Service points (deduction-2026, version 1)" in out
    assert "8 periods, 2026Q1 to 2027Q4" in out
    assert read_contract(file.read_text(encoding="utf-8"), "x").sha256 in out
    assert "rolling-cap-idle" in err and "rolling-cap-idle" not in out
    line = next(number for number, text in enumerate(file.read_text().splitlines(), 1) if "rolling:" in text)
    assert f"club.yaml:{line}:7 spec.consequences.caps.rolling" in err


def test_a_faulty_file_is_refused_with_line_column_and_key_and_nothing_is_printed(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    edit(file, "value: 80.0", "value: 0.8")
    edit(file, "upTo: 2.0", "upto: 2.0")
    assert main(["check", str(file), "--language", "en"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    lines = file.read_text(encoding="utf-8").splitlines()
    for key, code in (("value: 0.8", "fraction-for-percent"), ("upto: 2.0", "unknown-key")):
        number = next(number for number, line in enumerate(lines, 1) if key in line)
        column = lines[number - 1].index(key) + 1
        (said,) = [line for line in err.splitlines() if line.endswith(f"[{code}]")]
        assert said.startswith(f"club.yaml:{number}:{column} spec.")
    assert "Refused: 2 to put right." in err


def test_everything_is_said_in_chinese_too(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    edit(file, "perPeriod: {percentOfFee: 10.0}", "perPeriod: {percentOfFee: 8.0}")
    assert main(["check", str(file), "--language", "zh"]) == 0
    out, err = capsys.readouterr()
    assert "共 8 个周期" in out and "滚动上限" in err
    edit(file, "value: 80.0", "value: 120")
    assert main(["check", str(file), "--language", "zh"]) == 1
    assert "无法达到" in capsys.readouterr().err


def test_the_language_of_the_environment_is_spoken(
    capsys: pytest.CaptureFixture[str], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    main(["check", str(file)])
    assert "8 periods" in capsys.readouterr().out
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    main(["check", str(file)])
    assert "共 8 个周期" in capsys.readouterr().out


def test_show_says_the_target_of_every_period(capsys: pytest.CaptureFixture[str], file: Path) -> None:
    assert main(["show", str(file), "--language", "en"]) == 0
    assert "csat_top2 (clause 5.1, breach_must_be_proven): 2026Q1 80, 2026Q2 81.14" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "none.yaml"
    if content is not None:
        path.write_bytes(content)
    assert main(["check", str(path), "--language", "en"]) == 1
    err = capsys.readouterr().err
    assert "none.yaml" in err and err.strip().endswith("[contract-file]")


def test_examples_are_listed_and_printed_so_that_they_can_be_checked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["example"]) == 0
    assert capsys.readouterr().out.split() == list(example_names())
    for name in example_names():
        assert main(["example", name]) == 0
        assert read_contract(capsys.readouterr().out, name) == read_contract(example_source(name), name)
    with pytest.raises(SystemExit) as ended:
        main(["example", "nothing"])
    assert ended.value.code == 2


def test_the_schema_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Pactboard contract"


def test_simulate_says_how_often_each_word_comes_and_what_it_costs(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    asked = ["simulate", str(file), "--truth", "csat_top2=0", "--n", "200", "--runs", "20"]
    assert main([*asked, "--language", "en"]) == 0
    out = capsys.readouterr().out
    assert "csat_top2: true figure 0 %, 200 answers a period" in out
    words, *_ = [line.split() for line in out.splitlines() if line.startswith("2026Q2 ")]
    assert words[1:] == ["81.14", "0", "0.0", "±4.7", "%", "100.0", "±4.7", "%", *["0.0", "±4.7", "%"] * 3]
    money = [line.split() for line in out.splitlines()]
    assert ["deducted", *["156,000.00"] * 4] in money
    assert "csat_top2, 5 points worse than 88 %" in out and "60 %" in out
    assert main([*asked, "--language", "zh"]) == 0
    out = capsys.readouterr().out
    assert "模拟 20 个合同期" in out and "应付" in out and "156,000.00" in out


def test_simulate_refuses_what_it_cannot_assume_and_says_what_is_missing(
    capsys: pytest.CaptureFixture[str], file: Path
) -> None:
    assert main(["simulate", str(file), "--truth", "csat=0.8", "--language", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.rpartition("[")[2] for line in err.splitlines()[:-1]] == [
        "unknown-metric]",
        "truth-missing]",
        "n-missing]",
    ]
    assert "--truth csat=0.8: There is nothing to assume of “csat”. Write one of: csat_top2" in err
    with pytest.raises(SystemExit) as ended:
        main(["simulate", str(file), "--truth", "csat_top2=0.8", "--n", "200", "--runs", "0"])
    assert ended.value.code == 2
    edit(file, "value: 80.0", "value: 0.8")
    assert main(["simulate", str(file), "--truth", "csat_top2=0.8", "--n", "200", "--language", "en"]) == 1
    assert "fraction-for-percent" in capsys.readouterr().err


def test_the_command_runs_from_a_shell(file: Path) -> None:
    edit(file, "value: 80.0", "value: .nan")
    run = subprocess.run(
        [sys.executable, "-m", "contract", "check", str(file)],
        cwd=PROJECT,
        env=os.environ | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert "[not-finite]" in run.stderr and "Traceback" not in run.stderr

"""`python -m survey`, as a person runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import survey
from survey.__main__ import main

EVERYTHING = Path(__file__).parent / "everything.yaml"


def test_a_good_file_is_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(EVERYTHING), "--language", "zh"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "everything，第 1 版：5 页共 14 道题，语言 zh, en"
    assert said[1].startswith("sha256 ")


def test_missing_translations_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        EVERYTHING.read_text(encoding="utf-8").replace("en: Comment", "en: '-'"), encoding="utf-8"
    )
    assert main(["check", str(file), "--language", "en"]) == 0
    assert "Texts not translated into en: 1" in capsys.readouterr().out


def test_a_bad_file_is_refused_line_by_line_with_codes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(EVERYTHING.read_text(encoding="utf-8").replace("overall <= 2", "zzz"), encoding="utf-8")
    assert main(["check", str(file), "--language", "en"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("a.yaml:20 questions[2].show_if: Character 1: there is no answer “zzz”")
    assert said.err.endswith("[expression-name-unknown]\n")


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "file-unreadable"), (b"\xff\xfe", "file-not-utf8"), (b"", "value-not-mapping")],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, code: str
) -> None:
    file = tmp_path / "a.yaml"
    if content is not None:
        file.write_bytes(content)
    assert main(["check", str(file), "--language", "zh"]) == 1
    assert f"[{code}]" in capsys.readouterr().err


def test_the_command_runs_from_a_shell_and_prints_the_schema() -> None:
    root = Path(survey.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "survey", "schema"],
        cwd=root,
        env={**os.environ, "LANG": "zh_CN.UTF-8", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["title"] == "Pactboard questionnaire"


def test_the_language_is_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    main(["check", str(EVERYTHING)])
    assert "道题" in capsys.readouterr().out

"""`share` and `embed` as a person types them."""

from pathlib import Path

import pytest

from tests.warehouse.inviting import SURVEY
from warehouse.__main__ import main

URL = "https://survey.example.org"


def test_the_links_are_printed_and_the_files_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    png, svg, mail = tmp_path / "code.png", tmp_path / "code.SVG", tmp_path / "mail.html"
    command = ["share", SURVEY, "--base-url", URL, "--mail", str(mail), "--language", "zh"]
    assert main([*command, "--qr", str(png)]) == 0
    said = capsys.readouterr().out
    assert f"链接：{URL}/s/{SURVEY}\n" in said and f"{URL}/s/{SURVEY}?kiosk=1\n" in said
    assert mail.read_text("utf-8").count("<a href=") == 11
    assert f"{URL}/s/{SURVEY}?recommend=10&lang=zh" in mail.with_suffix(".txt").read_text("utf-8")
    assert main(["share", SURVEY, "--qr", str(svg)]) == 0
    assert svg.read_bytes().lstrip().startswith(b"<?xml")
    width = int.from_bytes(png.read_bytes()[16:20])
    assert png.read_bytes().startswith(b"\x89PNG") and width >= 600


def test_another_question_and_personal_links_can_be_asked_for(tmp_path: Path) -> None:
    mail = tmp_path / "mail.html"
    command = ["share", SURVEY, "--mail", str(mail), "--personal"]
    assert main([*command, "--question", "overall", "--language", "en"]) == 0
    assert mail.read_text("utf-8").count('<a href="{{link}}?overall=') == 5


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--qr", "code.gif"], "share-file-kind"),
        (["--qr", "no/such/folder/code.png"], "share-file"),
        (["--mail", "mail.html", "--question", "comment"], "share-question"),
        (["--base-url", "survey.example.org"], "link-address"),
    ],
)
def test_what_cannot_be_done_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    code: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["share", SURVEY, *more]) == 1
    assert code in capsys.readouterr().err
    assert not list(tmp_path.glob("*.html"))


def test_a_survey_that_there_is_not_is_named_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command in ("share", "embed"):
        assert main([command, "no-such", "--language", "zh"]) == 1
        said = capsys.readouterr().err
        assert "no-such" in said and SURVEY in said and "share-survey" in said


def test_websites_are_allowed_listed_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["embed", SURVEY, "--language", "en"]) == 0
    assert "No website" in capsys.readouterr().out
    allow = ["--allow", "www.example.org", "--allow", "https://*.example.net"]
    assert main(["embed", SURVEY, *allow, "--base-url", URL, "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "https://www.example.org https://*.example.net" in said
    assert f'<iframe src="{URL}/s/{SURVEY}"' in said
    assert main(["embed", SURVEY]) == 0 and "https://www.example.org" in capsys.readouterr().out
    assert main(["embed", SURVEY, "--allow", "javascript:alert(1)"]) == 1
    assert main(["embed", SURVEY, "--none", "--language", "zh"]) == 0
    assert "没有网站" in capsys.readouterr().out

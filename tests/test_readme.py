"""What the READMEs tell a person to type works, and both languages tell the same."""

import re
import shlex
from pathlib import Path

import pytest

from contract import example_source
from contract.__main__ import main as contract_main
from warehouse.__main__ import main

PROJECT = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.zh-CN.md")


def commands(readme: str) -> list[str]:
    """The command lines of the README, without their comments."""
    text = (PROJECT / readme).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = re.findall(r"^    (\S.*)$", text, re.MULTILINE)
    return [re.sub(r"\s+#.*$", "", line) for line in lines]


def test_both_languages_give_the_same_commands() -> None:
    english, chinese = ([re.sub(r"\s+", " ", command) for command in commands(readme)] for readme in READMES)
    assert english == chinese


def test_the_commands_work_in_the_order_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "my_contract.yaml").write_text(example_source(), encoding="utf-8")
    (tmp_path / "members.csv").write_text("member_id,tier,language\nM1,gold,zh\n", encoding="utf-8")
    (tmp_path / "bounces.csv").write_text("member_id,reason\nM1,550\n", encoding="utf-8")
    (tmp_path / "warehouse").symlink_to(PROJECT / "warehouse")
    monkeypatch.chdir(tmp_path)
    rooms = {"warehouse": main, "contract": contract_main}
    typed = [shlex.split(command) for command in commands("README.md") if command.startswith("python -m ")]
    assert {command[2] for command in typed} >= set(rooms)
    for command in typed:
        if command[2] in rooms:
            assert rooms[command[2]](command[3:]) == 0, command
    said = capsys.readouterr().out
    assert "39.84" in said and "2,746" in said
    assert (tmp_path / "scorecard.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("readme", READMES)
def test_every_picture_and_page_linked_is_there(readme: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", (PROJECT / readme).read_text(encoding="utf-8"))
    assert len(links) > 6
    assert [link for link in links if not (PROJECT / link).exists()] == []

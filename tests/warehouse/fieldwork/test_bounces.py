"""The report of a mail service: who is marked, what of a reason is kept, what is refused."""

from pathlib import Path

import pytest

from tests.warehouse.inviting import SURVEY, WAVE, links
from tests.warehouse.making import a_warehouse
from warehouse import WarehouseError
from warehouse.__main__ import main
from warehouse.fieldwork.bounces import Bounced, mark_bounced, read_bounces
from warehouse.importing import ImportRefusedError
from warehouse.invitees import Invitee


def test_a_report_gives_members_and_reasons_and_forgets_addresses() -> None:
    report = (
        "\ufeffemail;member_id;reason\n"
        "li@example.org;M1;550 5.1.1 <li@example.org> no such user\n"
        "x@example.org;;gone\n"
        "y@example.org;M2;\n"
        f"z@example.org;M3;{'x' * 300}\n"
    )
    found = read_bounces(report.encode(), "bounces.csv")
    assert found["M1"] == "550 5.1.1 … no such user" and found["M2"] == ""
    assert len(found["M3"]) == 200 and set(found) == {"M1", "M2", "M3"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"email\na@b\n", "bounced-column"),
        (b"", "file-empty"),
        (b"member_id,member_id\n1,2\n", "invitation-column-twice"),
    ],
)
def test_a_report_that_cannot_be_read_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        read_bounces(content, "bounces.csv")
    assert [problem.code for problem in refused.value.problems] == [code]


def test_members_are_marked_once_and_strangers_are_named(tmp_path: Path) -> None:
    house = a_warehouse(tmp_path, contract=False)
    links(house, Invitee("M1"), Invitee("M2"))
    report = {"M1": "550", "stranger": ""}
    assert mark_bounced(house, SURVEY, WAVE, report) == Bounced(("M1",), (), ("stranger",))
    assert mark_bounced(house, SURVEY, f" {WAVE} ", report) == Bounced((), ("M1",), ("stranger",))
    with pytest.raises(WarehouseError) as refused:
        mark_bounced(house, SURVEY, "no such wave", report)
    assert refused.value.problem.code == "bounced-wave"
    with house.transaction() as cursor:
        events = cursor.execute("SELECT event, reason FROM invitation_event").fetchall()
    assert events == [("bounced", "550")]
    house.close()


def test_the_command_marks_and_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(tmp_path))
    house = a_warehouse(tmp_path, contract=False)
    links(house, Invitee("M1"))
    house.close()
    file = tmp_path / "bounces.csv"
    file.write_text("member_id,reason\nM1,full\nM9,\n", encoding="utf-8")
    assert main(["bounced", SURVEY, "--wave", WAVE, "--file", str(file), "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "1 invitations marked as bounced." in said and "passed over: M9" in said
    assert main(["bounced", SURVEY, "--wave", "x", "--file", str(file), "--language", "zh"]) == 1
    assert "该批次没有邀请任何会员" in capsys.readouterr().err

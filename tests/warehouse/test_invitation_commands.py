"""`python -m warehouse invite`, `invitations` and `revoke`: as an operator uses them."""

import csv
import io
import re
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import segno

from tests.warehouse.commands import run
from tests.warehouse.inviting import SURVEY, WAVE
from tests.warehouse.making import join
from warehouse import open_warehouse
from warehouse.invitations import find, invited

LAST_DAY = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
URL = "https://pactboard.example.org"


@pytest.fixture
def members(tmp_path: Path) -> Path:
    file = tmp_path / "members.csv"
    file.write_bytes("\ufeffmember_id,tier\r\nM1,金卡\r\n=1+1,\r\n../up,\r\n".encode())
    return file


def invite(
    capsys: pytest.CaptureFixture[str], members: Path, out: Path, *options: object
) -> tuple[int, str, str]:
    asked = ("--members", members, "--wave", WAVE, "--expires", LAST_DAY, "--base-url", URL, "--out", out)
    return run(capsys, "invite", SURVEY, *asked, "--language", "en", *options)


def written(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_each_member_gets_a_link_in_a_file_that_only_its_owner_can_read(
    capsys: pytest.CaptureFixture[str], members: Path, tmp_path: Path
) -> None:
    out = tmp_path / "links.csv"
    code, said, _ = invite(capsys, members, out)
    assert code == 0 and "3 links written" in said
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    head, *rows = written(out)
    assert head == ["member_id", "link"]
    assert [row[0] for row in rows] == ["M1", "'=1+1", "../up"]
    tokens = [re.fullmatch(re.escape(URL) + "/i/([0-9a-f]{32})", row[1]) for row in rows]
    assert not [row for row in rows if row[1] in said]
    warehouse = open_warehouse()
    try:
        found = [find(warehouse, token[1]) for token in tokens if token]
    finally:
        warehouse.close()
    assert [(each.member_id, each.tier) for each in found if each] == [
        ("M1", "金卡"),
        ("=1+1", None),
        ("../up", None),
    ]


def test_each_link_is_a_qr_code_under_a_name_of_ours(
    capsys: pytest.CaptureFixture[str], members: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "codes"
    assert invite(capsys, members, tmp_path / "links.csv", "--qr", folder)[0] == 0
    head, *rows = written(tmp_path / "links.csv")
    assert head == ["member_id", "link", "qr"]
    assert [row[2] for row in rows] == ["000001.svg", "000002.svg", "000003.svg"]
    assert sorted(path.name for path in folder.iterdir()) == [row[2] for row in rows]
    for _, link, name in rows:
        expected = io.BytesIO()
        segno.make(link, error="m").save(expected, kind="svg", scale=8, light="white")
        assert (folder / name).read_bytes() == expected.getvalue()


def test_inviting_again_makes_links_for_new_members_only(
    capsys: pytest.CaptureFixture[str], members: Path, tmp_path: Path
) -> None:
    assert invite(capsys, members, tmp_path / "links.csv")[0] == 0
    members.write_text("member_id\nM1\nM2\n", encoding="utf-8")
    code, said, _ = invite(capsys, members, tmp_path / "more.csv")
    assert code == 0 and "1 links written" in said and "1 members have a link that is open" in said
    assert [row[0] for row in written(tmp_path / "more.csv")] == ["member_id", "M2"]


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--expires", "tomorrow"), "invitation-expiry"),
        (("--expires", "2020-01-01"), "invitation-expiry"),
        (("--wave", ""), "invitation-wave"),
        (("--base-url", "pactboard.example.org"), "link-address"),
        (("--members", "no-such-file.csv"), "file-unreadable"),
        (("--out", "no/such/folder.csv"), "invitation-links-file"),
        (("--qr", "."), "invitation-links-file"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_no_invitation_and_no_file(
    capsys: pytest.CaptureFixture[str],
    members: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, str],
    code: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    failed, said, complaint = invite(capsys, members, tmp_path / "links.csv", *options)
    assert (failed, said) == (1, "") and f"[{code}]" in complaint
    assert not (tmp_path / "links.csv").exists()
    warehouse = open_warehouse()
    try:
        assert invited(warehouse, SURVEY) == ()
    finally:
        warehouse.close()


def test_links_are_never_written_over_others(
    capsys: pytest.CaptureFixture[str], members: Path, tmp_path: Path
) -> None:
    out = tmp_path / "links.csv"
    out.write_text("kept", encoding="utf-8")
    code, _, complaint = invite(capsys, members, out)
    assert code == 1 and "[invitation-links-file]" in complaint
    assert out.read_text(encoding="utf-8") == "kept"


def test_the_list_counts_and_names_whom_to_remind(
    capsys: pytest.CaptureFixture[str], members: Path, tmp_path: Path
) -> None:
    assert "Nobody has been invited" in run(capsys, "invitations", SURVEY, "--language", "en")[1]
    invite(capsys, members, tmp_path / "links.csv")
    code, said, _ = run(
        capsys, "revoke", SURVEY, "--wave", WAVE, "--member", "M1", "--member", "no one", "--language", "en"
    )
    assert code == 0 and "1 links revoked" in said
    code, said, _ = run(capsys, "invitations", SURVEY, "--language", "en")
    assert code == 0 and "To remind: 2" in said
    assert [WAVE, "3", "0", "2", "0", "1"] in [line.split() for line in said.splitlines()]
    assert any(line.split()[1:2] == ["../up"] and LAST_DAY in line for line in said.splitlines())
    remind = tmp_path / "remind.csv"
    _, said, _ = run(capsys, "invitations", SURVEY, "--remind", remind, "--language", "zh")
    assert "待提醒：2 人" in said
    assert [row[1] for row in written(remind)] == ["member_id", "../up", "'=1+1"]
    assert run(capsys, "revoke", SURVEY, "--wave", WAVE, "--all")[0] == 0
    code, _, complaint = run(capsys, "revoke", SURVEY, "--wave", WAVE, "--all", "--language", "zh")
    assert code == 1 and "[invitation-none]" in complaint and "没有" in complaint


def test_members_of_the_register_are_counted_then_invited_with_a_seed_that_is_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    warehouse = open_warehouse()
    join(warehouse, range(9))
    warehouse.close()
    where = ("--where", "language=zh", "rested=30")
    code, said, _ = run(capsys, "select", *where, "--language", "en")
    assert code == 0 and said.startswith("9 members fit: language=zh members=current rested=30")
    code, said, _ = run(capsys, "select", *where, "--sample", "4", "--language", "zh")
    assert code == 0 and re.match(r"从 9 名符合条件的会员中抽取 4 人，--seed \d+", said)
    asked = ("--wave", WAVE, "--expires", LAST_DAY, "--base-url", URL, "--language", "en")
    out = tmp_path / "links.csv"
    code, said, _ = run(capsys, "invite", SURVEY, *where, "--sample", 4, "--seed", 17, *asked, "--out", out)
    assert code == 0 and "4 links written" in said and "drawn of 9 that fit, with --seed 17" in said
    assert len(written(out)) == 5
    rest = tmp_path / "rest.csv"
    assert "5 links written" in run(capsys, "invite", SURVEY, *where, *asked, "--out", rest)[1]
    code, _, complaint = run(capsys, "invite", SURVEY, *where, *asked, "--out", tmp_path / "none.csv")
    assert code == 1 and "[selection-nobody]" in complaint and not (tmp_path / "none.csv").exists()
    listed = [line.split() for line in run(capsys, "invitations", SURVEY, "--language", "en")[1].splitlines()]
    assert any(line[2:5] == ["9", "4", "17"] for line in listed)


def test_a_sample_of_a_file_is_refused(
    capsys: pytest.CaptureFixture[str], members: Path, tmp_path: Path
) -> None:
    code, _, complaint = invite(capsys, members, tmp_path / "links.csv", "--sample", 2)
    assert code == 1 and "[selection-file]" in complaint


def test_columns_of_the_list_stand_beside_the_links_and_a_reminder_takes_its_rows_from_that_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    listed, out, mail = tmp_path / "members.csv", tmp_path / "links.csv", tmp_path / "mail.csv"
    listed.write_text("member_id,name,e-mail,language\nM1,Ann,a@example.org,fr\nM2,Bob,b@example.org,\n")
    code, said, _ = invite(capsys, listed, out)
    assert code == 0 and "not kept, since the questionnaire does not ask for them: name, e-mail" in said
    assert "not offered in fr" in said
    head, first, second = written(out)
    assert head == ["member_id", "link", "name", "e-mail"]
    assert first[2:] == ["Ann", "a@example.org"]
    run(capsys, "revoke", SURVEY, "--wave", WAVE, "--member", "M1")
    code, said, _ = run(capsys, "invitations", SURVEY, "--language", "en", "--remind", mail, "--links", out)
    assert code == 0 and "1 rows written" in said
    assert written(mail) == [head, second]
    code, _, complaint = run(capsys, "invitations", SURVEY, "--remind", tmp_path / "x.csv", "--links", listed)
    assert code == 1 and "invitation-no-links" in complaint and not (tmp_path / "x.csv").exists()

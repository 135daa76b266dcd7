"""The doctor finds what is wrong, says what to do, and changes nothing unless told to accept a loss."""

import json
import socket
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.warehouse.answering import a_response
from tests.warehouse.commands import run
from warehouse import checking, open_warehouse
from warehouse.access import link_key
from warehouse.anchor import anchor_path
from warehouse.backup.making import LAST_BACKUP
from warehouse.calendar import to_stored, utc_now
from warehouse.rollups import sealing
from warehouse.settings import warehouse_path
from warehouse.sql import sql


@pytest.fixture(autouse=True)
def port_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PACTBOARD_PORT", str(probe.getsockname()[1]))


def filled(tmp_path: Path) -> Path:
    """A warehouse with an answer, a secret and a backup; its file."""
    house = open_warehouse()
    house.writer.submit(a_response())
    link_key("operator")
    house.backup(tmp_path / "b")
    house.close()
    return house.path


def doctor(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str]:
    code, out, err = run(capsys, "doctor", "--language", "en", *more)
    assert err == ""
    return code, out


def test_a_sound_installation_has_nothing_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    filled(tmp_path)
    code, out = doctor(capsys)
    assert code == 0 and "✗" not in out
    for said in ("1 responses", "Asia/Shanghai", "Last backup", "Port", "for this user alone", "MB free"):
        assert said in out
    chinese = run(capsys, "doctor", "--language", "zh")[1]
    assert "答卷 1 份" in chinese and "Last backup" not in chinese


def test_nothing_there_yet_is_nothing_wrong_and_makes_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out = doctor(capsys)
    assert code == 0 and "the first start makes it" in out
    assert not warehouse_path().exists()


def test_answers_without_a_backup_or_with_an_old_one_are_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_warehouse()
    house.writer.submit(a_response())
    house.close()
    code, out = doctor(capsys)
    assert code == 1 and "never been a backup" in out
    house = open_warehouse()
    long_ago = utc_now() - timedelta(days=9)
    with house.transaction() as cursor:
        row = {"name": LAST_BACKUP, "value": long_ago.isoformat(), "recorded_at": to_stored(long_ago)}
        cursor.execute(sql("core/insert_setting"), row)
    house.close()
    code, out = doctor(capsys)
    assert code == 1 and "9 days old" in out


def test_a_loss_is_said_and_can_be_accepted_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = filled(tmp_path)
    document = json.loads(anchor_path(path).read_text())
    document["tables"]["response"] += 2
    anchor_path(path).write_text(json.dumps(document))
    code, out = doctor(capsys)
    assert code == 1 and "response 2" in out and "[rows-missing]" in out
    assert run(capsys, "surveys")[0] == 1
    code, out = doctor(capsys, "--accept")
    assert code == 0 and "[rows-missing]" in out and "Accepted" in out
    assert len(list(path.parent.glob("*-accepted-*.anchor"))) == 1
    assert run(capsys, "surveys")[0] == 0
    code, out = doctor(capsys, "--accept")
    assert code == 0 and "nothing to accept" in out


def test_a_secret_that_others_can_read_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = filled(tmp_path)
    path.with_suffix(".secret").chmod(0o644)
    code, out = doctor(capsys)
    assert code == 1 and "chmod 600" in out


def test_a_damaged_file_and_one_of_another_program_are_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = filled(tmp_path)
    content = bytearray(path.read_bytes())
    path.write_bytes(b"x" * 5000)
    code, out = doctor(capsys)
    assert code == 1 and "[warehouse-unreadable]" in out
    for place in range(20_000, len(content), 40_000):
        content[place] ^= 255
    path.write_bytes(content)
    assert doctor(capsys)[0] == 1


def test_a_file_that_is_gone_and_a_bad_port_are_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path).unlink()
    monkeypatch.setenv("PACTBOARD_PORT", "http")
    code, out = doctor(capsys)
    assert code == 1 and "[rows-missing]" in out and "PACTBOARD_PORT" in out
    assert not warehouse_path().exists()


def test_too_little_room_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(tmp_path)
    monkeypatch.setattr("warehouse.checking.FREE_BYTES", 10**18)
    code, out = doctor(capsys)
    assert code == 1 and "make room" in out


def test_too_little_memory_for_very_many_rows_is_said_and_not_taken_for_damage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def greedy(name: str) -> str:
        return "SELECT 'x' FROM (SELECT list(i) AS l FROM range(1000000000) AS r(i)) WHERE len(l) > 1"

    filled(tmp_path)
    monkeypatch.setenv("PACTBOARD_MEMORY", "128MB")
    with monkeypatch.context() as patch:
        patch.setattr(checking, "sql", lambda name: greedy(name) if "rollups" in name else sql(name))
        patch.setattr(sealing, "sql", lambda name: greedy(name) if "fresh_scores" in name else sql(name))
        code, out = doctor(capsys)
        assert code == 0 and "128MB of memory" in out and "[memory-short]" in out and "damaged" not in out
        code, out, err = run(capsys, "rebuild", "--language", "zh")
        assert (code, out) == (1, "") and "memory-short" in err and "128MB" in err
    assert "are those of the rows" in doctor(capsys)[1]


def test_counts_that_are_not_those_of_the_rows_are_found_and_made_anew(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(tmp_path)
    assert "are those of the rows" in doctor(capsys)[1]
    with closing(open_warehouse()) as house:
        house.quiet.close()
        house.rollups.seal()
        with house.transaction() as cursor:
            for table in ("score_month_sealed", "measured_day_sealed", "measured_month_sealed"):
                cursor.execute(f"UPDATE {table} SET n = n + 1")
    code, out = doctor(capsys)
    assert (
        code == 1
        and "(measured_day, measured_month, score_month)" in out
        and "python -m warehouse rebuild" in out
    )
    code, out, _ = run(capsys, "rebuild", "--language", "en")
    assert code == 0 and "made anew" in out
    code, out = doctor(capsys)
    assert code == 0 and "are those of the rows" in out

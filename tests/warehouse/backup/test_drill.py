"""The drill: a backup restored elsewhere gives the figures of the day it was made, links and keys too."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.warehouse.commands import run
from tests.warehouse.making import a_warehouse, happen, join, response, satisfied
from warehouse import WarehouseError
from warehouse.access import link_key
from warehouse.backup.manifest import manifest_path, read_manifest
from warehouse.backup.restoring import restore
from warehouse.keys import key_name, make_key
from warehouse.secret import secret_path

MADE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z|As of \d{4}-\d\d-\d\d \d\d:\d\d")
FIGURES = (
    ("scorecard", "--language", "en"),
    ("summary", "customer-satisfaction", "--language", "en"),
    ("export", "responses"),
    ("export", "scorecard"),
)


def figures(capsys: pytest.CaptureFixture[str], folder: Path) -> list[str]:
    """What the commands print for the warehouse in the folder; the instants of making are left out."""
    found = []
    for command in FIGURES:
        code, out, err = run(capsys, *command)
        assert code == 0, err
        # Both forms of the scorecard say when they were made: a minute may turn between two.
        found.append(MADE.sub("", out) if "scorecard" in command else out)
    return found


def filled(folder: Path) -> str:
    """A warehouse with answers, members and a contract; the key of a program that may use it."""
    house = a_warehouse(folder)
    satisfied(house, 60, 80)
    satisfied(house, 10, 40, "2026-05-01 12:00")
    join(house, range(100))
    happen(house, ("M00001", "left", "2026-03-01 12:00"))
    house.writer.submit(response(comment="很好", recommend=9))
    key = make_key(house, "crm")
    house.close()
    return key


def backed_up(capsys: pytest.CaptureFixture[str], folder: Path) -> Path:
    code, out, err = run(capsys, "backup", folder)
    assert code == 0, err
    return Path(out.splitlines()[0])


def test_restored_figures_links_and_keys_are_the_old_ones(
    tmp_path: Path,
    warehouse_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    key = filled(warehouse_folder)
    link = link_key("party_a")
    before = figures(capsys, warehouse_folder)
    copy = backed_up(capsys, tmp_path / "backups")
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(tmp_path / "elsewhere"))
    code, out, _ = run(capsys, "restore", copy)
    assert code == 0 and "Put aside" not in out
    assert figures(capsys, tmp_path / "elsewhere") == before
    assert link_key("party_a") == link
    house = a_warehouse(tmp_path / "elsewhere", contract=False)
    assert key_name(house, key) == "crm"
    house.close()


def test_what_lay_there_is_put_aside_and_comes_back_by_hand(
    tmp_path: Path, warehouse_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(warehouse_folder)
    copy = backed_up(capsys, tmp_path / "backups")
    before = figures(capsys, warehouse_folder)
    house = a_warehouse(warehouse_folder)
    satisfied(house, 0, 20)
    house.close()
    newer = figures(capsys, warehouse_folder)
    assert newer != before
    assert run(capsys, "restore", copy)[0] == 0
    assert figures(capsys, warehouse_folder) == before
    (aside,) = warehouse_folder.glob("*-aside-*.duckdb")
    shutil.copy(aside, warehouse_folder / "pactboard.duckdb")
    assert figures(capsys, warehouse_folder) == newer


def test_a_warehouse_that_is_open_is_not_replaced(
    tmp_path: Path, warehouse_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(warehouse_folder)
    copy = backed_up(capsys, tmp_path / "backups")
    house = a_warehouse(warehouse_folder)
    with pytest.raises(WarehouseError, match="warehouse-open-here"):
        restore(copy, house.path)
    assert house.read("core/surveys")
    house.close()
    assert not list(warehouse_folder.glob("*aside*"))


@pytest.mark.parametrize("place", [5_000, 300_000, -100])
def test_a_backup_with_one_bit_changed_is_refused_and_nothing_is_replaced(
    tmp_path: Path, warehouse_folder: Path, capsys: pytest.CaptureFixture[str], place: int
) -> None:
    filled(warehouse_folder)
    copy = backed_up(capsys, tmp_path / "backups")
    content = bytearray(copy.read_bytes())
    content[place] ^= 1
    copy.write_bytes(content)
    was = (warehouse_folder / "pactboard.duckdb").read_bytes()
    with pytest.raises(WarehouseError, match=r"backup-damaged.*SHA-256"):
        restore(copy, warehouse_folder / "pactboard.duckdb")
    assert (warehouse_folder / "pactboard.duckdb").read_bytes() == was


def test_a_backup_whose_manifest_tells_other_rows_is_refused(
    tmp_path: Path, warehouse_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(warehouse_folder)
    copy = backed_up(capsys, tmp_path / "backups")
    document = json.loads(manifest_path(copy).read_text())
    document["tables"]["response"]["rows"] += 1
    manifest_path(copy).write_text(json.dumps(document))
    with pytest.raises(WarehouseError, match=r"backup-damaged.*response"):
        restore(copy, tmp_path / "new.duckdb")
    manifest_path(copy).write_text(json.dumps(document | {"schema": 9999}))
    with pytest.raises(WarehouseError, match=r"backup-newer.*9999"):
        restore(copy, tmp_path / "new.duckdb")
    manifest_path(copy).write_text("{")
    with pytest.raises(WarehouseError, match="backup-incomplete"):
        restore(copy, tmp_path / "new.duckdb")
    manifest_path(copy).unlink()
    with pytest.raises(WarehouseError, match="backup-incomplete"):
        restore(copy, tmp_path / "new.duckdb")
    assert not (tmp_path / "new.duckdb").exists()


def test_another_secret_is_put_aside_with_the_warehouse_it_belongs_to(
    tmp_path: Path, warehouse_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    filled(warehouse_folder)
    copy = backed_up(capsys, tmp_path / "backups")
    secret = secret_path(warehouse_folder / "pactboard.duckdb")
    was = secret.read_text()
    secret.unlink()
    other = link_key("operator")
    assert run(capsys, "restore", copy)[0] == 0
    assert secret.read_text() == was and link_key("operator") != other
    assert secret.stat().st_mode & 0o777 == 0o600
    assert len(list(warehouse_folder.glob("*-aside-*.secret"))) == 1


def test_the_newest_are_kept_and_no_other_file_is_touched(
    tmp_path: Path, warehouse_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "backups"
    made = [backed_up(capsys, folder) for _ in range(3)]
    (folder / "other-20200101T000000Z.duckdb").write_bytes(b"not ours")
    (folder / "pactboard-20200101T000000Z.duckdb").write_bytes(b"no manifest")
    code, out, _ = run(capsys, "backup", folder, "--keep", 2, "--language", "en")
    assert code == 0 and out.count("Deleted") == 2
    assert not made[0].exists() and not made[1].exists() and made[2].exists()
    assert len(list(folder.glob("*.json"))) == 2 and len(list(folder.glob("*.duckdb"))) == 4
    assert read_manifest(made[2]).schema >= 11

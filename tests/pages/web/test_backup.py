"""A backup made by the server that has the warehouse open: asked for by the command, or over HTTP."""

import os
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.pages.conftest import Visitor
from tests.pages.test_dashboard import posted
from tests.serving import PROJECT, free_port, running_server
from warehouse.access import Role, link_key
from warehouse.backup.restoring import verify


def command(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """`python -m warehouse ...` as a process of its own, for the warehouse in the folder."""
    return subprocess.run(
        [sys.executable, "-m", "warehouse", *map(str, arguments), "--language", "en"],
        cwd=PROJECT,
        env=os.environ | {"PACTBOARD_WAREHOUSE": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_while_the_server_serves_the_command_has_it_make_the_backup(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "backups"
    with running_server(data) as server:
        receipts = [posted(server.base_url) for _ in range(3)]
        assert all(receipt.status_code in (200, 303) for receipt in receipts)
        done = command(data, "backup", folder, "--url", server.base_url)
        assert done.returncode == 0, done.stderr
        copy = Path(done.stdout.splitlines()[0])
        assert copy.parent == folder and verify(copy).tables["response"].rows == 3
        assert {path.suffix for path in folder.iterdir()} == {".duckdb", ".json", ".secret"}
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())
        assert list((data / "backups").iterdir()) == []
        assert posted(server.base_url).status_code in (200, 303)

        refused = command(data, "restore", copy)
        assert refused.returncode == 1 and "[warehouse-in-use]" in refused.stderr

        elsewhere = f"http://127.0.0.1:{free_port()}"
        lost = command(data, "backup", folder, "--url", elsewhere)
        assert lost.returncode == 1 and "[backup-server]" in lost.stderr and elsewhere in lost.stderr

        (tmp_path / "file").write_text("")
        bad = command(data, "backup", tmp_path / "file" / "b", "--url", server.base_url)
        assert bad.returncode == 1 and "[backup-folder]" in bad.stderr
        assert len(list((data / "backups").glob("*.duckdb"))) == 1  # made, but not moved

        signed_out = httpx.post(f"{server.base_url}/backup")
        assert signed_out.status_code == 401
    restored = command(data, "restore", copy)
    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.count("Put aside") >= 1


@pytest.mark.parametrize("role", ["party_a", "party_b", "mediator"])
def test_other_roles_make_no_backup(visitor: Visitor, role: Role, warehouse_folder: Path) -> None:
    assert visitor.post("/backup").status_code == 401
    visitor.get(f"/signin?key={link_key(role)}")
    assert visitor.post("/backup").status_code == 403
    assert not (warehouse_folder / "backups").exists()


def test_a_page_of_another_site_makes_no_backup_and_a_get_neither(
    visitor: Visitor, warehouse_folder: Path
) -> None:
    visitor.get(f"/signin?key={link_key('operator')}")
    for origin in ("https://evil.example", "http://127.0.0.1:1", "null"):
        assert visitor.post("/backup", headers={"Origin": origin}).status_code == 403
    assert visitor.get("/backup").status_code == 405
    assert not (warehouse_folder / "backups").exists()
    made = visitor.post("/backup")
    assert made.status_code == 201 and verify(Path(made.json()["copy"])).secret


def test_what_is_wrong_is_said_with_its_code(visitor: Visitor, warehouse_folder: Path) -> None:
    visitor.get(f"/signin?key={link_key('operator')}")
    (warehouse_folder / "backups").write_text("a file in the way")
    refused = visitor.post("/backup")
    assert refused.status_code == 503 and refused.json()["code"] == "backup-folder"

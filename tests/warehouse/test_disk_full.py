"""A disk that is full at fifty points, read-only, or not ours: submitters are told, nothing is lost."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import PROJECT
from warehouse import open_warehouse

POINTS = 50
SMALL_DISK = 'mount -t tmpfs -o size=40m none "$1" && exec "$2" -m tests.killing.full_disk "$1" "$3"'
OTHER_USER = """
import os, sys
from pathlib import Path
from tests.killing.full_disk import code
from warehouse import problems
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
print(code(Path(sys.argv[1])))
"""


def test_a_disk_that_is_full_at_fifty_points_costs_no_answer_and_is_said(tmp_path: Path) -> None:
    user = [] if os.name == "nt" or os.geteuid() == 0 else ["--user", "--map-root-user"]
    asked = ["unshare", *user, "--mount"]
    if not shutil.which("unshare") or subprocess.run([*asked, "true"], capture_output=True).returncode:
        said = "no small disk can be mounted here: this needs Linux and user namespaces, or root"
        if os.environ.get("CI"):
            pytest.fail(said)
        pytest.skip(said)
    tmp_path.chmod(0o755)
    command = [*asked, "sh", "-c", SMALL_DISK, "sh", str(tmp_path), sys.executable, str(POINTS)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found.pop("broken") == []
    assert found.pop("thanked") > 3 * POINTS
    assert found.pop("refused").keys() == {"writer-failed"}
    assert found == {
        "an old warehouse on a full disk": "opened",  # to be read
        "a new warehouse on a full disk": "disk-full",
        "an old warehouse on a read-only disk": "warehouse-folder",
        "a new warehouse on a read-only disk": "warehouse-folder",
    }


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


@pytest.mark.skipif(os.name == "nt", reason="rights are otherwise there")
@pytest.mark.parametrize(("of_file", "of_folder"), [(0o444, 0o777), (0o666, 0o555), (0o000, 0o777)])
def test_a_file_or_folder_without_the_rights_is_said_at_the_start(
    open_folder: Path, of_file: int, of_folder: int
) -> None:
    path = open_folder / "w.duckdb"
    open_warehouse(path).close()
    for part in open_folder.iterdir():
        part.chmod(0o666)
    path.chmod(of_file)
    open_folder.chmod(of_folder)
    command = [sys.executable, "-c", OTHER_USER, str(path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True)
    assert (done.stdout.strip(), done.returncode) == ("warehouse-folder", 0), done.stderr

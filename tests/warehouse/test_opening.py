"""Opening the file: what can be wrong with it, and what is said then."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse import Warehouse, WarehouseError, close_serving, open_warehouse, serving

HOLDER = """
import sys
from pathlib import Path
from warehouse import open_warehouse
held = open_warehouse(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


PACKAGE = """
import sys
from pathlib import Path
from warehouse import opening
folder = Path(sys.argv[1])
scratch = opening.connect_scratch(folder / "s.duckdb", [])
made = [opening.connect(folder / "w.duckdb"), opening.empty_instance(), scratch]
made[0].close()
made.append(opening.look_into(folder / "w.duckdb"))
for each in made[1:]:
    print(each.execute("SELECT current_setting('enable_progress_bar')").fetchall()[0][0])
"""


@pytest.fixture
def file_of_another_process(tmp_path: Path) -> Iterator[tuple[Path, int]]:
    """A warehouse that another process has open: its path and the process's number."""
    path = tmp_path / "held.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout and holder.stdin
        assert holder.stdout.readline() == "open\n"
        yield path, holder.pid
        holder.stdin.close()


def _refused(path: Path) -> WarehouseError:
    with pytest.raises(WarehouseError) as refusal:
        open_warehouse(path)
    return refusal.value


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    path = tmp_path / "not" / "there" / "yet.duckdb"
    open_warehouse(path).close()
    assert path.exists()


def test_a_file_open_in_another_process_is_refused_with_its_number(
    file_of_another_process: tuple[Path, int],
) -> None:
    path, number = file_of_another_process
    problem = _refused(path).problem
    assert problem.code == "warehouse-in-use"
    assert f"number {number}" in problem.words("en")
    assert f"进程号 {number}" in problem.words("zh")


def test_a_file_open_in_this_process_is_not_opened_twice(tmp_path: Path) -> None:
    path = tmp_path / "once.duckdb"
    first = open_warehouse(path)
    assert _refused(path).problem.code == "warehouse-open-here"
    assert _refused(tmp_path / "." / "once.duckdb").problem.code == "warehouse-open-here"
    first.close()
    open_warehouse(path).close()


@pytest.mark.parametrize("content", [b"hello\n" * 5_000, b"\x00" * 20_000, b"PK\x03\x04"])
def test_a_file_that_is_no_warehouse_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.duckdb"
    path.write_bytes(content)
    assert _refused(path).problem.code == "warehouse-unreadable"
    assert path.read_bytes() == content


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "damaged.duckdb"
    open_warehouse(path).close()
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    assert _refused(path).problem.code == "warehouse-unreadable"


def test_a_folder_where_the_file_should_be_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "folder.duckdb"
    path.mkdir()
    assert _refused(path).problem.code == "warehouse-unreadable"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert _refused(tmp_path / "file" / "warehouse.duckdb").problem.code == "warehouse-folder"


@pytest.mark.skipif(
    sys.platform != "linux", reason="/proc: a folder in which not even the superuser can write"
)
def test_a_folder_that_cannot_be_written_to_is_refused() -> None:
    assert _refused(Path("/proc/pactboard.duckdb")).problem.code == "warehouse-folder"


def test_a_refused_file_can_be_opened_once_the_cause_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "letter.duckdb"
    path.write_bytes(b"hello\n" * 5_000)
    _refused(path)
    path.unlink()
    open_warehouse(path).close()


def test_the_serving_warehouse_is_opened_once_and_again_after_closing(warehouse_folder: Path) -> None:
    first = serving()
    assert isinstance(first, Warehouse)
    assert serving() is first
    assert first.path == (warehouse_folder / "pactboard.duckdb").resolve()
    close_serving()
    with pytest.raises(WarehouseError, match="warehouse-closed"):
        first.read("core/surveys")
    assert serving() is not first


def test_the_engine_draws_no_bars_where_figures_go_although_python_m_seems_a_person_to_it(
    tmp_path: Path,
) -> None:
    package = tmp_path / "asked"
    package.mkdir()
    (package / "__init__.py").write_text("import duckdb\n", encoding="utf-8")
    (package / "__main__.py").write_text(PACKAGE, encoding="utf-8")
    run = [sys.executable, "-m", "asked", str(tmp_path)]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), str(Path(__file__).parents[2])])}
    said = subprocess.run(run, env=paths, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "False", "False"]

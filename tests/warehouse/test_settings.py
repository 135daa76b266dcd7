"""Where the warehouse lies, from the environment."""

from pathlib import Path

import pytest

from warehouse import WarehouseError, open_warehouse
from warehouse.opening import connect
from warehouse.settings import PROJECT, port, warehouse_path


def test_a_folder_gets_the_usual_file_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(tmp_path))
    assert warehouse_path() == tmp_path / "pactboard.duckdb"


def test_a_duckdb_file_is_taken_as_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", str(tmp_path / "club.duckdb"))
    assert warehouse_path() == tmp_path / "club.duckdb"


@pytest.mark.parametrize("unset", ["", "  "])
def test_without_the_setting_it_lies_in_the_project(unset: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", unset)
    assert warehouse_path() == PROJECT / "data" / "pactboard.duckdb"


def test_a_relative_path_does_not_depend_on_where_we_are_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PACTBOARD_WAREHOUSE", "here")
    assert warehouse_path() == tmp_path / "here" / "pactboard.duckdb"


@pytest.mark.parametrize("said", ["much", "0GB", "80%", "-1"])
def test_a_size_of_memory_that_is_none_is_said_and_nothing_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setenv("PACTBOARD_MEMORY", said)
    with pytest.raises(WarehouseError) as caught:
        connect(tmp_path / "a.duckdb")
    assert (caught.value.problem.code, caught.value.problem.where) == ("warehouse-memory", "PACTBOARD_MEMORY")
    assert not (tmp_path / "a.duckdb").exists()


@pytest.mark.parametrize(("said", "kept"), [("", "488.2 MiB"), ("2GB", "1.8 GiB")])
def test_the_engine_keeps_as_much_as_is_set_and_writes_what_does_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, kept: str
) -> None:
    monkeypatch.setenv("PACTBOARD_MEMORY", said)
    house = open_warehouse(tmp_path / "a.duckdb")
    with house.transaction() as cursor:
        assert cursor.execute("SELECT current_setting('memory_limit')").fetchall() == [(kept,)]
        assert cursor.execute("SELECT current_setting('temp_directory')").fetchall() == [
            (str(tmp_path / "a.duckdb.tmp"),)
        ]
    house.close()


def test_the_port_is_8501_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PACTBOARD_PORT", raising=False)
    assert port() == 8501
    monkeypatch.setenv("PACTBOARD_PORT", "9000")
    assert port() == 9000


@pytest.mark.parametrize("wrong", ["0", "65536", "-1", "http", "8501.0", "８５０１"])
def test_a_port_that_is_none_is_refused_by_name(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACTBOARD_PORT", wrong)
    with pytest.raises(ValueError, match="PACTBOARD_PORT"):
        port()

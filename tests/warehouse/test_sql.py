"""The texts of the queries."""

from pathlib import Path

import pytest

from warehouse.sql import ROOM, sql


def test_a_query_is_found_by_its_name() -> None:
    assert sql("core/setting").startswith("-- What is the latest value of this setting?")


@pytest.mark.parametrize(
    "name", ["../secret", "core/../core/setting", "/etc/passwd", "", "core/Setting", "core//setting"]
)
def test_a_name_that_is_no_plain_path_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a query"):
        sql(name)


def test_an_unknown_query_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        sql("core/no_such_query")


@pytest.mark.parametrize(
    "path", sorted((ROOM / "queries" / "core").glob("*.sql")), ids=lambda path: path.stem
)
def test_every_query_opens_by_saying_what_it_is_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.startswith("-- ")
    assert text.count(";") == 1

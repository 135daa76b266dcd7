"""What the warehouse says when something is wrong."""

import string

import pytest

from warehouse.problems import CORE, Problem, WarehouseError, core_error
from warehouse.texts import translate


@pytest.mark.parametrize("text", [text for pair in CORE.values() for text in pair])
def test_every_text_has_a_chinese_one_with_the_same_values(text: str) -> None:
    chinese = translate(text, "zh")
    assert chinese != text
    assert _fields(chinese) == _fields(text)


def test_a_problem_is_said_as_where_what_and_what_to_do() -> None:
    problem = core_error("warehouse-in-use", "club.duckdb", pid="42").problem
    assert problem.words("en") == (
        "club.duckdb: Another process (number 42) has this warehouse open."
        " Stop that process, or work in its pages: one process owns the file."
    )
    assert problem.words("zh").startswith("club.duckdb：另一个进程（进程号 42）正在使用")


def test_a_problem_without_a_place_begins_with_what_is_wrong() -> None:
    assert core_error("disk-full").problem.words("en") == "The disk is full. Make room and try again."


def test_braces_in_a_value_are_only_text() -> None:
    problem = Problem("made-up", "{where}", "No {thing}.", "Look.", {"thing": "{nothing} {0}"})
    assert problem.words("en") == "{where}: No {nothing} {0}. Look."


def test_the_error_shows_its_code() -> None:
    error = core_error("writer-busy")
    assert isinstance(error, WarehouseError)
    assert str(error).startswith("writer-busy: ")


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}

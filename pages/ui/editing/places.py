"""Where in a YAML text a problem is, taken apart for a reader: its line and its key."""

import re
from dataclasses import dataclass

from survey import Problem

NAME = "yaml"
"""What a draft is called where a file's name would stand."""

_WHERE = re.compile(rf"{NAME}:(?P<line>\d+)(?: (?P<key>.*))?")


@dataclass(frozen=True, slots=True)
class Place:
    """`line` counts from 1 and is 0 for none; `key` as in "questions[0].text.en", "" for none."""

    line: int
    key: str


def place_of(problem: Problem) -> Place:
    """The place of a problem of a draft that was read under `NAME`."""
    found = _WHERE.fullmatch(problem.where)
    return Place(int(found["line"]), found["key"] or "") if found else Place(0, problem.where)

"""What the rows of a form say about each other by name: names that nobody has, and conditions in a circle."""

import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from survey.problems import Problem
from survey.xlsform.columns import Columns
from survey.xlsform.types import row_type
from survey.xlsform.wordings import note
from survey.xlsform.workbook import Sheet

_NAME = re.compile(r"\$\{\s*([^{}]+?)\s*\}")
_LAST_SAVED = "last-saved#"
_MOST_CYCLES = 20


def reference_problems(sheet: Sheet, columns: Columns) -> Iterator[Problem]:
    """Every condition or rule that names what no row is called, and every circle of conditions: what they
    mean cannot be told."""
    names = {columns.cell(row, "name") for _, row in sheet.rows}
    for number, row in sheet.rows:
        for heading in ("relevant", "constraint"):
            for name in dict.fromkeys(_NAME.findall(columns.cell(row, heading))):
                if name.removeprefix(_LAST_SAVED) not in names:
                    yield note("xlsform-reference", f"survey:{number} {heading}", raw=name)
    yield from _cycles(sheet, columns)


def _cycles(sheet: Sheet, columns: Columns) -> Iterator[Problem]:
    waits, rows = _waits(sheet, columns), {columns.cell(row, "name"): number for number, row in sheet.rows}
    for _ in range(_MOST_CYCLES):
        try:
            TopologicalSorter(waits).prepare()
        except CycleError as error:
            # Each name stands before the one that waits for it; the first is the last.
            *circle, _ = reversed(error.args[1])
            first = circle.index(min(circle, key=lambda name: rows.get(name, 0)))
            circle = [*circle[first:], *circle[:first], circle[first]]
            yield note("xlsform-cycle", f"survey:{rows.get(circle[0], 1)} relevant", raw=" → ".join(circle))
            waits = {
                name: found - {circle[1]} if name == circle[0] else found for name, found in waits.items()
            }
        else:
            return


def _waits(sheet: Sheet, columns: Columns) -> Mapping[str, set[str]]:
    """Name -> the names that decide whether it is shown or, of a calculation, what it is; a group decides
    about all in it."""
    found: dict[str, set[str]] = {}
    outer: list[set[str]] = [set()]
    for _, row in sheet.rows:
        kind = row_type(columns.cell(row, "type")).kind
        if kind == "end":
            outer = outer[:-1] or [set()]
            continue
        name = columns.cell(row, "name")
        needed = _named(columns.cell(row, "relevant")) | outer[-1]
        if kind == "begin":
            outer.append(needed)
        computed = _named(columns.cell(row, "calculation")) - {name}
        found.setdefault(name, set()).update(needed | computed)
    return found


def _named(cell: str) -> set[str]:
    return {name for name in _NAME.findall(cell) if not name.startswith(_LAST_SAVED)}

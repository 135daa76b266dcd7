"""The columns of the raw tables as expressions of the engine: what `raw.py` makes of each row, said once for
all."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from survey.question_types import TYPES
from warehouse.exporting.by_engine import Cell
from warehouse.exporting.table import Kind

_STORED: Mapping[str, str] = {kind: rules.stored for kind, rules in TYPES.items()}


class Item(Protocol):
    """An item of a version, as `raw.py` reads it."""

    @property
    def code(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def position(self) -> int | None: ...
    @property
    def columns(self) -> tuple[str, ...]: ...


def known_cells(columns: Sequence[str], kinds: Mapping[str, Kind], source: str) -> list[Cell]:
    """Columns that stand as they are in the rows called `source`."""
    return [
        Cell(
            column,
            f"{source}.{'body' if column == 'written' else column}",
            kinds.get(column, "text"),
            plain=column in ("response_id", "survey", "questionnaire", "question", "type", "measures"),
            number=column == "number",
        )
        for column in columns
    ]


def example_cell(is_example: bool) -> Cell:
    """Whether the rows are the example's."""
    return Cell("example", "true" if is_example else "false", "bool")


def item_cells(versions: Mapping[int, Sequence[Item]]) -> tuple[list[Cell], str] | None:
    """The columns of all items, and the aggregates that give what was said, q0, q1, …; None where a column
    holds something else in another version, or the parts of a file's name."""
    cells: dict[str, Cell] = {}
    scores: dict[str, dict[int, int]] = {}
    said: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for version, items in versions.items():
        for item in items:
            stored = _STORED.get(item.type, "")
            if stored in ("", "file") or kinds.setdefault(item.columns[0], stored) != stored:
                return None
            if item.position is not None:
                for column, source in zip(item.columns, ("scores", "missing"), strict=True):
                    places = scores.setdefault(column, {})
                    places[version] = item.position
                    kind: Kind = "int" if source == "scores" else "text"
                    cells[column] = Cell(column, _by_version(f"f.{source}", places), kind)
            elif item.columns[0] not in cells:
                name = f"q{len(said)}"
                said[name] = _said(item.code, stored)
                is_number = stored == "number"
                cells[item.columns[0]] = Cell(
                    item.columns[0], f"p.{name}", "float" if is_number else "text", number=is_number
                )
    aggregates = "".join(f", {value} AS {name}" for name, value in said.items())
    return list(cells.values()), f"count(*) AS said_count{aggregates}"


def _by_version(column: str, places: Mapping[int, int]) -> str:
    cases = " ".join(f"WHEN {version} THEN {column}[{place}]" for version, place in places.items())
    return f"CASE f.version {cases} END"


def _said(code: str, stored: str) -> str:
    """The aggregate of a question: one value, or of several choices all, apart by a space."""
    quoted = "'" + code.replace("'", "''") + "'"
    asked = f"FILTER (s.question = {quoted})"
    if stored != "choices":
        return f"any_value(s.body) {asked}"
    chosen = f"list_sort(list({{'place': s.place, 'body': s.body}}) {asked})"
    return f"array_to_string(list_transform({chosen}, lambda each: each.body), ' ')"

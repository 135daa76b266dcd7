"""SPSS files: the responses with labels of variables and values and with missing codes; any other table as it
is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from numbers import Real
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from warehouse.exporting.dataset import Variable
from warehouse.exporting.problems import too_much
from warehouse.exporting.table import Table
from warehouse.sized import parts

MOST_ROWS = 200_000  # the file is made whole
MOST_BYTES = 200_000_000  # of its cells, which stand in memory a few times over
MISSING_FROM, MISSING_TO = -999, -901  # user-missing; no scale reaches there
_MOST_TEXT, _MOST_LABEL, _MOST_VALUE_LABEL, _MOST_NAME = 32_000, 250, 118, 60  # bytes, by the format


@dataclass(slots=True)
class _Made:
    """The columns of the file, with what is said of them."""

    columns: dict[str, Sequence[Any]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    values: dict[str, dict[Any, str]] = field(default_factory=dict)
    missing: dict[str, list[Any]] = field(default_factory=dict)
    measures: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, values: Sequence[Any], label: str) -> str:
        """The name under which the column stands: letters, digits and underscores, once each."""
        plain = re.sub(r"\W", "_", name)
        plain = _cut(plain if plain[:1].isalpha() else f"v_{plain}", _MOST_NAME)
        taken, number = plain, 1
        while taken.lower() in {each.lower() for each in self.columns}:
            number += 1
            taken = f"{plain}_{number}"
        self.columns[taken] = values
        self.labels.append(_cut(label, _MOST_LABEL))
        return taken


def write_sav(path: Path, name: str, title: str, table: Table, variables: Sequence[Variable]) -> None:
    """Raises WarehouseError: "export-too-long" for more than MOST_ROWS rows, "export-too-large" for more than
    MOST_BYTES."""
    found = parts(table.rows, MOST_ROWS, MOST_BYTES)
    rows = next(found, [])
    if next(found, None) is not None:
        raise too_much(name, len(rows), MOST_ROWS, MOST_BYTES)
    cells = {column: [row[at] for row in rows] for at, column in enumerate(table.columns)}
    rows.clear()
    made, known = _Made(), {variable.column: variable for variable in variables}
    for column, values in cells.items():
        if column.removesuffix(".missing") in known and column.endswith(".missing"):
            continue  # stands in the variable itself
        if column in known:
            _add(made, known[column], values, cells.get(f"{column}.missing"))
        else:
            made.add(column, _plain(values), column)
    # Without rows, the library would take a column of texts for one of numbers.
    words = [name for name, codes in made.values.items() if all(isinstance(code, str) for code in codes)]
    path.touch()  # raises OSError, which the library has a kind of its own for
    pyreadstat.write_sav(
        pd.DataFrame(made.columns).astype(dict.fromkeys(words, "str")),
        path,
        file_label=_cut(title, 60),
        column_labels=dict(zip(made.columns, made.labels, strict=True)),
        variable_value_labels=made.values,
        missing_ranges=made.missing,
        variable_measure=made.measures,
        row_compress=True,
    )


def _add(made: _Made, variable: Variable, values: Sequence[Any], reasons: Sequence[Any] | None) -> None:
    item, label = variable.question, variable.text
    labels = {code: _cut(text, _MOST_VALUE_LABEL) for code, text in variable.codes.items() if text}
    if item.scored:
        words = dict.fromkeys((*variable.reasons, *(word for word in reasons or () if word)))
        codes = {word: float(MISSING_TO - place) for place, word in enumerate(words)}
        pairs = zip(values, reasons or values, strict=True)
        numbers = [codes.get(why) if score is None else float(score) for score, why in pairs]
        name = made.add(variable.column, numbers, label)
        scores = {float(code): text for code, text in labels.items()}
        said = {
            code: _cut(variable.reasons.get(word, word), _MOST_VALUE_LABEL) for word, code in codes.items()
        }
        made.values[name] = scores | said
        made.missing[name] = [{"lo": float(MISSING_FROM), "hi": float(MISSING_TO)}]
        made.measures[name] = "ordinal"
    elif item.stored == "choices":
        for code in item.offered:
            marks = [_mark(value, code, ranked=item.type == "ranking") for value in values]
            name = made.add(f"{variable.column}_{code}", marks, f"{label}: {variable.codes.get(code, code)}")
            if item.type != "ranking":
                made.values[name] = {0.0: "0", 1.0: _cut(variable.codes.get(code, code), _MOST_VALUE_LABEL)}
    else:
        name = made.add(variable.column, _plain(values), label)
        if item.stored == "choice":
            made.values[name] = labels
            made.measures[name] = "nominal"


def _mark(value: str | None, code: str, *, ranked: bool) -> float | None:
    """Whether the code was chosen, 1 or 0; of a ranking its rank, from 1."""
    if value is None:
        return None
    chosen = value.split(" ")
    if ranked:
        return float(chosen.index(code) + 1) if code in chosen else None
    return float(code in chosen)


def _plain(values: Sequence[Any]) -> list[Any]:
    """Numbers, days and instants (UTC) as such, where a column holds nothing else; texts without an end are
    cut."""
    given = [value for value in values if value is not None]
    if given and all(isinstance(value, Real | Decimal) for value in given):
        return [None if value is None else float(value) for value in values]
    if given and all(isinstance(value, datetime) for value in given):
        return [None if value is None else _naive(value) for value in values]
    if given and all(isinstance(value, date) and not isinstance(value, datetime) for value in given):
        return list(values)
    return ["" if value is None else _cut(str(value), _MOST_TEXT) for value in values]


def _naive(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


def _cut(text: str, most: int) -> str:
    """At most so many bytes of UTF-8, no character cut through."""
    if text.isascii() and len(text) <= most:
        return text  # itself: a copy of each would stand beside it
    return text.encode("utf-8", "replace")[:most].decode("utf-8", "ignore")

"""What an import did, in values: for the command line, the page, and the JSON kept with the batch."""

import json
from dataclasses import dataclass
from datetime import datetime

from warehouse.importing.checking import ColumnReport, shortened
from warehouse.importing.row_choice import LeftOut


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file. `stored` + `known` + `refused_rows` = `rows`; nothing is stored by a mere check.
    `left_out` rows are of the file too and not of `rows`: the mapping's `only` says that they do not count.

    `known` rows were in the survey already; `changed` of them say something else than what is stored, which
    stays as it is; `changed_rows` are the first of their row numbers. `same_file` is when the same file was
    imported by the same mapping before (aware, UTC), else None. `unread` are the columns the mapping leaves
    out. `sheets` are those of a workbook: the first was read, the others were not."""

    file: str
    sha256: str
    encoding: str
    delimiter: str
    mapping: str
    survey: str
    questionnaire: str
    version: int
    rows: int
    stored: int
    known: int
    changed: int
    changed_rows: tuple[int, ...]
    refused_rows: int
    refused_cells: int
    columns: tuple[ColumnReport, ...]
    unread: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    same_file: datetime | None = None
    sheets: tuple[str, ...] = ()

    @property
    def has_refusals(self) -> bool:
        return self.refused_rows + self.refused_cells > 0

    @property
    def takes_nothing(self) -> bool:
        """Whether every row of the file was refused; such a file is not imported."""
        return self.rows == self.refused_rows

    def as_json(self) -> str:
        """The report as it is kept with the batch: counts, and the refused values with their codes."""
        content = {
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheets": self.sheets,
            "mapping": self.mapping,
            "rows": self.rows,
            "stored": self.stored,
            "known": self.known,
            "changed": self.changed,
            "changed_rows": self.changed_rows,
            "refused_rows": self.refused_rows,
            "refused_cells": self.refused_cells,
            "left_out": [[each.column, each.raw, each.count] for each in self.left_out],
            "unread": self.unread,
            "columns": [_column(column) for column in self.columns],
        }
        return json.dumps(content, ensure_ascii=False)


def _column(column: ColumnReport) -> dict[str, object]:
    refused = [
        {
            "raw": shortened(value.raw),
            "count": value.count,
            "first_rows": value.first_rows,
            "code": value.problem.code,
        }
        for value in column.refused
    ]
    return {
        "column": column.column,
        "use": column.use,
        "valid": column.valid,
        "missing": column.missing,
        "refused": refused,
    }

"""What an import found, in words and as a table by column, and the imports of the past."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from pages.ui.numbers import NOTHING, amount, instant
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from warehouse.importing import ImportReport
from warehouse.importing.checking import ColumnReport
from warehouse.importing.problems import shown

_SHOWN = 3
# Why there is no answer; a mapping may give reasons of its own, which are shown as they stand in it.
REASONS = {
    "blank": "left blank",
    "not_used": "not used",
    "not_asked": "not asked",
    "not_applicable": "does not apply",
    "refused": "would not say",
    "dont_know": "does not know",
}


def report_lines(report: ImportReport, language: str) -> list[str]:
    """The report in a few sentences."""

    def said(count: int) -> str:
        return amount(count, "count", language)

    lines = [_read(report, said(report.rows), language)]
    if report.same_file:
        lines.append(
            translate(
                "This very file was imported before by the same mapping; nothing was stored twice.", language
            )
        )
    if report.stored:
        lines.append(translate("{count} responses stored", language, count=said(report.stored)))
    if report.known:
        lines.append(translate("{count} rows were there already", language, count=said(report.known)))
    if report.changed:
        lines.append(
            translate(
                "{count} of them say something else now (rows {rows}); stored answers are never changed",
                language,
                count=said(report.changed),
                rows=", ".join(map(str, report.changed_rows)),
            )
        )
    if report.refused_rows or report.refused_cells:
        lines.append(
            translate(
                "{rows} rows and {cells} cells refused; they are kept as they stood in the file",
                language,
                rows=said(report.refused_rows),
                cells=said(report.refused_cells),
            )
        )
    if report.left_out:
        left = said(sum(each.count for each in report.left_out))
        columns = ", ".join(dict.fromkeys(each.column for each in report.left_out))
        lines.append(
            translate(
                "{count} rows left out: “only” does not name their values ({columns})",
                language,
                count=left,
                columns=columns,
            )
        )
    if report.unread:
        lines.append(
            translate("{count} columns are not read by the mapping", language, count=said(len(report.unread)))
        )
    return lines


def _read(report: ImportReport, rows: str, language: str) -> str:
    if not report.sheets:
        how = "{file}: {rows} rows, read as {encoding}"
        return translate(how, language, file=report.file, rows=rows, encoding=report.encoding)
    sheet, *others = report.sheets
    line = translate(
        "{file}: {rows} rows of the sheet “{sheet}”", language, file=report.file, rows=rows, sheet=sheet
    )
    if not others:
        return line
    return f"{line}; {translate('not read: the sheets {sheets}', language, sheets=', '.join(others))}"


def report_table(report: ImportReport, language: str) -> Table:
    """One line a column of the file: valid, missing and why, refused and why."""
    columns = ("Column", "Read as", "Valid", "Missing", "Refused")
    return Table(
        translate("What became of each column", language),
        [Column(translate(name, language), right=place > 1) for place, name in enumerate(columns)],
        [_column(column, language) for column in report.columns],
    )


def past_imports(rows: Sequence[Mapping[str, object]], zone: str, language: str) -> Table:
    """One line an import, the latest first; `rows` are those of the export of that name."""
    columns = ("File", "Survey", "Imported", "Rows read", "Rows loaded")
    return Table(
        translate("Answers imported so far", language),
        [Column(translate(name, language), right=place > 2) for place, name in enumerate(columns)],
        [
            [
                Cell(str(row["file_name"])),
                Cell(str(row["survey"]), href=f"/satisfaction?survey={row['survey']}"),
                Cell(_when(row["recorded_at"], zone, language)),
                Cell(amount(int(str(row["rows_read"])), "count", language)),
                Cell(amount(int(str(row["rows_loaded"])), "count", language)),
            ]
            for row in reversed(rows)
        ],
    )


def _column(column: ColumnReport, language: str) -> list[Cell]:
    missing = ", ".join(
        f"{_reason(reason, language)} {_count(count, language)}"
        for reason, count in list(column.missing.items())[:_SHOWN]
    )
    refused = "; ".join(
        f"“{shown(value.raw)}” × {_count(value.count, language)}" for value in column.refused[:_SHOWN]
    )
    why = column.refused[0].problem.words(language) if column.refused else ""
    return [
        Cell(column.column),
        Cell(column.use),
        Cell(amount(column.valid, "count", language)),
        Cell(_count(sum(column.missing.values()), language), missing),
        Cell(
            _count(column.refused_cells, language),
            f"{refused} · {why}" if why else "",
        ),
    ]


def _reason(reason: str, language: str) -> str:
    return translate(REASONS[reason], language) if reason in REASONS else reason


def _count(count: int, language: str) -> str:
    return amount(count, "count", language) if count else NOTHING


def _when(value: object, zone: str, language: str) -> str:
    if not isinstance(value, datetime):
        raise TypeError(f"an instant is a datetime, not {value!r}")
    return instant(value if value.tzinfo else value.replace(tzinfo=UTC), zone, language)

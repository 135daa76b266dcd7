"""An import's report as a person reads it: the file, a line a column, what was refused and why, what was
stored."""

from collections.abc import Mapping
from itertools import chain

from survey.problems import Problem as SurveyProblem
from warehouse.cli.speaking import table
from warehouse.importing import ImportReport
from warehouse.importing.checking import RefusedValue
from warehouse.importing.problems import shown
from warehouse.problems import Problem
from warehouse.texts import translate

MOST_VALUES = 40  # refused values printed; all are in the list of --refused
_MOST_UNREAD = 12
_REASONS = {
    "blank": "left blank",
    "not_used": "not used",
    "not_applicable": "not applicable",
    "refused": "declined to say",
    "not_stated": "not stated",
}


def words(report: ImportReport, language: str, *, stored: bool) -> str:
    """The whole report; `stored` is False after a mere check."""
    parts = [
        _file(report, language),
        _columns(report, language),
        _refused(report, language),
        _left_out(report, language),
        _unread(report, language),
    ]
    outcome = _stored(report, language) if stored else _check(report, language)
    return "\n\n".join([part for part in parts if part] + [outcome])


def _file(report: ImportReport, language: str) -> str:
    if report.sheets:
        return _sheet(report, language)
    return translate(
        "{file}: {rows} rows, read as {encoding}, delimiter “{delimiter}”, SHA-256 {sha256}\n"
        "Survey {survey}, questionnaire {questionnaire} version {version}, mapping {mapping}",
        language,
        file=shown(report.file),
        rows=f"{report.rows:,}",
        encoding=report.encoding.upper(),
        delimiter={"\t": "TAB"}.get(report.delimiter, report.delimiter),
        sha256=report.sha256[:12],
        survey=report.survey,
        questionnaire=report.questionnaire,
        version=report.version,
        mapping=shown(report.mapping),
    )


def _sheet(report: ImportReport, language: str) -> str:
    """The same of a workbook, and which of its sheets were not read."""
    sheet, *others = map(shown, report.sheets)
    said = translate(
        "{file}: {rows} rows of the sheet “{sheet}”, SHA-256 {sha256}\n"
        "Survey {survey}, questionnaire {questionnaire} version {version}, mapping {mapping}",
        language,
        file=shown(report.file),
        rows=f"{report.rows:,}",
        sheet=sheet,
        sha256=report.sha256[:12],
        survey=report.survey,
        questionnaire=report.questionnaire,
        version=report.version,
        mapping=shown(report.mapping),
    )
    if not others:
        return said
    named = ", ".join(others[:_MOST_UNREAD]) + (", …" if len(others) > _MOST_UNREAD else "")
    unread = "Other sheets, not read: {sheets} (file: sheet names another one)"
    return f"{said}\n{translate(unread, language, sheets=named)}"


def _columns(report: ImportReport, language: str) -> str:
    head = [
        translate("column", language),
        translate("used for", language),
        translate("valid", language),
        translate("missing", language),
        translate("refused", language),
        translate("why missing", language),
    ]
    rows = [
        [
            shown(column.column),
            column.use,
            f"{column.valid:,}",
            f"{sum(column.missing.values()):,}",
            f"{column.refused_cells:,}",
            _reasons(column.missing, language),
        ]
        for column in report.columns
    ]
    return table(head, rows, right=(2, 3, 4))


def _reasons(missing: Mapping[str, int], language: str) -> str:
    named = {
        reason: translate(_REASONS[reason], language) if reason in _REASONS else reason for reason in missing
    }
    return ", ".join(f"{named[reason]} {count:,}" for reason, count in missing.items())


def _refused(report: ImportReport, language: str) -> str:
    values = list(
        chain.from_iterable(((column, value) for value in column.refused) for column in report.columns)
    )
    if not values:
        return ""
    head = [
        translate("refused in", language),
        translate("value", language),
        translate("cells", language),
        translate("rows", language),
        translate("why, and what to do", language),
    ]
    rows = [
        [
            shown(column.column),
            f"“{shown(value.raw)}”",
            f"{value.count:,}",
            _rows(value),
            advice(value.problem, language),
        ]
        for column, value in values[:MOST_VALUES]
    ]
    more = len(values) - MOST_VALUES
    rest = (
        translate("… and {n} more values; --refused FILE lists them all.", language, n=more)
        if more > 0
        else ""
    )
    return "\n".join(filter(None, [table(head, rows, right=(2,)), rest]))


def _rows(value: RefusedValue) -> str:
    return ", ".join(map(str, value.first_rows)) + (" …" if value.count > len(value.first_rows) else "")


def advice(problem: Problem | SurveyProblem, language: str) -> str:
    """What is wrong and what to do, without the place, which stands beside it."""
    return problem.advice(language) if isinstance(problem, SurveyProblem) else problem.words(language)


def _left_out(report: ImportReport, language: str) -> str:
    """The rows that do not count, by the cell that says so."""
    if not report.left_out:
        return ""
    return translate(
        "Left out, since “only” does not name them: {n} rows ({cells})",
        language,
        n=f"{sum(each.count for each in report.left_out):,}",
        cells=", ".join(
            f"{shown(each.column)} = “{shown(each.raw)}”: {each.count:,}"
            for each in report.left_out[:_MOST_UNREAD]
        )
        + (", …" if len(report.left_out) > _MOST_UNREAD else ""),
    )


def _unread(report: ImportReport, language: str) -> str:
    if not report.unread:
        return ""
    named = ", ".join(shown(column) for column in report.unread[:_MOST_UNREAD])
    more = ", …" if len(report.unread) > _MOST_UNREAD else ""
    return translate("Not read, {n} columns: {columns}", language, n=len(report.unread), columns=named + more)


def _check(report: ImportReport, language: str) -> str:
    return translate(
        "Checked only: {rows} rows would be taken, {refused} refused, and {cells} cells left out.",
        language,
        rows=f"{report.rows - report.refused_rows:,}",
        refused=f"{report.refused_rows:,}",
        cells=f"{report.refused_cells:,}",
    )


def _stored(report: ImportReport, language: str) -> str:
    if report.same_file:
        day = report.same_file.strftime("%Y-%m-%d %H:%M UTC")
        return translate(
            "This file was imported by this mapping before, on {day}: nothing was added.", language, day=day
        )
    lines = [
        translate(
            "Stored: {stored} responses. Rows there before: {known}; rows refused: {refused}; "
            "cells left out: {cells}.",
            language,
            stored=f"{report.stored:,}",
            known=f"{report.known:,}",
            refused=f"{report.refused_rows:,}",
            cells=f"{report.refused_cells:,}",
        )
    ]
    if report.changed:
        more = ", …" if report.changed > len(report.changed_rows) else ""
        lines.append(
            translate(
                "{n} of the rows already there say something else now (rows {rows}). Stored answers are "
                "never changed: import the corrected file into a survey of another name if it is to count.",
                language,
                n=f"{report.changed:,}",
                rows=", ".join(map(str, report.changed_rows)) + more,
            )
        )
    return "\n".join(lines)

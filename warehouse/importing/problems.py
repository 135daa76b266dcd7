"""Every refusal of an import, by code: of the mapping, of the file, of a row, of a cell; worded in
`importing.po`."""

from collections.abc import Iterable
from difflib import get_close_matches

from survey.problems import Problem as SurveyProblem
from warehouse.problems import Problem

# What is wrong with a mapping as YAML, keys and types is said by the codes of `survey.wordings`.
MAPPING = {
    "mapping-zone": (
        "{value} is not a time zone.",
        "Write one like America/Los_Angeles.",
    ),
    "mapping-reason": (
        "{value} cannot be the reason of a missing answer.",
        "Use small letters, digits and underscores, such as blank or not_used.",
    ),
    "mapping-name": (
        "{value} cannot be a name here.",
        "Use small letters, digits and underscores, such as contract_type.",
    ),
    "mapping-format": (
        "{value} does not read a whole date.",
        "Write it like %m/%d/%Y, or excel for the day numbers of a spreadsheet.",
    ),
    "mapping-source": (
        "This needs either a column, with values where they differ, or one constant.",
        "Keep one of the two.",
    ),
    "mapping-header-row": (
        "Row {value} is not one of the header rows.",
        "Say in header_rows how many rows stand before the answers.",
    ),
    "mapping-language": (
        "{value} is not a language code.",
        "Write a code such as zh or en.",
    ),
    "mapping-row-id": (
        "{value} would give every row the same id.",
        "Name a column in braces, like {column}, or number the rows: {row}.",
    ),
    "mapping-empty": (
        "There is nothing here.",
        "Write at least one entry.",
    ),
    "mapping-questionnaire": (
        "There is no questionnaire {questionnaire}; similar ones: {near}.",
        "Name one of the library ({known}), or a questionnaire file beside the mapping.",
    ),
    "mapping-question": (
        "The questionnaire {questionnaire} has no question {question}; similar ones: {near}.",
        "Map only questions of this questionnaire.",
    ),
    "mapping-missing-answer": (
        "The missing code {raw} is also an answer to {question}.",
        "Give this question a missing of its own, without that code.",
    ),
    "mapping-touchpoint": (
        "The touchpoint comes twice: from its own entry and from the question {question}.",
        "Keep one of the two.",
    ),
}
FILE = {
    "file-unreadable": (
        "The file cannot be read ({reason}).",
        "Check the path and the rights.",
    ),
    "file-empty": (
        "The file is empty.",
        "Export it again with its heading and rows.",
    ),
    "file-not-csv": (
        "The file is {kind}, whatever its name says.",
        "Open it in a spreadsheet program and save it as XLSX or CSV (UTF-8).",
    ),
    "file-large": (
        "The workbook has {size} MB; at most {most} MB are read.",
        "Save the sheet as CSV (UTF-8): of that any size is read.",
    ),
    "file-cells": (
        "The sheet has more than {rows} rows or {cells} cells.",
        "Save it as CSV (UTF-8): of that any size is read.",
    ),
    "file-unread": (
        "More than {most} cells hold an error or a formula without a value.",
        "Open the file in a spreadsheet program, correct them and save it.",
    ),
    "file-damaged": (
        "The file is damaged ({reason}).",
        "Open a workbook in a spreadsheet program and save it again; write a Parquet file anew.",
    ),
    "file-sheet": (
        "The workbook has no sheet {sheet}; similar ones: {near}.",
        "Correct file: sheet in the mapping; without it the first visible sheet is read.",
    ),
    "file-beside": (
        "Cells stand to the right of the last heading: {cells} ({count} in all).",
        "Give their columns a heading, or empty these cells.",
    ),
    "file-encoding": (
        "Row {row}, byte {byte} of the file: {value} cannot be read as {encoding}.",
        "Save the file as UTF-8, or state file: encoding in the mapping.",
    ),
    "file-nul": (
        "Row {row} holds a NUL character.",
        "Export the file again; it may be damaged.",
    ),
    "file-quote": (
        "A quotation mark is opened or closed wrongly in row {row} ({reason}).",
        "Correct that row; a quotation mark inside a quoted cell is doubled.",
    ),
    "file-nested": (
        "The column {column} holds values of the type {type}, which are no texts, numbers or dates.",
        "Write the file with one plain value a cell; several choices as one text, parted by spaces.",
    ),
    "file-no-rows": (
        "The file has a heading and no rows.",
        "Export it again with its rows.",
    ),
    "file-columns": (
        "The file has {columns} columns; at most {most} are read.",
        "Check the delimiter, or export fewer columns.",
    ),
    "file-ragged": (
        "Rows without the {width} cells of the heading: {rows} ({count} in all).",
        "Correct these rows; a cell that holds the delimiter needs quotation marks.",
    ),
    "column-missing": (
        "The file has no column {column}, which the mapping uses for {use}; similar ones: {near}.",
        "Correct the name in the mapping.",
    ),
    "column-twice": (
        "The file has {count} columns named {column}, which the mapping uses for {use}.",
        "Rename the columns in the file so that one is meant.",
    ),
    "file-cell": (
        "A cell in row {row} is longer than {most} characters, or its quotation mark is not closed.",
        "Shorten that cell, or close its quotation mark.",
    ),
    "file-changed": (
        "The file was changed while it was read.",
        "Nothing was stored. Import it again when no other program writes to it.",
    ),
    "file-dense": (
        "Fewer than a thousand rows, up to row {row}, hold {most} MB of text in the columns that are read.",
        "Leave the columns of such texts out of the mapping, or import files of at most 4 MB.",
    ),
    "file-memory": (
        "It takes more than the {most} that an import has: too many long texts, or a damaged Parquet file.",
        "Split the file, leave columns of long texts out of the mapping, or write the Parquet file anew.",
    ),
    "file-none-kept": (
        "None of the {rows} rows has one of the values that “only” names ({columns}).",
        "Compare these values with the file's cells, as they are written.",
    ),
    "file-all-refused": (
        "All {rows} rows are refused; the report says why.",
        "Nothing was stored. Correct the file or the mapping, then import it again.",
    ),
    "file-strict": (
        "Refused: {rows} rows and {cells} cells; a strict import takes a file whole or not at all.",
        "Nothing was stored. Correct the file or the mapping, or import without --strict.",
    ),
    "refused-file": (
        "The list of refusals cannot be written ({reason}).",
        "Name another file with --refused.",
    ),
}
ROW = {
    "row-id-blank": (
        "The row has no id.",
        "Fill it in, or let the mapping number the rows: row_id: {rule}.",
    ),
    "row-id-twice": (
        "The id stands in an earlier row (row {row}).",
        "Keep one of the two; only the first was taken.",
    ),
    "row-date": (
        "This is not a date in a form that the mapping states.",
        "Correct it, or add its form to formats.",
    ),
    "row-date-ambiguous": (
        "Two of the stated forms read this as different dates.",
        "State only the form that the file uses in formats.",
    ),
    "row-date-range": (
        "The date lies before 1970 or in the future.",
        "Correct it.",
    ),
    "row-weight": (
        "The weight is not a number from 0 to 1,000,000.",
        "Correct it.",
    ),
    "row-language": (
        "The language is not known to the mapping.",
        "Add this value to language: values.",
    ),
}
CELL = {
    "cell-error": (
        "The cell holds an error of the spreadsheet program.",
        "Correct it in the file.",
    ),
    "cell-formula": (
        "The cell holds a formula and no value.",
        "Open the file in a spreadsheet program and save it; then the value stands beside the formula.",
    ),
    "cell-digits": (
        "The number has more digits than a spreadsheet program keeps; the last ones are lost.",
        "Export it again as CSV, or with this column as text.",
    ),
    "cell-value": (
        "The value is not known to the mapping.",
        "Add it to the entry's values; null stands for no answer.",
    ),
    "cell-file": (
        "A file cannot come in a cell of a table.",
        "Take this question out of the mapping; its files stay where they are.",
    ),
    "cell-text": (
        "The value is longer than {most} characters or holds control characters.",
        "Correct it in the file.",
    ),
}
WORDINGS = MAPPING | FILE | ROW | CELL
_MOST_SHOWN = 60


class ImportRefusedError(Exception):
    """The import was refused as a whole and nothing was stored; `problems` says why, one by one."""

    def __init__(self, problems: Iterable[Problem | SurveyProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{problem.code}: {problem.words('en')}" for problem in self.problems))


def import_problem(code: str, where: str = "", **values: object) -> Problem:
    """The Problem of that code. Raises KeyError for a code that is not listed here."""
    what, todo = WORDINGS[code]
    return Problem(
        code, shown(where), what, todo, {k: shown(v) if isinstance(v, str) else v for k, v in values.items()}
    )


def refused(code: str, where: str = "", **values: object) -> ImportRefusedError:
    """The error that refuses the whole import for one reason."""
    return ImportRefusedError([import_problem(code, where, **values)])


def shown(foreign: str) -> str:
    """Text from a file, safe to print: control characters escaped, cut to 60 characters."""
    cut = foreign if len(foreign) <= _MOST_SHOWN else foreign[: _MOST_SHOWN - 1] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut)


def near(name: str, known: Iterable[str]) -> str:
    """The known names that look like this one, for a message; "–" when none does."""
    folded = {shown(each).casefold(): shown(each) for each in known}
    return ", ".join(folded[each] for each in get_close_matches(name.casefold(), folded, n=3)) or "–"

"""What can be wrong with records: code -> what is wrong, what to do."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from warehouse.problems import Problem, WarehouseError

# Every text stands in locale/<language>/records.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "record-type-file": (
        "The declaration of this record type is not as it must be ({reason}).",
        "Correct the file in warehouse/records/types.",
    ),
    "record-type-taken": (
        "Another table or view has the name of this record type already.",
        "Give the type another name, in the file and as the file's.",
    ),
    "record-type-column": (
        "The field is declared as {wanted}, and its values are kept as {kept}.",
        "Give the field another code, or the kind that it had.",
    ),
    "record-type-unknown": (
        "There is no record type {name}. There are: {known}.",
        "Name one of them.",
    ),
    "record-unknown": (
        "There is no such record, or it was withdrawn.",
        "Look it up in the list.",
    ),
    "record-number": (
        "This cannot be the number of a record.",
        "Use 1 to 60 letters, digits, dots, hyphens and underscores.",
    ),
    "record-number-alike": (
        "There is a record {number}, whose number differs by small and capital letters alone.",
        "Write that number to correct it, or another one.",
    ),
    "record-number-twice": (
        "The number stands in two rows of the file.",
        "Give each record one row.",
    ),
    "record-field-unknown": (
        "There is no field of that name. There are: {known}.",
        "Correct the name, or leave it out.",
    ),
    "record-field-twice": (
        "Two columns are for this field.",
        "Leave one of them out.",
    ),
    "record-not-yours": (
        "Your role may not write this.",
        "Ask the operator.",
    ),
    "record-required": (
        "A value is missing.",
        "Fill it in.",
    ),
    "record-text": (
        "The text is longer than {most} characters, or has characters that cannot be shown.",
        "Shorten it, and leave out control characters.",
    ),
    "record-choice": (
        "“{value}” is none of: {known}.",
        "Choose one of them.",
    ),
    "record-whole": (
        "“{value}” is no whole number from {least} to {most}.",
        "Write it in digits.",
    ),
    "record-money": (
        "“{value}” is no amount from {least} to {most} with at most two decimals.",
        "Write it in digits, such as 1200.50.",
    ),
    "record-day": (
        "“{value}” is no day.",
        "Write it as 2026-09-30.",
    ),
    "record-time": (
        "“{value}” is no time of day.",
        "Write it as 08:30.",
    ),
    "record-instant": (
        "“{value}” is no date with a time.",
        "Write it as 2026-09-30 14:05, in the time of {zone}.",
    ),
    "record-yes-no": (
        "“{value}” is neither yes nor no.",
        "Write yes or no.",
    ),
    "record-order": (
        "This is before, or less than, “{first}”.",
        "Correct one of the two.",
    ),
    "record-needs": (
        "This cannot be without “{first}”.",
        "Fill that in too, or leave this blank.",
    ),
    "record-ahead": (
        "This lies ahead: it states what has happened.",
        "Leave it blank until it has happened, or correct it.",
    ),
    "record-counted": (
        "The figure {figure} is counted, before and after, so it is not stated.",
        "Leave it blank.",
    ),
    "record-reason": (
        "Changing or withdrawing this takes a reason, of at most {most} characters.",
        "Say why.",
    ),
    "record-withdrawn": (
        "The record of this number was withdrawn.",
        "Ask the operator to let it count again.",
    ),
    "record-late": (
        "It was due days ago: to enter now that it was in time takes a reason, of at most {most} characters.",
        "Say why it was not entered then.",
    ),
    "record-change-waits": (
        "A change of this record waits for consent already.",
        "Take it back first, or wait for the answer.",
    ),
    "record-change-none": (
        "No such change waits for an answer.",
        "Load the page again: it may have been answered.",
    ),
    "record-change-stale": (
        "The record has changed since this was asked for.",
        "Refuse it, and let it be asked for anew.",
    ),
    "record-meanwhile": (
        "Somebody else has changed this since the form was opened: it is “{value}” now.",
        "Save again to put yours in its place, or enter theirs.",
    ),
    "record-file-empty": (
        "No column of the file has the name of a field.",
        "Take the headings of an exported table: {known}.",
    ),
    "record-file-nameless": (
        "Cells stand in columns without a heading: {cells} ({count} in all).",
        "Give these columns a heading, or empty the cells.",
    ),
    "record-file-large": (
        "The file has {rows} rows; at most {most} are read at once.",
        "Divide it.",
    ),
}


def record_problem(code: str, where: str = "", **values: object) -> Problem:
    """The problem with one of the codes above; `values` fill its texts."""
    what, todo = WORDINGS[code]
    return Problem(code, where, what, todo, values)


def refused(code: str, where: str = "", **values: object) -> WarehouseError:
    """The same as an error."""
    return WarehouseError(record_problem(code, where, **values))


def placed(problem: Problem, where: str) -> Problem:
    """The problem at a place such as a row of a file; as it is without one."""
    if not where:
        return problem
    place = f"{where}, {problem.where}" if problem.where else where
    return Problem(problem.code, place, problem.what, problem.todo, problem.values)


class Stated(Protocol):
    """A problem of any room."""

    @property
    def code(self) -> str: ...

    def words(self, language: str, /) -> str: ...

    def parts(self, language: str, /) -> tuple[str, str]: ...

    @property
    def where(self) -> str: ...


class RecordRefusedError(Exception):
    """A record, or a file of them, was not stored; `problems` says all that is wrong."""

    def __init__(self, problems: Sequence[Stated]) -> None:
        super().__init__("; ".join(problem.words("en") for problem in problems))
        self.problems = tuple(problems)

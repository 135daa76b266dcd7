"""What can go wrong with the warehouse itself, said in the reader's language: code, where, what, what to
do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from warehouse.texts import translate


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong. `what` and `todo` are whole English sentences, filled by `values`, and the
    keys of the catalogue."""

    code: str
    where: str
    what: str
    todo: str
    values: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str) -> str:
        """ "where: what todo" in the language ("zh" or "en"); without "where: " when there is no place to
        name."""
        template = "{where}: {what} {todo}" if self.where else "{what} {todo}"
        what, todo = self.parts(language)
        return translate(template, language, where=self.where, what=what, todo=todo)

    def parts(self, language: str) -> tuple[str, str]:
        """What is wrong and what to do, apart, for programs."""
        what, todo = (translate(text, language, **self.values) for text in (self.what, self.todo))
        return what, todo


class WarehouseError(Exception):
    """The warehouse could not do what was asked; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.words('en')}")
        self.problem = problem


# code -> (what, what to do); every text stands in locale/<language>/core.po
CORE: Mapping[str, tuple[str, str]] = {
    "warehouse-in-use": (
        "Another process (number {pid}) has this warehouse open.",
        "Stop that process, or work in its pages: one process owns the file.",
    ),
    "warehouse-open-here": (
        "This process has the warehouse open already.",
        "Use the one that is open.",
    ),
    "warehouse-folder": (
        "The folder of the warehouse cannot be made or written to ({reason}).",
        "Give this user the right to write there, or set PACTBOARD_WAREHOUSE to another folder.",
    ),
    "warehouse-unreadable": (
        "The file is not a warehouse, or it is damaged.",
        "Keep the file as it is, and restore the last backup or set PACTBOARD_WAREHOUSE to another file.",
    ),
    "warehouse-newer": (
        "The file was written by a newer version of Pactboard (step {number}).",
        "Install that version or a later one; nothing was changed.",
    ),
    "migration-changed": (
        "Step {name} has been carried out already, but its text has changed since.",
        "Put the original file back, and write the change as a step of its own with the next number.",
    ),
    "migration-failed": (
        "Step {name} could not be carried out ({reason}).",
        "The warehouse is as it was before. Correct the cause and start again.",
    ),
    "disk-full": (
        "The disk is full.",
        "Make room and try again.",
    ),
    "warehouse-closed": (
        "The warehouse is closed.",
        "Start the server again.",
    ),
    "warehouse-memory": (
        "PACTBOARD_MEMORY is no size of memory: {value}.",
        "Set it to a size like 512MB or 2GB, or leave it out.",
    ),
    "memory-short": (
        "The {most} of memory that the engine may take are too little for this.",
        "Set PACTBOARD_MEMORY to more for this one time, such as 4GB, and start it again.",
    ),
    "warehouse-busy": (
        "The warehouse has too much to do at this moment.",
        "Try again in a few seconds.",
    ),
    "not-saved": (
        "The change could not be confirmed as saved ({reason}).",
        "Correct the cause, look whether the change is there, and otherwise try again.",
    ),
    "warehouse-reopening": (
        "The warehouse is being opened again after a failure of the disk.",
        "Try again in a few seconds.",
    ),
    "still-counted": (
        "{rows} rows of the member register are new and are still being counted.",
        "Nothing is missing. Look again in a few minutes: a million rows take about one minute.",
    ),
    "records-still-counted": (
        "{rows} rows of cases, consents and care are new and are still being counted.",
        "Nothing is missing. Look again in a minute: a million rows take some seconds.",
    ),
    "writer-busy": (
        "Too many answers are arriving at this moment.",
        "Send it again in a few seconds; it will count once.",
    ),
    "writer-failed": (
        "The answers could not be confirmed as saved.",
        "Send them again; they will count once.",
    ),
    "questionnaire-version-immutable": (
        "Version {version} of the questionnaire {questionnaire} is published and differs from this one.",
        "A published version does not change: give the edited questionnaire the next version number.",
    ),
    "questionnaire-breaks-answers": (
        "Answers given so far would no longer mean the same as new ones ({changes}).",
        "Give the question a new code ({codes}): answers under the old code stay as they are.",
    ),
    "questionnaire-edited": (
        "Version {version} was published meanwhile; this text was made from version {replaced}.",
        "Look at the differences, and carry your changes over to the latest version.",
    ),
    "survey-name-taken": (
        "The survey {survey} exists already, with the questionnaire {questionnaire}.",
        "Choose another name for the new survey.",
    ),
    "contract-version-immutable": (
        "Version {version} of the contract {contract} is loaded and differs from this one.",
        "A loaded version does not change: give the edited contract the next version number.",
    ),
    "contract-days-taken": (
        "The period {period} belongs to the contract {other}: two contracts cannot judge the same days.",
        "Load it as the next version of {other}, or end {other} earlier by a supplement. Where {other} was "
        "loaded by mistake, withdraw it by “python -m warehouse contract --withdraw {other}”. A contract "
        "that has nothing to do with it belongs into a warehouse of its own (PACTBOARD_WAREHOUSE).",
    ),
    "contract-unknown": (
        "No contract of that id counts here.",
        "Write one of these: {known}.",
    ),
    "contract-sealed": (
        "The periods {first} to {last} are sealed by this contract: what is sealed stays.",
        "Change what comes by a supplement: the next version, with its first day.",
    ),
    "example-is-older": (
        "This warehouse holds the example as an earlier release shipped it; the file is today's example.",
        "Nothing is wrong with it: keep it, or load today's example in a new folder (PACTBOARD_WAREHOUSE).",
    ),
    "secret-unreadable": (
        "The file with the secret of the signed-in links cannot be used ({reason}).",
        "Correct the file's permissions, or delete it: a new one is made, and older links and sign-ins end.",
    ),
}


def core_error(code: str, where: str = "", **values: object) -> WarehouseError:
    """The error with one of the codes above; `values` fill its texts."""
    what, todo = CORE[code]
    return WarehouseError(Problem(code, where, what, todo, values))

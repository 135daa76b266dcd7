"""What can be wrong with an anonymous survey: code -> what is wrong, what to do."""

from collections.abc import Mapping

from warehouse.problems import Problem, WarehouseError

# Every text stands in locale/<language>/anonymity.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "anonymous-begun": (
        "Somebody has answered or opened the survey {survey} already.",
        "Publish the questionnaire as a survey of another name, and make that one anonymous first.",
    ),
    "anonymous-personal": (
        "The questionnaire asks who somebody is, or for files ({codes}), and {survey} is to be anonymous.",
        "Take these questions out.",
    ),
    "anonymous-member": (
        "Texts or conditions of the questionnaire speak of the member ({names}), and {survey} is to be "
        "anonymous: nothing is known of anybody there.",
        "Take these names out, or ask for what they say.",
    ),
    "anonymous-limits": (
        "The survey {survey} is anonymous: its answers are not counted before it is closed.",
        "Take its limit and its quotas away.",
    ),
    "anonymous-opened": (
        "The survey {survey} is anonymous and its answers have been opened: it stays closed.",
        "Publish the questionnaire as a survey of another name to ask it again.",
    ),
    "anonymous-import": (
        "The survey {survey} is anonymous: only its own form takes answers.",
        "Name another survey.",
    ),
    "anonymous-key": (
        "The key of the anonymous answers cannot be read or written ({reason}).",
        "Put the file back from the backup of this warehouse, readable by this user: without it nobody can "
        "read the answers.",
    ),
}


def problem(code: str, where: str = "", **values: object) -> Problem:
    """The problem with one of the codes above; `values` fill its texts."""
    what, todo = WORDINGS[code]
    return Problem(code, where, what, todo, values)


def refusal(code: str, where: str = "", **values: object) -> WarehouseError:
    """The same as an error to raise."""
    return WarehouseError(problem(code, where, **values))

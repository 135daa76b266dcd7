"""Sharing a survey: by its name, and what can be wrong with it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from warehouse.importing.problems import shown
from warehouse.problems import Problem, WarehouseError
from warehouse.surveys import Survey, surveys

if TYPE_CHECKING:
    from warehouse.database import Warehouse

# code -> (what is wrong, what to do); every text stands in locale/<language>/sharing.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "frame-host": (
        "{given} is not the address of a website.",
        "Write scheme and name without a path, such as https://www.example.org or https://*.example.org.",
    ),
    "frame-hosts-many": (
        "These are more than {most} websites.",
        "Use a wildcard such as https://*.example.org.",
    ),
    "share-survey": (
        "There is no survey {survey}. There are: {known}.",
        "Name one of these.",
    ),
    "share-question": (
        "An e-mail takes a scale of at most eleven points that everybody is asked. There are: {known}.",
        "Name one of these.",
    ),
    "share-file-kind": (
        "The name of the file does not end in .png or .svg.",
        "Name it so: the end says what it becomes.",
    ),
    "share-file": (
        "The file cannot be written there ({reason}).",
        "Name a file in a folder that exists and that this user may write to.",
    ),
}


def named_survey(warehouse: "Warehouse", slug: str) -> Survey:
    """The survey of that name. Raises WarehouseError("share-survey")."""
    found = {each.slug: each for each in surveys(warehouse)}
    if slug not in found:
        raise refusal("share-survey", survey=slug, known=", ".join(found))
    return found[slug]


def refusal(code: str, where: str = "", **values: object) -> WarehouseError:
    """The problem with one of the codes above as an error; `values`, which may be typed by people, fill its
    texts."""
    what, todo = WORDINGS[code]
    fill = {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}
    return WarehouseError(Problem(code, shown(where), what, todo, fill))

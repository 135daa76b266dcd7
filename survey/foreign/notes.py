"""Gathers what was left out or changed while a foreign form was read."""

from collections.abc import Collection

from survey.foreign.wordings import WORDINGS
from survey.problems import Problem, worded

_MOST_NAMES = 30


def note(code: str, where: str, /, **values: object) -> Problem:
    """The Problem of that code. Raises KeyError for a code without words."""
    return worded(WORDINGS, code, where, **values)


class Notes:
    """Notes one by one, and those that a form would repeat a hundred times once for the whole file."""

    def __init__(self, name: str) -> None:
        """`name` is the file's."""
        self._name = name
        self._told: dict[tuple[str, str, str], Problem] = {}
        self._gathered: dict[str, dict[str, int]] = {}

    def tell(self, code: str, where: str, /, **values: object) -> None:
        """Note one thing, once."""
        found = note(code, where, **values)
        self._told.setdefault((code, where, str(found.values)), found)

    def gather(self, code: str, what: str) -> None:
        """Count one more of the kind; `what` is named in the note."""
        named = self._gathered.setdefault(code, {})
        named[what] = named.get(what, 0) + 1

    def all(self) -> tuple[Problem, ...]:
        """Everything that was noted, that of the whole file last."""
        whole = (
            note(code, self._name, raw=_few(named), count=sum(named.values()))
            for code, named in self._gathered.items()
        )
        return (*self._told.values(), *whole)


def _few(names: Collection[str]) -> tuple[str, ...]:
    """The first of these names, each printable and short."""
    shown = ["".join(char for char in name if char.isprintable())[:40] for name in names]
    return (*shown[:_MOST_NAMES], *(("…",) if len(shown) > _MOST_NAMES else ()))

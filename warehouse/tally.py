"""How many responses a survey has, in all and with certain choices: only what came since is counted anew."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

Choice = tuple[str, str]
"""A question's code and a choice's."""


class Ask(Protocol):
    """Rows of a query of `queries/`, by its name and parameters."""

    def __call__(self, sql_name: str, **params: object) -> list[tuple[Any, ...]]: ...


@dataclass(slots=True)
class _Counted:
    until_seq: int = 0
    responses: int = 0
    chosen: Counter[Choice] = field(default_factory=Counter)


class Tallies:
    """Thread-safe. What is stored stays stored, and ingest_seq only grows, so counts are kept; after an
    erasure `forget` makes them anew."""

    def __init__(self) -> None:
        self._counted: dict[tuple[str, tuple[Choice, ...]], _Counted] = {}
        self._lock = threading.Lock()

    def forget(self) -> None:
        """Count everything anew."""
        with self._lock:
            self._counted = {}

    def count(self, ask: Ask, survey: str, choices: Sequence[Choice]) -> tuple[int, Mapping[Choice, int]]:
        """The responses to the survey that `ask` sees as stored, and those with each of the choices."""
        with self._lock:
            known = self._counted.setdefault((survey, tuple(choices)), _Counted())
            here = {"survey": survey, "after_seq": known.until_seq}
            ((responses, until_seq),) = ask("life/given", **here)
            chosen: Counter[Choice] = Counter()
            if choices and responses:
                lists = {"questions": [each[0] for each in choices], "choices": [each[1] for each in choices]}
                for question, choice, number in ask("life/chosen", **here, **lists, until_seq=until_seq):
                    chosen[question, choice] = number
            # Only when all of it was read: else the next asker counts the same once more.
            known.until_seq = until_seq
            known.responses += responses
            known.chosen.update(chosen)
            return known.responses, Counter(known.chosen)

"""What became of a register file, in values: for the command line and the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey.problems import Problem as SurveyProblem
from warehouse.problems import Problem
from warehouse.registering.mapping import Kind

Anything = Problem | SurveyProblem
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """A way in which rows were refused, or taken though odd: how many, the first of their numbers, an
    example of the cell."""

    column: str
    raw: str
    problem: Anything
    count: int
    first_rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """`stored` + `changed` + `known` + `refused` + `left_out` = `rows`; a mere check stores nothing.

    `changed` rows say something else than before and count from now on; the earlier ones stay in the history.
    `new_members` are those whom only this file knew. `faults` are the most frequent first; `odd` were taken
    as they stand."""

    kind: Kind
    file: str
    sha256: str
    mapping: str
    rows: int
    stored: int
    changed: int
    known: int
    refused: int
    left_out: int
    new_members: int
    faults: Sequence[Fault]
    odd: Sequence[tuple[str, Problem, int]]
    unread: Sequence[str]

    @property
    def takes_nothing(self) -> bool:
        """Whether no row of the file can be taken."""
        return self.rows == self.refused + self.left_out

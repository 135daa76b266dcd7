"""What is wrong with a contract file: where it stands, what is wrong, and what to write instead."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from contract.texts import Message, translate


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. `what` and `todo` are English templates that `values` fill, messages among
    them in the language asked for.

    `key` is the path in the file, such as `spec.targets[0].metric`; `line` and `column` count from 1 and
    are None where the contract did not come from a file.
    """

    code: str
    key: str
    what: str
    todo: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None
    column: int | None = None
    file: str = ""

    @property
    def where(self) -> str:
        """File, line, column and key, the same in every language: `contract.yaml:12:5 spec.parties.A`."""
        place = self.file if self.line is None else f"{self.file}:{self.line}:{self.column}"
        return f"{place} {self.key}".strip()

    def words(self, language: str) -> str:
        """The whole problem as a sentence in `language` ("zh" or "en")."""
        values = {
            name: value.words(language) if isinstance(value, Message) else value
            for name, value in self.values.items()
        }
        what = translate(self.what, language, **values)
        todo = translate(self.todo, language, **values)
        return translate("{where}: {what}. {todo}", language, where=self.where, what=what, todo=todo)


def problem(code: str, key: str, what: str, todo: str, /, **values: object) -> Problem:
    """A problem whose line is not known yet."""
    return Problem(code, key, what, todo, values)


class ContractError(Exception):
    """A contract that cannot be accepted; `problems` holds everything found, in the order of the file."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(one.words("en") for one in problems))
        self.problems = problems

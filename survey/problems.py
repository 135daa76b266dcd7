"""What is wrong, said so that a person can mend it: code, where, what, what to do, in their language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey.languages import pick
from survey.texts import translate
from survey.wordings import WORDINGS


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a wording that is itself a message of the catalogue."""

    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal. `code` is stable and for programs; `where` is a question code, or a file, line and key;
    `what` and `todo` are English templates (also the catalogue's messages) filled with `values`: plain ones,
    Terms, and texts by language."""

    code: str
    where: str
    what: str
    todo: str
    values: Mapping[str, object] = field(default_factory=dict)

    def words(self, language: str) -> str:
        """The whole sentence, "where: what. todo", for a list, a log or a command line."""
        advice = self.advice(language)
        if not self.where:
            return advice
        return translate("{where}: {advice}", language, where=self.where, advice=advice)

    def advice(self, language: str) -> str:
        """The sentence without its place, "what. todo", for showing beside the field itself."""
        what, todo = self.parts(language)
        return translate("{what}. {todo}", language, what=what, todo=todo)

    def parts(self, language: str) -> tuple[str, str]:
        """What is wrong and what to do, apart, for programs."""
        values = {name: _said(value, language) for name, value in self.values.items()}
        what, todo = (translate(text, language).format(**values) for text in (self.what, self.todo))
        return what, todo


class SurveyError(Exception):
    """Something was refused; `problems` says what, one by one."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(problem.words("en") for problem in problems))
        self.problems = problems


def problem(code: str, where: str, **values: object) -> Problem:
    """The Problem of that code in `wordings`. Strings among the values may be foreign and are made printable;
    a tuple of strings is our own list. Raises KeyError for a code without words."""
    return worded(WORDINGS, code, where, **values)


def worded(wordings: Mapping[str, tuple[str, str]], code: str, where: str, /, **values: object) -> Problem:
    """The same, from other wordings."""
    what, todo = wordings[code]
    shown = {name: _shown(value) for name, value in values.items()}
    return Problem(code, _printable(where, 200), what, todo, shown)


def _shown(value: object) -> object:
    if isinstance(value, tuple):
        return value if any(isinstance(part, Term) for part in value) else ", ".join(value)
    if isinstance(value, Mapping):
        return {language: _printable(text, 500).rstrip("。.") for language, text in value.items()}
    return _printable(value, 60) if isinstance(value, str) else value


def _said(value: object, language: str) -> object:
    if isinstance(value, Term):
        return translate(value.message, language)
    if isinstance(value, tuple):
        return ", ".join(str(_said(part, language)) for part in value)
    return pick(value, language, language)[0] if isinstance(value, Mapping) else value


def _printable(text: str, limit: int) -> str:
    """The text cut to `limit` characters, with control characters and lone surrogates escaped."""
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in cut)

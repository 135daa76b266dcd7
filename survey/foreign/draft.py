"""Puts questions together one by one: codes, pages, conditions; the names that later ones may speak of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from survey.expression import Kind
from survey.foreign.codes import question_code
from survey.foreign.conditions import Known, condition_of, rule_of
from survey.foreign.content import INVALID, Content, Imported, must_hold, question_of
from survey.foreign.notes import Notes, note
from survey.foreign.tree import Tree, Untranslatable
from survey.logic import kinds
from survey.problems import SurveyError
from survey.question import Question
from survey.reading import questionnaire_of
from survey.strict_yaml import Document, Key
from survey.texts import translate

_LONGEST_CODE = 40
_DISPENSABLE = ("validation", "number", "date", "min_choices", "max_choices", "max_length", "randomise")


@dataclass(frozen=True, slots=True)
class Shown:
    """When something is shown: conditions that all must hold, and whether one of them cannot be said."""

    parts: tuple[str, ...] = ()
    unsaid: bool = False


class Draft:
    """The questions so far. `known` gives for each name as the form writes it what it means here."""

    def __init__(self, languages: Sequence[str], notes: Notes) -> None:
        self._languages, self._notes = languages, notes
        self._kinds: dict[str, Kind] = {}
        self._taken: set[str] = set()
        self._breaks = False
        self._questions: list[Content] = []
        self._lines: list[int] = []
        self.known: dict[str, Known] = {}

    def break_page(self) -> None:
        """Begin a page with the next question."""
        self._breaks = True

    def code(self, raw: str, place: int, where: str, parts: Collection[str] = (), ours: bool = False) -> str:
        """A code for a name of theirs, free for itself and with `_part` behind it; `ours` says that the name
        was made up here."""
        longest = _LONGEST_CODE - max((len(part) + 1 for part in parts), default=0)
        refused: set[str] = set()
        while True:
            code = question_code(
                raw, place, self._taken | refused if refused else self._taken, max(longest, 4)
            )
            if not any(f"{code}_{part}" in self._taken for part in parts):
                break
            refused.add(code)
        self._taken |= {code, *(f"{code}_{part}" for part in parts)}
        if not ours:
            self.tell_code(raw, code, where)
        return code

    def tell_code(self, raw: str, code: str, where: str) -> None:
        """Say what a name became: of mere capital letters once for the whole file."""
        if code == raw.lower() != raw:
            self._notes.gather("import-names-lower", raw)
        elif code != raw:
            self._notes.tell("import-name-changed", where, raw=raw, code=code)

    def shown(self, tree: Tree | None, raw: str, where: str, outer: Shown) -> Shown:
        """When something inside `outer` is shown that has a condition of its own; None is one that cannot be
        read."""
        try:
            if tree is None:
                raise Untranslatable
            said = condition_of(tree, self.known)
            must_hold(said, self._kinds)
        except Untranslatable:
            self._notes.tell("import-condition", where, raw=raw)
            return Shown(outer.parts, True)
        return outer if said == "true" else Shown((*outer.parts, said), outer.unsaid)

    def rule(
        self, content: Content, tree: Tree | None, raw: str, where: str, message: Mapping[str, str] | None
    ) -> None:
        """Put a rule about the answer, "." in the tree, into the question; None is one that is not read."""
        question = question_of(content)
        own = kinds(question).get(question.code) if question else None
        try:
            if tree is None or question is None or own is None or question.type in ("consent", "matrix"):
                raise Untranslatable
            said = rule_of(tree, self.known, Known(question.code, own))
            must_hold(said, {**self._kinds, question.code: own})
        except Untranslatable:
            self._notes.tell("import-constraint", where, raw=raw)
            return
        if said == "true":
            return
        if "is_email(" in said:
            self._notes.tell("import-email", where, raw=raw)
        before = content.get("validation")
        if isinstance(before, dict):
            said = f"({before['expression']}) and ({said})"
        words = message or {language: translate(INVALID, language) for language in self._languages}
        content["validation"] = {"expression": said, "message": words}

    def add(self, content: Content, where: str, line: int, shown: Shown) -> Question | None:
        """Add a question; None when it cannot be asked here, which is noted."""
        parts = list(dict.fromkeys(part for part in shown.parts if part != "true"))
        if parts:
            whole = parts[0] if len(parts) == 1 else " and ".join(f"({part})" for part in parts)
            try:
                must_hold(whole, self._kinds)
                content["show_if"] = whole
            except Untranslatable:
                self._notes.tell("import-condition", where, raw=whole)
                content.pop("required", None)
        if shown.unsaid:
            content.pop("required", None)
        question = question_of(content)
        for key in _DISPENSABLE:
            if question is None and key in content:
                self._notes.tell("import-setting", where, raw=f"{key}: {content.pop(key)}")
                question = question_of(content)
        if question is None:
            self._notes.tell("import-question", where, type=str(content.get("type")))
            return None
        if self._breaks and self._questions:
            content["new_page"] = True
        self._breaks = False
        self._questions.append(content)
        self._lines.append(line)
        self._kinds |= kinds(question)
        self._taken |= {item.code for item in question.items}
        return question

    def name(self, foreign: str, code: str, choices: Mapping[str, str] | None = None) -> None:
        """Let later questions speak of an item by the name that the form gives it."""
        if code in self._kinds:
            self.known[foreign] = Known(code, self._kinds[code], choices or {})

    def finished(self, head: Content, name: str) -> Imported:
        """The questionnaire. Raises SurveyError when there is nothing to ask, or the whole does not hold."""
        if not any(question["type"] not in ("section", "image") for question in self._questions):
            raise SurveyError((note("import-nothing", name), *self._notes.all()))
        content = {**head, "questions": self._questions}
        lines: dict[Key, int] = {(): 1}
        lines |= {("questions", at): line for at, line in enumerate(self._lines)}
        return Imported(questionnaire_of(Document(content, lines), name), self._notes.all())

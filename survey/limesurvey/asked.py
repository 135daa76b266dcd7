"""A question of LimeSurvey being read, and what reading each of its types needs."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from survey.foreign.codes import choice_code
from survey.foreign.content import Content
from survey.foreign.draft import Draft, Shown
from survey.foreign.notes import Notes
from survey.foreign.texts import Texts
from survey.foreign.tree import Tree, Untranslatable
from survey.languages import Text
from survey.limesurvey.attributes import Attributes
from survey.limesurvey.expressions import pattern_rule, read_expression
from survey.limesurvey.names import Names
from survey.limesurvey.structure import Question, Words

_LONGEST_PART = 16

Listed = tuple[str, Words]
"""The name of an answer or a subquestion as written there, and its text."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice or a row: its name there, its code here, its text."""

    raw: str
    code: str
    text: Text

    def content(self) -> Content:
        """The piece of definition."""
        return {"code": self.code, "text": dict(self.text)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: where it stands, when it is shown, its texts, whether it must be answered."""

    source: Question
    where: str
    place: int
    attributes: Attributes
    shown: Shown
    text: Text
    help: Text | None
    required: bool

    def content(self, code: str, kind: str, text: Text | None = None) -> Content:
        """What questions of every type say; a text of its own is for a part of the question."""
        content: Content = {"code": code, "type": kind, "text": dict(text or self.text)}
        if self.help and text is None:
            content["help"] = dict(self.help)
        if self.required and kind != "section":
            content["required"] = True
        return content

    @property
    def other(self) -> bool:
        """Whether something that is not on the list may be said."""
        return self.source.cells.cell("other") == "Y"


@dataclass(frozen=True, slots=True)
class Desk:
    """What reading questions works with."""

    texts: Texts
    draft: Draft
    notes: Notes
    names: Names

    def tree(self, source: str) -> Tree | None:
        """The tree of an expression; None when it cannot be read."""
        try:
            return read_expression(source, self.names.meant)
        except Untranslatable:
            return None

    def code(self, asked: Asked, parts: Iterable[str] = (), ending: str = "") -> str:
        """The code of the question, free with each of these parts behind it."""
        raw = f"{asked.source.title}{ending}"
        return self.draft.code(raw, asked.place, f"{asked.where} title", tuple(parts))

    def add(self, asked: Asked, content: Content, choices: Mapping[str, str] | None = None) -> bool:
        """Add a question that stands for the one there."""
        question = asked.source
        if self.draft.add(content, asked.where, question.line, asked.shown) is None:
            return False
        self.draft.name(question.qid, str(content["code"]), choices)
        self.draft.name(f"{question.qid}_other", f"{content['code']}_other")
        return True

    def chosen(self, asked: Asked, listed: Sequence[Listed], what: str) -> list[Chosen]:
        """These answers or subquestions with codes, each once."""
        found: dict[str, Chosen] = {}
        taken = {"other", "comment"}
        for place, (raw, words) in enumerate(listed, start=1):
            if raw in found:
                self.notes.tell("import-choice-merged", f"{asked.where} {what}", raw=raw)
                continue
            code = choice_code(raw, place, taken, _LONGEST_PART)
            taken.add(code)
            self.draft.tell_code(raw, code, f"{asked.where} {what}")
            found[raw] = Chosen(raw, code, self.label(asked, raw, words))
        return list(found.values())

    def label(self, asked: Asked, raw: str, words: Words) -> Text:
        """The text of an answer or a subquestion, its name where it has none."""
        where = f"{asked.where} {raw}"
        text = self.texts.of(words, where, self.draft.known)
        return self.texts.made(raw, where) if text is None else text

    def answers(self, asked: Asked, scale: int = 0) -> list[Listed]:
        """The answers on offer."""
        return [(answer.code, answer.text) for answer in asked.source.answers if answer.scale == scale]

    def subquestions(self, asked: Asked, scale: int = 0) -> list[Listed]:
        """Those of one scale."""
        return [(row.title, row.text) for row in asked.source.rows(scale)]

    def conditions(self, asked: Asked) -> dict[str, str]:
        """Subquestion -> its own condition, where it has one."""
        conditions = {part.title: part.cells.cell("relevance") for part in asked.source.subquestions}
        return {title: said for title, said in conditions.items() if said not in ("", "1")}

    def tell_conditions(self, asked: Asked) -> None:
        """Say that subquestions with a condition are offered all the same."""
        for title, said in self.conditions(asked).items():
            self.notes.tell("import-part-condition", f"{asked.where} {title}", raw=said)

    def free(self, asked: Asked) -> Content:
        """The type of a question for a text, or for a number where only numbers may be typed."""
        if asked.attributes.is_on("numbers_only"):
            return {"type": "number", "number": asked.attributes.number()}
        length = asked.attributes.whole("maximum_chars", most=100_000)
        kind = "long_text" if asked.source.type in "TU" else "short_text"
        return {"type": kind, **({"max_length": length} if length else {})}

    def rule(self, asked: Asked, content: Content) -> None:
        """Put what an answer must fulfil into the question."""
        attributes, texts = asked.attributes, self.texts
        written = attributes.by_language("em_validation_q_tip", texts)
        message = texts.of(written, f"{asked.where} em_validation_q_tip", self.draft.known)
        pattern = asked.source.cells.cell("preg")
        if pattern:
            self.draft.rule(content, pattern_rule(pattern), pattern, f"{asked.where} preg", message)
        rule = attributes.get("em_validation_q")
        if rule:
            # Of itself the question may also speak by its title.
            title = re.compile(rf"\b{re.escape(asked.source.title)}\b(?!_)")
            tree = self.tree(title.sub("self", rule) if asked.source.title else rule)
            self.draft.rule(content, tree, rule, f"{asked.where} em_validation_q", message)


def codes(listed: Sequence[Chosen]) -> dict[str, str]:
    """Name there -> code here."""
    return {choice.raw: choice.code for choice in listed}

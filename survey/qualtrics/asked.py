"""A question of Qualtrics being read, and what reading each of its types needs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from survey.foreign.codes import choice_code
from survey.foreign.content import INVALID, Content
from survey.foreign.draft import Draft, Shown
from survey.foreign.notes import Notes
from survey.foreign.texts import Texts
from survey.languages import Text
from survey.qualtrics.document import Node, decimal, is_on, items, mapping, ordered, whole, words
from survey.texts import translate

_LONGEST_PART = 16
_OTHER = re.compile(
    r"\b(?:other|others|else|andere[rsn]?|sonstige[rs]?|autres?|otr[oa]s?|outr[oa]s?|altr[oi]|annet|anden|annan)\b"
    r"|其他|其它|その他|기타|друг|инше|inn[ey]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice, an answer or a row: its key there, its code here, its text, what else is said of it."""

    key: str
    code: str
    text: Text
    node: Node

    @property
    def has_text(self) -> bool:
        """Whether something may be written beside it."""
        return is_on(self.node.get("TextEntry"))

    @property
    def is_other(self) -> bool:
        """Whether it stands for everything that is not on the list."""
        return self.has_text and any(_OTHER.search(text) for text in self.text.values())

    def content(self, **marks: bool) -> Content:
        """The piece of definition."""
        return {"code": self.code, "text": dict(self.text), **marks}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its id and its parts there, where it stands, when it is shown, its text."""

    qid: str
    node: Node
    where: str
    place: int
    shown: Shown
    text: Text

    @property
    def tag(self) -> str:
        """Its name in exports."""
        return words(self.node.get("DataExportTag")) or self.qid

    @property
    def settings(self) -> Node:
        """What an answer must fulfil."""
        return mapping(mapping(self.node.get("Validation")).get("Settings"))

    @property
    def required(self) -> bool:
        """Whether an answer is forced."""
        return words(self.settings.get("ForceResponse")) == "ON" and (
            words(self.settings.get("ForceResponseType")) != "RequestResponse"
        )

    @property
    def configuration(self) -> Node:
        """How it is drawn."""
        return mapping(self.node.get("Configuration"))

    def content(self, code: str, kind: str, text: Text | None = None) -> Content:
        """What questions of every type say."""
        content: Content = {"code": code, "type": kind, "text": dict(text or self.text)}
        if self.required and kind != "section":
            content["required"] = True
        return content


@dataclass(frozen=True, slots=True)
class Desk:
    """What reading questions works with."""

    texts: Texts
    draft: Draft
    notes: Notes

    def words(self, asked_node: Node, path: Sequence[str]) -> dict[str, str]:
        """Language -> the text at that path, of the question and of its translations."""
        found = {self.texts.main: _at(asked_node, path)}
        for language, translated in items(asked_node.get("Language")):
            found.setdefault(language, _at(mapping(translated), path))
        return found

    def code(self, asked: Asked, parts: Iterable[str] = ()) -> str:
        """The code of the question, free with each of these parts behind it."""
        return self.draft.code(asked.tag, asked.place, f"{asked.where} DataExportTag", tuple(parts))

    def add(
        self, asked: Asked, content: Content, name: str = "", choices: dict[str, str] | None = None
    ) -> bool:
        """Add a question, and let logic speak of it by that name, else by its id."""
        if self.draft.add(content, asked.where, 1, asked.shown) is None:
            return False
        self.draft.name(name or asked.qid, str(content["code"]), choices)
        return True

    def chosen(self, asked: Asked, what: str) -> list[Chosen]:
        """The "Choices" or the "Answers" with codes: what exports call them where that tells them apart."""
        order = asked.node.get(f"{what.removesuffix('s')}Order")
        listed = ordered(asked.node.get(what), order)
        names = self._names(asked, what, [key for key, _ in listed])
        found: list[Chosen] = []
        taken = {"other"}
        for place, (key, node) in enumerate(listed, start=1):
            code = choice_code(names.get(key, key), place, taken, _LONGEST_PART)
            taken.add(code)
            where = f"{asked.where} {what} {key}"
            if node.get("DisplayLogic"):
                self.notes.tell("import-part-condition", where, raw="DisplayLogic")
            text = self.texts.of(self.words(asked.node, (what, key, "Display")), where, self.draft.known)
            found.append(Chosen(key, code, text or self.texts.made(key, where), node))
        return found

    @staticmethod
    def _names(asked: Asked, what: str, keys: Sequence[str]) -> dict[str, str]:
        """Key -> its name in exports, when these are different."""
        is_matrix = bool(asked.node.get("Answers"))
        source = "ChoiceDataExportTags" if is_matrix and what == "Choices" else "RecodeValues"
        prefix = re.compile(rf"{re.escape(asked.tag)}_")
        written = {key: words(value) for key, value in items(asked.node.get(source))}
        names = {key: prefix.sub("", written.get(key, ""), count=1) for key in keys}
        codes = [re.sub("[^a-z0-9_]+", "_", name.lower()).strip("_") for name in names.values()]
        return names if all(codes) and len(set(codes)) == len(codes) else {}

    def number(self, asked: Asked) -> Content:
        """The key "number" of a question for a number, as a content type or a slider says."""
        rule = mapping(asked.settings.get("ValidNumber"))
        limits: Content = {"decimals": 6}
        places = whole(rule.get("NumDecimals"))
        if places is not None and 0 <= places <= 6:
            limits["decimals"] = places
        for key, name in (("min", "Min"), ("max", "Max")):
            value = decimal(rule.get(name))
            if value is not None:
                limits[key] = value
        return limits

    def invalid(self) -> dict[str, str]:
        """What is said of an answer that is refused."""
        return {language: translate(INVALID, language) for language in self.texts.languages}

    def left_out(self, asked: Asked, *names: str) -> None:
        """Say which of these settings are not carried over."""
        for name in names:
            if asked.node.get(name):
                self.notes.tell("import-setting", f"{asked.where} {name}", raw=name)


def _at(node: Node, path: Sequence[str]) -> str:
    value: object = node
    for key in path:
        value = dict(items(value)).get(key)
    return words(value)

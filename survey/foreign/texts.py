"""The texts of a foreign form as texts of ours: plain, by language, with earlier answers put in."""

import re
from collections.abc import Callable, Mapping, Sequence

from survey.characters import unfit_character, with_plain_newlines
from survey.foreign.conditions import Known
from survey.foreign.markup import LONGEST, plain_text
from survey.foreign.notes import Notes
from survey.languages import is_missing, normalise_language

Pipe = Callable[[str, Mapping[str, Known]], str | None]
"""From a reference as written to an expression of ours; None when it cannot be said."""

_SPOKEN = ("zh", "en")


def without_unfit(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the characters that cannot be kept, and what these were: "U+0000"."""
    text = with_plain_newlines(text)
    removed: list[str] = []
    while character := unfit_character(text):
        removed.append(character)
        text = text.replace(chr(int(character.removeprefix("U+"), 16)), "")
    return text, tuple(removed)


def with_parted_braces(text: str) -> str:
    """The text with doubled braces taken apart, since here they mean an earlier answer."""
    while "{{" in text:
        text = text.replace("{{", "{ {")
    return text


def in_order(texts: Mapping[str, str], languages: Sequence[str], default: str) -> tuple[dict[str, str], str]:
    """The texts in the order of the languages, and the language that the default one had to borrow from, ""
    for none. At least one text must be there."""
    lender = "" if default in texts else next(iter(texts))
    whole = {**texts, default: texts[lender or default]}
    return {language: whole[language] for language in languages if language in whole}, lender


class Texts:
    """Makes texts. `languages` gives for each language as the form names it the code it has here."""

    def __init__(
        self, languages: Mapping[str, str], default: str, notes: Notes, reference: re.Pattern[str], pipe: Pipe
    ) -> None:
        self.codes = languages
        self.main = next((named for named, code in languages.items() if code == default), "")
        self.languages = tuple(dict.fromkeys(languages.values()))
        self.default = default
        self._notes, self._reference, self._pipe = notes, reference, pipe

    def of(self, written: Mapping[str, str], where: str, known: Mapping[str, Known]) -> dict[str, str] | None:
        """The text in every language that has one; None when none has."""
        texts: dict[str, str] = {}
        for named, text in written.items():
            code = self.codes.get(named)
            if code is None or code in texts or is_missing(text):
                continue
            said = self._clean(text, where, known)
            if not is_missing(said):
                texts[code] = said
        if not texts:
            return None
        found, lender = in_order(texts, self.languages, self.default)
        if lender:
            self._notes.tell("import-text-borrowed", where, language=lender)
        return found

    def made(self, name: str, where: str) -> dict[str, str]:
        """A text made of a name, since there is none, which is noted."""
        self._notes.tell("import-text-made", where, raw=name)
        said = with_parted_braces(without_unfit(name)[0])
        return {self.default: "…" if is_missing(said) else said}

    def _clean(self, text: str, where: str, known: Mapping[str, Known]) -> str:
        if len(text) > LONGEST:
            self._notes.tell("import-text-long", where, length=len(text), limit=LONGEST)
            text = text[:LONGEST]
        plain = plain_text(text)
        if plain.formatted:
            self._notes.gather("import-markup", "HTML")
        for tag in plain.lost:
            self._notes.tell("import-markup-lost", where, raw=f"<{tag}>")
        said, removed = without_unfit(plain.text)
        for character in removed:
            self._notes.tell("import-character", where, character=character)

        def answer(found: re.Match[str]) -> str:
            expression = self._pipe(found[0], known)
            if expression is not None:
                return f"{{{{ {expression} }}}}"
            self._notes.tell("import-piping", where, raw=found[0])
            return "…"

        pieces: list[str] = []
        place = 0
        for found in self._reference.finditer(said):
            pieces += [self._braces(said[place : found.start()], where), answer(found)]
            place = found.end()
        return "".join((*pieces, self._braces(said[place:], where)))

    def _braces(self, text: str, where: str) -> str:
        parted = with_parted_braces(text)
        if parted != text:
            self._notes.tell("import-braces", where)
        return parted


def codes_of(named: Sequence[str], special: Mapping[str, str], where: str, notes: Notes) -> dict[str, str]:
    """Language as the form names it -> code; `special` are names that are no tags. What cannot be told, or
    comes twice, is left out and noted."""
    found: dict[str, str] = {}
    for name in dict.fromkeys(named):
        code = special.get(name) or normalise_language(name)
        if not code:
            notes.tell("import-language-unknown", where, raw=name)
        elif code in found.values():
            notes.tell("import-language-twice", where, raw=name, language=code)
        else:
            found[name] = code
            if code not in _SPOKEN:
                notes.tell("import-language-other", where, language=code)
    return found

"""What the headings of a sheet mean: `label::Chinese (zh)` is the label in zh."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale

from survey.languages import normalise_language
from survey.problems import Problem
from survey.xlsform.wordings import note
from survey.xlsform.workbook import Sheet

PLAIN = ""
"""In place of a language: the heading names none."""

TEXTS = frozenset(
    {
        "label",
        "hint",
        "constraint_message",
        "pactboard_low",
        "pactboard_high",
        "pactboard_title",
        "pactboard_intro",
        "pactboard_thanks",
    }
)
_OTHER_TEXTS = frozenset({"guidance_hint", "required_message", "image", "big-image", "audio", "video"})
_ALIASES: Mapping[str, str] = {
    "command": "type",
    "tag": "name",
    "value": "name",
    "caption": "label",
    "relevance": "relevant",
    "list name": "list_name",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
    "requiredmsg": "required_message",
    "required message": "required_message",
    "constraint message": "constraint_message",
    "calculate": "calculation",
    "readonly": "read_only",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
    "title": "form_title",
    "id_string": "form_id",
}
_TAGGED = re.compile(r".*\(\s*([A-Za-z0-9_-]+)\s*\)\s*")
_NAMED_THEMSELVES = (
    "ar",
    "de",
    "es",
    "fr",
    "hi",
    "id",
    "it",
    "ja",
    "ko",
    "pt",
    "ru",
    "th",
    "tr",
    "uk",
    "vi",
    "zh",
)
_USUAL = {
    "chinese simplified": "zh",
    "simplified chinese": "zh",
    "中文": "zh",
    "简体中文": "zh",
    "bahasa": "id",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading as written, what it names, and the language code of its texts (PLAIN where none is named)."""

    heading: str
    meaning: str
    language: str = PLAIN


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet that can be told; `notes` says which cannot."""

    of: Mapping[str, tuple[Column, ...]]
    notes: tuple[Problem, ...]

    def cell(self, row: Mapping[str, str], meaning: str) -> str:
        """The text of that column in a row, "" when it is blank or has no column."""
        for column in self.of.get(meaning, ()):
            if row.get(column.heading):
                return row[column.heading]
        return ""

    def text(self, row: Mapping[str, str], meaning: str) -> dict[str, str]:
        """Language -> text, as written; PLAIN for a column without a language."""
        return {
            column.language: row[column.heading]
            for column in self.of.get(meaning, ())
            if column.heading in row
        }


def columns(sheet: Sheet, name: str) -> Columns:
    """The columns of a sheet of that name."""
    of: dict[str, tuple[Column, ...]] = {}
    notes: list[Problem] = []
    for heading in sheet.headings:
        column = _column(heading)
        where = f"{name}:1 {heading}"
        if column is None:
            notes.append(note("xlsform-language-unknown", where, raw=heading))
        elif column.language in {other.language for other in of.get(column.meaning, ())}:
            if column.meaning in TEXTS:
                notes.append(note("xlsform-language-twice", where, language=column.language or "-"))
            else:
                notes.append(note("xlsform-column", where, raw=heading))
        else:
            of[column.meaning] = (*of.get(column.meaning, ()), column)
    return Columns(of, tuple(notes))


def languages(found: Iterable[Columns]) -> Iterator[str]:
    """The languages that labels, hints and messages name, in their order, each once."""
    seen: set[str] = set()
    for part in found:
        for meaning in ("label", "hint", "constraint_message", "pactboard_title"):
            for column in part.of.get(meaning, ()):
                if column.language != PLAIN and column.language not in seen:
                    seen.add(column.language)
                    yield column.language


def _column(heading: str) -> Column | None:
    """None when it is a text in a language that cannot be told."""
    first, parted, rest = heading.partition("::")
    if not parted:
        first, parted, rest = heading.partition(":")
        if first.strip().lower() not in TEXTS | _OTHER_TEXTS | {"media"}:
            first, parted, rest = heading, "", ""
    meaning = _meaning(first)
    if meaning == "media" and parted:
        meaning, parted, rest = _meaning(rest.partition(":")[0]), "", ""
    if meaning == "bind" and parted:
        return Column(heading, _meaning(rest))
    if meaning not in TEXTS or not parted:
        return Column(heading, meaning, PLAIN if meaning in TEXTS else rest)
    if rest.strip().lower() == "default":
        return Column(heading, meaning)
    language = language_code(rest)
    return Column(heading, meaning, language) if language else None


def _meaning(heading: str) -> str:
    plain = " ".join(heading.split()).lower()
    return _ALIASES.get(plain, plain)


def language_code(named: str) -> str:
    """The code of a language as XLSForm names it: "Chinese (zh)", "zh-CN", "Chinese"; "" when it cannot be
    told."""
    tagged = _TAGGED.fullmatch(named)
    if tagged and normalise_language(tagged[1]):
        return normalise_language(tagged[1])
    name = named.partition("(")[0].strip().lower()
    return _by_name().get(name, "") or normalise_language(named)


@cache
def _by_name() -> Mapping[str, str]:
    """Names of languages in English, in Chinese and, of the larger ones, in themselves -> two or three
    letters."""
    found: dict[str, str] = {}
    for reader in ("zh", "en"):
        for code, name in Locale(reader).languages.items():
            if "_" not in code:
                found[name.lower()] = code
    for code in _NAMED_THEMSELVES:
        found[(Locale(code).get_language_name() or code).lower()] = code
    return {**found, **_USUAL}

"""Writes .lss files as LimeSurvey does: in the layout up to version 3, or in that since version 4."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

Words = Mapping[str, str] | str
"""A text by language; a plain one is in English."""


@dataclass
class Sub:
    """A subquestion."""

    title: str
    text: Words
    scale: int = 0
    relevance: str = "1"


@dataclass
class Q:
    """A question; answers are code -> text, of the second scale in `more`."""

    type: str
    title: str
    text: Words = "A question?"
    subs: tuple[Sub, ...] = ()
    answers: Mapping[str, Words] = field(default_factory=dict)
    more: Mapping[str, Words] = field(default_factory=dict)
    help: Words = ""
    other: str = "N"
    mandatory: str = "N"
    relevance: str = "1"
    preg: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[tuple[str, str, str], ...] = ()


@dataclass
class G:
    """A group of questions."""

    text: Words
    questions: tuple[Q, ...]
    relevance: str = ""
    help: Words = ""


class Options(TypedDict, total=False):
    """What `lss` takes beside the questions."""

    version: int
    languages: str
    settings: Mapping[str, str]
    texts: Mapping[str, Words]


def lss(
    *groups: G | Q,
    version: int = 641,
    languages: str = "en",
    settings: Mapping[str, str] | None = None,
    texts: Mapping[str, Words] | None = None,
) -> bytes:
    """The file; questions outside a group are put into one. From version 400 on texts stand apart."""
    loose = tuple(part for part in groups if isinstance(part, Q))
    whole = [part for part in groups if isinstance(part, G)] + ([G("Questions", loose)] if loose else [])
    named = languages.split()
    writer = _Writer(named, split=version >= 400)
    for place, group in enumerate(whole, start=1):
        writer.group(place, group)
    survey = {
        "sid": "12345",
        "language": named[0],
        "additional_languages": " ".join(named[1:]),
        "format": "G",
        **(settings or {}),
    }
    writer.tables["surveys"] = [survey]
    writer.tables["surveys_languagesettings"] = [
        {
            "surveyls_language": language,
            **{key: _in(words, language) for key, words in (texts or {"surveyls_title": "A survey"}).items()},
        }
        for language in named
    ]
    return writer.file(version)


def _in(words: Words, language: str) -> str:
    return words if isinstance(words, str) else words.get(language, "")


class _Writer:
    def __init__(self, languages: list[str], split: bool) -> None:
        self.tables: dict[str, list[dict[str, str]]] = {}
        self._languages, self._split = languages, split
        self._next = 100

    def _id(self) -> str:
        self._next += 1
        return str(self._next)

    def _put(self, table: str, apart: str, row: dict[str, str], key: str, texts: Mapping[str, Words]) -> None:
        spoken = [
            {"language": language, **{name: _in(words, language) for name, words in texts.items()}}
            for language in self._languages
        ]
        if self._split:
            self.tables.setdefault(table, []).append(row)
            self.tables.setdefault(apart, []).extend({key: row[key], **each} for each in spoken)
        else:
            self.tables.setdefault(table, []).extend({**row, **each} for each in spoken)

    def group(self, place: int, group: G) -> None:
        gid = self._id()
        row = {"gid": gid, "group_order": str(place), "grelevance": group.relevance}
        self._put("groups", "group_l10ns", row, "gid", {"group_name": group.text, "description": group.help})
        for number, question in enumerate(group.questions, start=1):
            self._question(gid, number, question)

    def _question(self, gid: str, number: int, question: Q) -> None:
        qid = self._id()
        row = {
            "qid": qid,
            "parent_qid": "0",
            "gid": gid,
            "type": question.type,
            "title": question.title,
            "preg": question.preg,
            "other": question.other,
            "mandatory": question.mandatory,
            "question_order": str(number),
            "scale_id": "0",
            "relevance": question.relevance,
        }
        words = {"question": question.text, "help": question.help}
        self._put("questions", "question_l10ns", row, "qid", words)
        for place, sub in enumerate(question.subs, start=1):
            part = {
                "qid": self._id(),
                "parent_qid": qid,
                "gid": gid,
                "type": "T",
                "title": sub.title,
                "question_order": str(place),
                "scale_id": str(sub.scale),
                "relevance": sub.relevance,
            }
            self._put("subquestions", "question_l10ns", part, "qid", {"question": sub.text})
        for scale, answers in enumerate((question.answers, question.more)):
            for place, (code, text) in enumerate(answers.items()):
                answer = {"qid": qid, "code": code, "sortorder": str(place), "scale_id": str(scale)}
                if self._split:
                    answer["aid"] = self._id()
                self._put("answers", "answer_l10ns", answer, "aid", {"answer": text})
        for name, value in question.attributes.items():
            self.tables.setdefault("question_attributes", []).append(
                {"qid": qid, "attribute": name, "value": value, "language": ""}
            )
        for field_name, method, value in question.conditions:
            self.tables.setdefault("conditions", []).append(
                {"qid": qid, "cfieldname": field_name, "method": method, "value": value, "scenario": "1"}
            )

    def file(self, version: int) -> bytes:
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<document>"]
        lines += [" <LimeSurveyDocType>Survey</LimeSurveyDocType>", f" <DBVersion>{version}</DBVersion>"]
        lines += [
            " <languages>",
            *(f"  <language>{code}</language>" for code in self._languages),
            " </languages>",
        ]
        for table, rows in self.tables.items():
            lines += [f" <{table}>", "  <fields>", *_fields(rows), "  </fields>", "  <rows>"]
            for row in rows:
                cells = [_cell(name, value) for name, value in row.items()]
                lines += ["   <row>", *cells, "   </row>"]
            lines += ["  </rows>", f" </{table}>"]
        return "\n".join([*lines, "</document>", ""]).encode()


def _fields(rows: Iterable[Mapping[str, str]]) -> list[str]:
    names = dict.fromkeys(name for row in rows for name in row)
    return [f"   <fieldname>{name}</fieldname>" for name in names]


def _cell(name: str, value: str) -> str:
    safe = value.replace("]]>", "]]]]><![CDATA[>")
    return f"    <{name}><![CDATA[{safe}]]></{name}>" if value else f"    <{name}/>"

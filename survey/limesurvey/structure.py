"""The tables of an .lss as groups, questions, subquestions and answers, each text by language.

Up to version 3 a row stands there once a language; since version 4 texts have own tables (`_l10ns`)."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from survey.limesurvey.tables import Row, Tables

Words = Mapping[str, str]
"""Language as the survey names it -> text as written."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer on offer, of the first or of the second scale."""

    code: str
    text: Words
    scale: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question or, with a parent, a subquestion. `attributes` is name -> language or "" -> value."""

    line: int
    qid: str
    gid: str
    title: str
    type: str
    scale: int
    text: Words
    help: Words
    cells: Row
    attributes: Mapping[str, Words] = field(default_factory=dict)
    subquestions: tuple["Question", ...] = ()
    answers: tuple[Answer, ...] = ()

    def attribute(self, name: str) -> str:
        """The value of an attribute in whatever language, "" when it says nothing."""
        return next(filter(None, self.attributes.get(name, {}).values()), "")

    def rows(self, scale: int = 0) -> tuple["Question", ...]:
        """The subquestions of that scale: rows, or columns of a table of fields."""
        return tuple(part for part in self.subquestions if part.scale == scale)


@dataclass(frozen=True, slots=True)
class Group:
    """A group with its questions."""

    line: int
    text: Words
    help: Words
    condition: str
    cells: Row
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey; `languages` begins with its own. `settings` and `texts` are the rows of the survey itself."""

    languages: tuple[str, ...]
    settings: Row
    texts: Mapping[str, Row]
    groups: tuple[Group, ...]
    conditions: tuple[Row, ...]
    defaults: tuple[Row, ...]


_NO_ROW = Row(1, {})


def survey_of(tables: Tables) -> Survey:
    """The survey of the tables; what does not hang together there is left hanging."""
    settings = next(iter(tables.of("surveys")), _NO_ROW)
    texts = {row.cell("surveyls_language"): row for row in tables.of("surveys_languagesettings")}
    main = settings.cell("language") or next(iter((*tables.languages, *texts)), "en")
    named = (main, *settings.cell("additional_languages").split(), *tables.languages, *texts)
    languages = tuple(dict.fromkeys(filter(None, named)))
    questions = _questions(tables, main)
    return Survey(
        languages,
        settings,
        texts,
        tuple(_groups(tables, questions, main)),
        tables.of("conditions"),
        (*tables.of("defaultvalues"), *tables.of("defaultvalue_l10ns")),
    )


def number(text: str) -> int:
    """The whole number in a cell, 0 when there is none."""
    return int(text) if re.fullmatch("-?[0-9]{1,9}", text) else 0


def _groups(tables: Tables, questions: Sequence[Question], main: str) -> Iterable[Group]:
    found = _merged(tables.of("groups"), tables.of("group_l10ns"), "gid", main)
    ordered = sorted(found.items(), key=lambda pair: number(pair[1][0].cell("group_order")))
    known = {gid for gid, _ in ordered}
    for gid, (row, texts) in ordered:
        asked = tuple(question for question in questions if question.gid == gid)
        name, description = _words(texts, "group_name"), _words(texts, "description")
        yield Group(row.line, name, description, row.cell("grelevance"), row, asked)
    lost = tuple(question for question in questions if question.gid not in known)
    if lost:
        yield Group(lost[0].line, {}, {}, "", _NO_ROW, lost)


def _questions(tables: Tables, main: str) -> tuple[Question, ...]:
    rows = (*tables.of("questions"), *tables.of("subquestions"))
    merged = _merged(rows, tables.of("question_l10ns"), "qid", main)
    attributes: dict[str, dict[str, dict[str, str]]] = {}
    for row in tables.of("question_attributes"):
        named = attributes.setdefault(row.cell("qid"), {}).setdefault(row.cell("attribute"), {})
        named[row.cell("language")] = row.cell("value")
    answers = _answers(tables, main)
    parts: dict[str, list[Question]] = {}
    whole: list[Question] = []
    ordered = sorted(merged.items(), key=lambda pair: number(pair[1][0].cell("question_order")))
    for qid, (row, texts) in ordered:
        parent = row.cell("parent_qid")
        found = Question(
            row.line,
            qid,
            row.cell("gid"),
            row.cell("title"),
            row.cell("type"),
            number(row.cell("scale_id")),
            _words(texts, "question"),
            _words(texts, "help"),
            row,
            attributes.get(qid, {}),
            (),
            answers.get(qid, ()),
        )
        if parent in ("", "0"):
            whole.append(found)
        else:
            parts.setdefault(parent, []).append(found)
    return tuple(replace(question, subquestions=tuple(parts.get(question.qid, ()))) for question in whole)


def _answers(tables: Tables, main: str) -> dict[str, tuple[Answer, ...]]:
    """Question -> its answers in their order."""
    own: dict[str, list[Row]] = {}
    for row in tables.of("answer_l10ns"):
        own.setdefault(row.cell("aid"), []).append(row)
    rows: dict[tuple[str, str, int], list[Row]] = {}
    for row in tables.of("answers"):
        key = (row.cell("qid"), row.cell("code"), number(row.cell("scale_id")))
        rows.setdefault(key, []).append(row)
    found: dict[str, list[tuple[int, Answer]]] = {}
    for (qid, code, scale), same in rows.items():
        texts = own.get(same[0].cell("aid"), same)
        answer = Answer(code, _words(_by_language(texts, main), "answer"), scale)
        found.setdefault(qid, []).append((number(same[0].cell("sortorder")), answer))
    return {
        qid: tuple(answer for _, answer in sorted(pairs, key=lambda pair: pair[0]))
        for qid, pairs in found.items()
    }


def _merged(
    rows: Iterable[Row], texts: Iterable[Row], key: str, main: str
) -> dict[str, tuple[Row, dict[str, Row]]]:
    """Id -> its row (that in the main language, where it stands there several times) and its texts by
    language."""
    own: dict[str, list[Row]] = {}
    for row in texts:
        own.setdefault(row.cell(key), []).append(row)
    same: dict[str, list[Row]] = {}
    for row in rows:
        same.setdefault(row.cell(key), []).append(row)
    found: dict[str, tuple[Row, dict[str, Row]]] = {}
    for identity, listed in same.items():
        by_language = _by_language(own.get(identity, listed), main)
        chosen = next((row for row in listed if row.cell("language") == main), listed[0])
        found[identity] = (chosen, by_language)
    return found


def _by_language(rows: Iterable[Row], main: str) -> dict[str, Row]:
    return {row.cell("language") or main: row for row in rows}


def _words(texts: Mapping[str, Row], name: str) -> dict[str, str]:
    return {language: row.cells.get(name, "") for language, row in texts.items()}

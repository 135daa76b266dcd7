"""A questionnaire from an XLSForm workbook, with a note on everything that could not be carried over."""

import re
from collections.abc import Iterable
from pathlib import PurePath

from survey.foreign.content import INTRO, THANKS, Content, Imported, slug_of
from survey.languages import is_missing
from survey.problems import Problem, SurveyError
from survey.reading import questionnaire_of
from survey.strict_yaml import Document, Key
from survey.texts import translate
from survey.xlsform.columns import Columns, columns
from survey.xlsform.lists import ChoiceLists
from survey.xlsform.options import read_head
from survey.xlsform.rows import RowReader
from survey.xlsform.wordings import note
from survey.xlsform.words import Words, words_of
from survey.xlsform.workbook import Sheet, read_workbook

_SETTINGS = frozenset(
    (
        *("form_title", "form_id", "version", "default_language", "allow_choice_duplicates"),
        *("pactboard_title", "pactboard_intro", "pactboard_thanks", "pactboard_version"),
        "pactboard_options",
    )
)

_WHY_NOTHING = ("xlsform-type-misspelt", "xlsform-type-unknown", "xlsform-type-missing")


def read_xlsform(data: bytes, name: str) -> Imported:
    """The questionnaire of an .xlsx or .xls; `name` is the file's. Raises SurveyError with every reason why
    it cannot be taken."""
    book = read_workbook(data, name)
    sheets = {sheet: columns(getattr(book, sheet), sheet) for sheet in ("settings", "survey", "choices")}
    settings = _Settings(book.settings, sheets["settings"])
    words = words_of(
        book, sheets, settings.cell("default_language"), bool(settings.cell("pactboard_version"))
    )
    notes = words.notes
    notes += [*book.notes, *(found for sheet in sheets.values() for found in sheet.notes)]
    notes += [note("xlsform-sheet", sheet, raw=sheet) for sheet in book.others]
    head = settings.head(words, name)
    lists = ChoiceLists(
        book.choices, sheets["choices"], words, settings.cell("allow_choice_duplicates") == "yes"
    )
    rows = RowReader(book.survey, sheets["survey"], lists, words)
    rows.read()
    lists.tell_columns()
    problems = (*rows.problems, *lists.problems)
    if not problems and not any(question["type"] not in ("section", "image") for question in rows.questions):
        why = [found for found in notes if found.code in _WHY_NOTHING]
        problems = (*why, note("xlsform-nothing", name), *(found for found in notes if found not in why))
    if problems:
        raise SurveyError(_once(problems))
    content = {**head, "questions": rows.questions}
    lines: dict[Key, int] = {(): 1, **{("questions", at): row for at, row in enumerate(rows.numbers)}}
    return Imported(questionnaire_of(Document(content, lines), name), tuple(notes))


class _Settings:
    """The one row of the sheet "settings"."""

    def __init__(self, sheet: Sheet, found: Columns) -> None:
        self._columns = found
        self._number, self._row = sheet.rows[0] if sheet.rows else (2, {})

    def cell(self, meaning: str) -> str:
        return self._columns.cell(self._row, meaning)

    def head(self, words: Words, name: str) -> Content:
        """Everything of the definition but its questions."""
        for meaning in self._columns.of:
            if meaning not in _SETTINGS and self.cell(meaning):
                words.notes.append(note("xlsform-column", f"settings:{self._number} {meaning}", raw=meaning))
        made = {key: self._text(words, key) for key in ("title", "intro", "thanks")}
        stem = PurePath(name).stem
        written = self.cell("form_title")
        title = {**(made["title"] or {})}
        if not is_missing(written) or not title:
            title[words.default] = written if not is_missing(written) else stem or "form"
        if not (made["intro"] and made["thanks"]):
            words.notes.append(note("xlsform-texts-made", "settings"))
        head: Content = {
            "slug": slug_of(self.cell("form_id") or stem),
            "version": self._version(words),
            "languages": list(words.languages),
            "default_language": words.default,
            "title": words.plain(title, "settings form_title"),
            "intro": made["intro"] or {code: translate(INTRO, code) for code in words.languages},
            "thanks": made["thanks"] or {code: translate(THANKS, code) for code in words.languages},
        }
        rest = read_head(self.cell("pactboard_options") or "{}")
        if rest is None:
            words.notes.append(note("xlsform-options", f"settings:{self._number} pactboard_options"))
        return {**head, **(rest or {})}

    def _text(self, words: Words, key: str) -> dict[str, str] | None:
        return words.of(self._columns, self._row, f"pactboard_{key}", f"settings:{self._number}", {})

    def _version(self, words: Words) -> int:
        written = self.cell("pactboard_version") or self.cell("version")
        if re.fullmatch("[1-9][0-9]{0,5}", written):
            return int(written)
        if written:
            words.notes.append(note("xlsform-version", f"settings:{self._number} version", raw=written))
        return 1


def _once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, though several questions may share a faulty list."""
    found: list[Problem] = []
    for problem in problems:
        if problem not in found:
            found.append(problem)
    return tuple(found)

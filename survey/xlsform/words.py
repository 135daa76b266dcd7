"""The texts of a workbook as texts of a questionnaire: by language, with `${name}` as `{{ code }}`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey.foreign.conditions import Known
from survey.foreign.texts import in_order, with_parted_braces, without_unfit
from survey.languages import is_missing
from survey.problems import Problem
from survey.xlsform.columns import PLAIN, Columns, language_code, languages
from survey.xlsform.wordings import note
from survey.xlsform.workbook import Workbook

_REFERENCE = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(slots=True)
class Words:
    """Reads texts. `ours` says that the workbook was written here, so that `{{ }}` means what it says;
    `notes` gathers what was changed."""

    languages: tuple[str, ...]
    default: str
    ours: bool
    notes: list[Problem]

    def of(
        self,
        columns: Columns,
        row: Mapping[str, str],
        meaning: str,
        where: str,
        known: Mapping[str, Known],
    ) -> dict[str, str] | None:
        """The text of a cell in every language that has one; None when none has."""
        written = columns.text(row, meaning)
        if PLAIN in written:
            written.setdefault(self.default, written[PLAIN])
        texts = {
            language: self._clean(written[language], where, known)
            for language in self.languages
            if not is_missing(written.get(language))
        }
        if not texts:
            return None
        found, lender = in_order(texts, self.languages, self.default)
        if lender:
            self.notes.append(note("xlsform-label-borrowed", where, language=lender))
        return found

    def plain(self, texts: Mapping[str, str], where: str) -> dict[str, str]:
        """Texts from cells that name no language, made fit."""
        return {language: self._clean(text, where, {}) for language, text in texts.items()}

    def _clean(self, text: str, where: str, known: Mapping[str, Known]) -> str:
        text, removed = without_unfit(text)
        self.notes += [note("xlsform-character", where, character=character) for character in removed]
        if not self.ours and "{{" in text:
            self.notes.append(note("xlsform-braces", where))
            text = with_parted_braces(text)

        def answer(found: re.Match[str]) -> str:
            name = known.get(found[1])
            if name is not None:
                return f"{{{{ {name.code} }}}}"
            self.notes.append(note("xlsform-piping", where, raw=found[0]))
            return "…"

        return _REFERENCE.sub(answer, text) or "…"


def words_of(book: Workbook, sheets: Mapping[str, Columns], declared: str, ours: bool) -> Words:
    """How the texts of this workbook are to be read; `declared` is its default_language."""
    notes: list[Problem] = []
    named = list(languages(sheets.values()))
    plain = [
        row[column.heading]
        for column in sheets["survey"].of.get("label", ())
        if column.language == PLAIN
        for _, row in book.survey.rows
        if column.heading in row
    ]
    default = "" if declared.strip().lower() == "default" else language_code(declared)
    if default and default not in named and not plain:
        default = ""  # a language in which nothing is written
    if not default and (plain or not named):
        default = _guess(plain)
        row = ":2" if book.settings.rows else ""
        notes.append(note("xlsform-language-assumed", f"settings{row} default_language", language=default))
    default = default or named[0]
    return Words(tuple(dict.fromkeys((*named, default))), default, ours, notes)


def _guess(texts: Iterable[str]) -> str:
    return "zh" if any(_HAN.search(text) for text in texts) else "en"

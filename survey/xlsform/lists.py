"""The choice lists of a workbook, and the codes its names become."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from survey.foreign.codes import choice_code
from survey.problems import Problem
from survey.xlsform.columns import Columns
from survey.xlsform.wordings import note
from survey.xlsform.words import Words
from survey.xlsform.workbook import Sheet


@dataclass(frozen=True, slots=True)
class Listed:
    """One choice: its name in the workbook, our code, its text, and what our own column marks it as."""

    raw: str
    code: str
    text: Mapping[str, str]
    marks: frozenset[str] = frozenset()


MARKED = "pactboard_choice"
"""Our own column, of the choices and of the rows of a matrix."""

_HANDLED = frozenset({"list_name", "name", "label", MARKED})
_MEDIA = frozenset({"image", "big-image", "audio", "video", "media"})
_MARKS = frozenset({"exclusive", "stay_last"})


def marks_of(cell: str) -> frozenset[str]:
    """The keys of a choice that the cell says are true."""
    return _MARKS & set(cell.split())


def is_integer(raw: str) -> bool:
    """Whether the name of a choice is a plain whole number, as a point of a scale is."""
    return re.fullmatch(r"0|-?[1-9][0-9]{0,2}", raw) is not None


class ChoiceLists:
    """Every list of the sheet "choices". What is wrong with a list is told when a question first asks for
    it."""

    def __init__(self, sheet: Sheet, columns: Columns, words: Words, merges: bool) -> None:
        self._rows: dict[str, list[tuple[int, Mapping[str, str]]]] = {}
        for number, row in sheet.rows:
            self._rows.setdefault(columns.cell(row, "list_name"), []).append((number, row))
        self._columns, self._words, self._merges = columns, words, merges
        self._read: dict[str, tuple[Listed, ...]] = {}
        self.problems: list[Problem] = []

    def get(self, name: str, where: str) -> tuple[Listed, ...]:
        """The choices of a list, () when there is none, which is a problem."""
        if name not in self._rows:
            self.problems.append(note("xlsform-list-missing", where, list=name))
            return ()
        if name not in self._read:
            self._read[name] = self._listed(name)
        return self._read[name]

    def tell_columns(self) -> None:
        """Name the columns that say more of choices than is kept, each with the first row that used it."""
        rows = sorted((found for listed in self._rows.values() for found in listed), key=lambda row: row[0])
        for meaning, columns in self._columns.of.items():
            for heading in (column.heading for column in columns if meaning not in _HANDLED):
                number = next((number for number, row in rows if row.get(heading)), None)
                if number is not None:
                    told = "xlsform-column" if meaning in _MEDIA else "xlsform-column-unknown"
                    self._words.notes.append(note(told, f"choices:{number} {heading}", raw=heading))

    def _listed(self, name: str) -> tuple[Listed, ...]:
        found: dict[str, Listed] = {}
        taken: set[str] = set()
        for number, row in self._rows[name]:
            where = f"choices:{number} name"
            raw = self._columns.cell(row, "name")
            if not raw:
                self._words.notes.append(note("xlsform-label-missing", where))
            elif raw in found and not self._merges:
                self.problems.append(note("xlsform-choice-twice", where, list=name, raw=raw))
            elif raw in found:
                self._words.notes.append(note("xlsform-choice-merged", where, raw=raw))
            else:
                found[raw] = self._choice(raw, number, row, taken)
                taken.add(found[raw].code)
        return tuple(found.values())

    def _choice(self, raw: str, number: int, row: Mapping[str, str], taken: Collection[str]) -> Listed:
        where = f"choices:{number} label"
        text = self._words.of(self._columns, row, "label", where, {})
        if text is None:
            self._words.notes.append(note("xlsform-label-made", where, raw=raw))
            text = {self._words.default: raw}
        code = choice_code(raw, number, taken)
        # Scores of our own are points of a scale, not codes.
        if code != raw and not (self._words.ours and is_integer(raw)):
            self._words.notes.append(
                note("xlsform-name-changed", f"choices:{number} name", raw=raw, code=code)
            )
        return Listed(raw, code, text, marks_of(self._columns.cell(row, MARKED)))

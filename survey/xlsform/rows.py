"""The sheet "survey", row by row, as questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from pyxform.aliases import yes_no

from survey.expression import Kind
from survey.foreign.codes import question_code
from survey.foreign.conditions import Known, condition_of, rule_of
from survey.foreign.content import INVALID, Content, must_hold, question_of
from survey.foreign.tree import Untranslatable
from survey.logic import kinds
from survey.problems import Problem
from survey.question_types import TYPES
from survey.texts import translate
from survey.xlsform.choosing import Choosing
from survey.xlsform.columns import Columns
from survey.xlsform.leftovers import Leftovers
from survey.xlsform.lists import ChoiceLists
from survey.xlsform.options import (
    LIMITS,
    native_constraint,
    native_relevant,
    read_options,
    sayable,
)
from survey.xlsform.references import reference_problems
from survey.xlsform.types import RowType, nearest_type, row_type
from survey.xlsform.wordings import note
from survey.xlsform.words import Words
from survey.xlsform.workbook import Row, Sheet
from survey.xlsform.xpath import read_xpath

_REPEATS = frozenset({"repeat", "lgroup", "loop", "looped group"})


@dataclass(frozen=True, slots=True)
class _Group:
    """A group that is open: the row it begins in, its name, when it is shown, whether that cannot be said."""

    row: int
    name: str
    show_if: tuple[str, ...]
    unsaid: bool
    is_page: bool


class RowReader:
    """Reads the rows; `questions` are pieces of a definition and `numbers` the rows they stand in."""

    def __init__(self, sheet: Sheet, columns: Columns, lists: ChoiceLists, words: Words) -> None:
        self._rows, self._columns, self._words = sheet.rows, columns, words
        self._notes = words.notes
        self.problems: list[Problem] = list(reference_problems(sheet, columns))
        self._choosing = Choosing(columns, lists, words)
        self._groups: list[_Group] = []
        self._known: dict[str, Known] = {}
        self._kinds: dict[str, Kind] = {}
        self._sayable: dict[str, Kind] = {}  # without the matrices, which have no name in XLSForm
        self._taken: set[str] = set()
        self._names: dict[tuple[tuple[str, ...], str], int] = {}
        self._leftovers = Leftovers(columns, words)
        self._breaks = False
        self.questions: list[Content] = []
        self.numbers: list[int] = []

    def read(self) -> None:
        """Read all rows once."""
        at = 0
        while at < len(self._rows):
            at = self._row(at)
        for group in self._groups:
            self.problems.append(note("xlsform-group-open", f"survey:{group.row} type"))
        self._leftovers.tell_unknown()

    def _row(self, at: int) -> int:
        """Read what begins in that row; gives the place of the next one."""
        number, row = self._rows[at]
        said = self._columns.cell(row, "type")
        found = row_type(said)
        where = f"survey:{number} type"
        if yes_no.get(self._columns.cell(row, "disabled")):
            self._notes.append(note("xlsform-column", f"survey:{number} disabled", raw="disabled"))
            return self._after(at) if found.kind == "begin" else at + 1
        match found.kind:
            case "begin" if found.what == "group":
                return self._begin(at)
            case "begin":
                end = self._after(at)
                code = "xlsform-repeat" if found.what in _REPEATS else "xlsform-block"
                last = self._rows[end - 1][0]
                self._notes.append(note(code, where, type=said, first=number, last=last))
                return end
            case "end" if self._groups and found.what == "group":
                self._breaks |= self._groups.pop().is_page
            case "end":
                self.problems.append(note("xlsform-group-unopened", where))
            case "metadata":
                self._notes.append(note("xlsform-metadata", where, type=said))
            case "calculation":
                self._notes.append(note("xlsform-calculation", where))
            case "left_out":
                self._notes.append(note("xlsform-type-left-out", where, type=said))
            case "unknown":
                self._notes.append(_unknown_type(said, where))
            case _:
                self._question(number, row, found)
        return at + 1

    def _after(self, at: int) -> int:
        """The place behind the end of the block that begins there."""
        depth = 0
        for place in range(at, len(self._rows)):
            kind = row_type(self._columns.cell(self._rows[place][1], "type")).kind
            depth += (kind == "begin") - (kind == "end")
            if depth == 0:
                return place + 1
        self.problems.append(note("xlsform-group-open", f"survey:{self._rows[at][0]} type"))
        return len(self._rows)

    def _begin(self, at: int) -> int:
        number, row = self._rows[at]
        if self._columns.cell(row, "pactboard_type") == "matrix":
            end = self._after(at)
            if self._matrix(at, end):
                return end
        name = self._columns.cell(row, "name")
        self._once(number, name)
        appearance = self._columns.cell(row, "appearance").lower().split()
        is_page = "field-list" in appearance or "table-list" in appearance
        show_if, unsaid = self._condition(number, row)
        outer = self._groups[-1] if self._groups else _Group(0, "", (), False, False)
        parts = (*outer.show_if, *((show_if,) if show_if else ()))
        self._breaks |= is_page
        self._groups.append(_Group(number, name, parts, outer.unsaid or unsaid, is_page))
        label = self._text(number, row, "label")
        if label:
            hint = self._text(number, row, "hint")
            code = self._code(number, name, 40, say=False)
            self._add(number, row, {"code": code, "type": "section", "text": label, **_help(hint)}, None)
        return at + 1

    def _matrix(self, at: int, end: int) -> bool:
        number, row = self._rows[at]
        label = self._text(number, row, "label")
        made = self._choosing.matrix(number, row, self._rows[at + 1 : end - 1], self._known)
        if made is None or not label:
            return False
        code = self._code(number, self._columns.cell(row, "name"), 40)
        content: Content = {
            "code": code,
            "type": "matrix",
            "text": label,
            **_help(self._text(number, row, "hint")),
            **made.content,
        }
        show_if, unsaid = self._condition(number, row)
        self._finish(number, row, content, show_if, unsaid, {})
        for raw, item in made.names.items():
            if f"{code}_{item}" in self._kinds:
                self._known[raw] = Known(f"{code}_{item}", self._kinds[f"{code}_{item}"])
        return True

    def _question(self, number: int, row: Row, found: RowType) -> None:
        name = self._columns.cell(row, "name")
        appearance = self._columns.cell(row, "appearance").lower().split()
        made = self._choosing.question(number, row, found, self._known)
        if made is None:
            return
        content, choices = made.content, made.choices
        if "label" in appearance and content["type"] == "single_choice":
            content, choices = {"type": "section"}, {}
        self._once(number, name)
        label = self._text(number, row, "label")
        if label is None and content["type"] == "section":
            self._notes.append(note("xlsform-label-missing", f"survey:{number} label"))
            return
        if content["type"] == "short_text" and "multiline" in appearance:
            content["type"] = "long_text"
        ours = self._columns.cell(row, "pactboard_type")
        if self._words.ours and ours in TYPES and content["type"] in ("short_text", "section"):
            content["type"] = ours
        code = self._code(number, name, 34 if content.get("other") else 40)
        if label is None:
            self._notes.append(note("xlsform-label-made", f"survey:{number} label", raw=name))
            label = {self._words.default: name or code}
        content = {"code": code, "text": label, **_help(self._text(number, row, "hint")), **content}
        if content["type"] not in ("section", "image") and self._required(number, row):
            content["required"] = True
        show_if, unsaid = self._condition(number, row)
        self._finish(number, row, content, show_if, unsaid, choices)
        if name and code in self._kinds:
            self._known[name] = Known(code, self._kinds[code], choices)
        elif name:
            self._known.pop(name, None)

    def _finish(
        self,
        number: int,
        row: Row,
        content: Content,
        show_if: str | None,
        unsaid: bool,
        choices: Mapping[str, str],
    ) -> None:
        """Add a question with its options, its condition and its rule."""
        cell = self._columns.cell(row, "pactboard_options")
        options = read_options(cell) if cell else {}
        if options is None:
            self._notes.append(note("xlsform-options", f"survey:{number} pactboard_options"))
            options = {}
        ours = options.pop("show_if", None)
        if ours and native_relevant(str(ours), self._sayable)[0] == self._columns.cell(row, "relevant"):
            show_if, unsaid = str(ours), False
        expression = options.pop("validation", None)
        content = {**content, **options}
        self._ruled(number, row, content, str(expression) if expression else None, choices)
        if unsaid:
            content.pop("required", None)
        self._add(number, row, content, show_if)

    def _ruled(
        self,
        number: int,
        row: Row,
        content: Content,
        expression: str | None,
        choices: Mapping[str, str],
    ) -> None:
        """Put the rule of the row into the question: the one that was written here when the cell still says
        it, else that of the cell."""
        cell = self._columns.cell(row, "constraint")
        message = self._text(number, row, "constraint_message", content, choices) or {
            code: translate(INVALID, code) for code in self._words.languages
        }
        if expression is not None:
            content["validation"] = {"expression": expression, "message": message}
        question = question_of(content)
        if question is None or native_constraint(question, self._sayable)[0] == cell:
            if question is None and cell and expression is None:
                self._notes.append(note("xlsform-constraint", f"survey:{number} constraint", raw=cell))
            return
        for key in LIMITS:
            content.pop(key, None)
        # The limits of a range are those of its own row, not what we once wrote beside a constraint.
        is_written_by_us = bool(self._columns.cell(row, "pactboard_options"))
        if is_written_by_us and isinstance(limits := content.get("number"), dict):
            content["number"] = {key: limits[key] for key in limits if key not in ("min", "max")}
        if not cell:
            return
        where = f"survey:{number} constraint"
        own = kinds(question).get(question.code)
        try:
            if own is None or question.type in ("consent", "matrix"):
                raise Untranslatable
            said = rule_of(read_xpath(cell), self._known, Known(question.code, own, choices))
            must_hold(said, {**self._kinds, question.code: own})
            content["validation"] = {"expression": said, "message": message}
            self._tell_email(said, cell, where)
        except Untranslatable:
            self._notes.append(note("xlsform-constraint", where, raw=cell))

    def _add(self, number: int, row: Row, content: Content, show_if: str | None) -> None:
        group = self._groups[-1] if self._groups else _Group(0, "", (), False, False)
        parts = [part for part in (*group.show_if, show_if) if part and part != "true"]
        if parts:
            whole = parts[0] if len(parts) == 1 else " and ".join(f"({part})" for part in parts)
            if whole != show_if and not self._holds(whole):
                self._notes.append(note("xlsform-condition", f"survey:{number} relevant", raw=whole))
                content.pop("required", None)
            else:
                content["show_if"] = whole
        if group.unsaid:
            content.pop("required", None)
        if self._breaks and self.questions:
            content["new_page"] = True
        self._breaks = False
        self.questions.append(content)
        self.numbers.append(number)
        question = question_of(content)
        if question is not None:
            self._kinds |= kinds(question)
            self._sayable |= sayable(question)
            self._taken |= {item.code for item in question.items}
        self._leftovers.tell(number, row)

    def _condition(self, number: int, row: Row) -> tuple[str | None, bool]:
        """The show_if of a row, and whether there is one that cannot be said."""
        cell = self._columns.cell(row, "relevant")
        if not cell:
            return None, False
        try:
            said = condition_of(read_xpath(cell), self._known)
            must_hold(said, self._kinds)
        except Untranslatable:
            options = read_options(self._columns.cell(row, "pactboard_options") or "{}") or {}
            if "show_if" not in options:
                self._notes.append(note("xlsform-condition", f"survey:{number} relevant", raw=cell))
            return None, True
        self._tell_email(said, cell, f"survey:{number} relevant")
        return said, False

    def _tell_email(self, said: str, cell: str, where: str) -> None:
        if "is_email(" in said:
            self._notes.append(note("xlsform-email", where, raw=cell))

    def _holds(self, expression: str) -> bool:
        try:
            must_hold(expression, self._kinds)
        except Untranslatable:
            return False
        return True

    def _text(
        self,
        number: int,
        row: Row,
        meaning: str,
        own: Content | None = None,
        choices: Mapping[str, str] | None = None,
    ) -> dict[str, str] | None:
        known = self._known
        if own is not None:
            name = self._columns.cell(row, "name")
            known = {**known, name: Known(str(own["code"]), Kind("any"), choices or {})}
        return self._words.of(self._columns, row, meaning, f"survey:{number} {meaning}", known)

    def _required(self, number: int, row: Row) -> bool:
        cell = self._columns.cell(row, "required")
        truth = {"1": True, "0": False, **yes_no}.get(cell)
        if truth is None and cell:
            self._notes.append(note("xlsform-required", f"survey:{number} required", raw=cell))
        return bool(truth)

    def _once(self, number: int, name: str) -> None:
        """Refuse a name that stands twice in one group."""
        key = (tuple(group.name for group in self._groups), name)
        if name and self._names.setdefault(key, number) != number:
            first = self._names[key]
            self.problems.append(note("xlsform-name-twice", f"survey:{number} name", raw=name, first=first))

    def _code(self, number: int, name: str, longest: int, say: bool = True) -> str:
        code = question_code(name, number, self._taken, longest)
        self._taken.add(code)
        if longest < 40:
            self._taken.add(f"{code}_other")
        if not name:
            self._notes.append(note("xlsform-name-missing", f"survey:{number} name", code=code))
        elif say and code != name:
            self._notes.append(note("xlsform-name-changed", f"survey:{number} name", raw=name, code=code))
        return code


def _unknown_type(said: str, where: str) -> Problem:
    """Says that there is no such type, and which one may be meant."""
    if not said:
        return note("xlsform-type-missing", where)
    if nearest := nearest_type(said):
        return note("xlsform-type-misspelt", where, type=said, nearest=nearest)
    return note("xlsform-type-unknown", where, type=said)


def _help(hint: dict[str, str] | None) -> Content:
    return {"help": hint} if hint else {}

"""The questions of LimeSurvey one after the other, each by its type."""

from collections.abc import Callable, Mapping

from survey.foreign.draft import Shown
from survey.foreign.tree import Tree, Untranslatable
from survey.limesurvey import arrays, plain
from survey.limesurvey.asked import Asked, Desk
from survey.limesurvey.attributes import Attributes
from survey.limesurvey.expressions import conditions_tree
from survey.limesurvey.structure import Question, Survey
from survey.limesurvey.tables import Row

_READERS: Mapping[str, Callable[[Desk, Asked], None]] = {
    "X": plain.section,
    "Y": plain.yes_no,
    "5": plain.five_points,
    "D": plain.date,
    "N": plain.number,
    "S": plain.text,
    "T": plain.text,
    "U": plain.text,
    "G": plain.gender,
    "L": plain.single,
    "!": plain.single,
    "O": plain.commented,
    "M": plain.multiple,
    "P": plain.multiple,
    "R": plain.ranking,
    "|": plain.file,
    "A": arrays.points,
    "B": arrays.points,
    "C": arrays.words,
    "E": arrays.words,
    "F": arrays.array,
    "H": arrays.array,
    "1": arrays.dual,
    "K": arrays.fields,
    "Q": arrays.fields,
    ":": arrays.table,
    ";": arrays.table,
}
_LEFT_OUT = {"I": "language switch", "*": "equation"}
_WITH_PATTERN = "STUND"


class Questions:
    """Reads questions onto the desk."""

    def __init__(self, survey: Survey, desk: Desk, file: str) -> None:
        self._desk, self._file = desk, file
        self._conditions: dict[str, list[Row]] = {}
        for row in survey.conditions:
            self._conditions.setdefault(row.cell("qid"), []).append(row)
        self._defaults = {
            row.cell("qid"): row.cell("defaultvalue") for row in survey.defaults if row.cell("defaultvalue")
        }
        self._place = 0

    def where(self, line: int, what: str) -> str:
        """A place as editors open it."""
        return f"{self._file}:{line} {what}"

    def shown(self, source: str, where: str, outer: Shown) -> Shown | None:
        """When something with that relevance is shown; None when never."""
        source = source.strip()
        if source in ("", "1"):
            return outer
        if source == "0":
            return None
        return self._desk.draft.shown(self._desk.tree(source), source, where, outer)

    def ask(self, question: Question, outer: Shown) -> None:
        """Ask one question of theirs, as one or several of ours; what cannot be asked is noted."""
        self._place += 1
        desk, where = self._desk, self.where(question.line, question.title)
        reader = _READERS.get(question.type)
        if reader is None:
            kind = _LEFT_OUT.get(question.type, question.type)
            desk.notes.tell("import-type-left-out", f"{where} type", type=kind)
            return
        shown = self._shown(question, where, outer)
        if shown is None or question.attribute("hidden") == "1":
            desk.notes.tell("import-hidden", where)
            return
        text = desk.texts.of(question.text, where, desk.draft.known)
        helped = desk.texts.of(question.help, f"{where} help", desk.draft.known)
        if text is None and question.type == "X":
            if helped is None:
                desk.notes.tell("import-text-missing", where)
                return
            text, helped = helped, None
        if text is None:
            text = desk.texts.made(question.title or f"Q{self._place}", where)
        attributes = Attributes(question, where, desk.notes)
        mandatory = question.cells.cell("mandatory")
        reader(desk, Asked(question, where, self._place, attributes, shown, text, helped, mandatory == "Y"))
        if mandatory == "S":
            desk.notes.tell("limesurvey-soft", f"{where} mandatory")
        self._tell_rest(question, where, attributes)

    def _shown(self, question: Question, where: str, outer: Shown) -> Shown | None:
        """By its relevance, which says the conditions too; in old files only the conditions are there."""
        relevance = question.cells.cell("relevance")
        rows = self._conditions.get(question.qid)
        if relevance not in ("", "1") or not rows:
            return self.shown(relevance, f"{where} relevance", outer)
        raw = ", ".join(f"{row.cell('cfieldname')} {row.cell('method')} {row.cell('value')}" for row in rows)
        try:
            tree: Tree | None = conditions_tree(rows, self._desk.names.meant)
        except Untranslatable:
            tree = None
        return self._desk.draft.shown(tree, raw, f"{where} conditions", outer)

    def _tell_rest(self, question: Question, where: str, attributes: Attributes) -> None:
        attributes.tell_rest()
        notes = self._desk.notes
        default = self._defaults.get(question.qid)
        if default:
            notes.tell("import-setting", f"{where} defaultvalue", raw=f"defaultvalue: {default}")
        pattern = question.cells.cell("preg")
        if pattern and question.type not in _WITH_PATTERN:
            notes.tell("import-constraint", f"{where} preg", raw=pattern)

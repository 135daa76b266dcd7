"""What a row asks, apart from its texts: its type with choices, scale or limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from survey.foreign.conditions import Known
from survey.foreign.content import Content
from survey.parts import FileLimits
from survey.xlsform.columns import Columns
from survey.xlsform.lists import MARKED, ChoiceLists, Listed, marks_of
from survey.xlsform.scales import bounds_of, range_of, scale_of
from survey.xlsform.types import RowType, row_type
from survey.xlsform.wordings import note
from survey.xlsform.words import Words
from survey.xlsform.workbook import Row


@dataclass(frozen=True, slots=True)
class Made:
    """A piece of a question; choice as named there -> our code; of a matrix, name of a row there -> its
    code."""

    content: Content
    choices: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


class Choosing:
    """Tells what rows ask."""

    def __init__(self, columns: Columns, lists: ChoiceLists, words: Words) -> None:
        self._columns, self._lists, self._words = columns, lists, words
        self._notes = words.notes

    def question(self, number: int, row: Row, found: RowType, known: Mapping[str, Known]) -> Made | None:
        """The type and its keys; None when nothing can be asked, which was said."""
        parameters = self._parameters(number, row, found)
        match found.what:
            case "as_text":
                written = self._columns.cell(row, "type")
                self._notes.append(note("xlsform-type-as-text", f"survey:{number} type", type=written))
                return Made({"type": "short_text"})
            case "decimal":
                return Made({"type": "number", "number": {"decimals": 6}})
            case "consent":
                return Made({"type": "consent"}, {"OK": "yes", "yes": "yes"})
            case "image" | "audio" | "video" | "file":
                return self._file(number, found.what)
            case "rating":
                return self._range(number, row, parameters)
            case "single_choice" | "multiple_choice" | "ranking":
                return self._select(number, row, found, parameters, known)
            case _:
                return Made({"type": found.what})

    def _file(self, number: int, what: str) -> Made:
        """A question for a file; how large it may be is not said there."""
        content: Content = {"type": "file"}
        if what != "file":
            content["file"] = {"types": [what]}
        if not self._words.ours:
            self._notes.append(note("xlsform-file", f"survey:{number} type", limit=FileLimits().max_mb))
        return Made(content)

    def matrix(
        self, number: int, row: Row, inner: Sequence[tuple[int, Row]], known: Mapping[str, Known]
    ) -> Made | None:
        """The rows and the scale of a group that was a matrix; None when it is one no longer."""
        prefix = f"{self._columns.cell(row, 'name')}_"
        rows: list[Content] = []
        names: dict[str, str] = {}
        lists: set[str] = set()
        required = False
        for at, each in inner:
            found = row_type(self._columns.cell(each, "type"))
            text = self._words.of(self._columns, each, "label", f"survey:{at} label", known)
            if found.what != "single_choice" or found.other or text is None:
                return None
            lists.add(found.list_name)
            raw = self._columns.cell(each, "name")
            names[raw] = raw.removeprefix(prefix)
            marks = marks_of(self._columns.cell(each, MARKED))
            rows.append({"code": names[raw], "text": text, **dict.fromkeys(sorted(marks), True)})
            required |= self._columns.cell(each, "required") == "yes"
        if len(lists) != 1:
            return None
        scale = self._scale(number, row, self._lists.get(lists.pop(), f"survey:{number} type"), known)
        if scale is None:
            return None
        content: Content = {"rows": rows, "scale": scale, **self._measures(row)}
        if required:
            content["required"] = True
        if "randomize=true" in self._columns.cell(row, "parameters"):
            content["randomise"] = True
        return Made(content, {}, names)

    def _parameters(self, number: int, row: Row, found: RowType) -> dict[str, str]:
        """The cell "parameters": what is of use here, the rest is told."""
        written = self._columns.cell(row, "parameters").replace(",", " ").replace(";", " ").split()
        pairs = dict(pair.split("=", 1) for pair in written if "=" in pair)
        used = {"range": {"start", "end", "step"}, "select": {"randomize"}}.get(found.kind, set())
        for key, value in pairs.items():
            if key not in used:
                where = f"survey:{number} parameters"
                self._notes.append(note("xlsform-column", where, raw=f"{key}={value}"))
        return {key: value for key, value in pairs.items() if key in used}

    def _measures(self, row: Row) -> Content:
        measures = self._columns.cell(row, "pactboard_measures")
        return {"measures": measures} if measures and measures != "none" else {}

    def _range(self, number: int, row: Row, parameters: Mapping[str, str]) -> Made:
        measures = self._measures(row)
        scale = range_of(parameters, self._words.default)
        if scale is not None:
            return Made(
                {"type": "nps" if measures.get("measures") == "nps" else "rating", "scale": scale, **measures}
            )
        usual = {"start": "1", "end": "10", "step": "1", **parameters}
        said = " ".join(f"{key}={usual[key]}" for key in ("start", "end", "step"))
        self._notes.append(note("xlsform-range", f"survey:{number} parameters", raw=said))
        return Made({"type": "number", "number": bounds_of(parameters), **measures})

    def _scale(
        self, number: int, row: Row, listed: Sequence[Listed], known: Mapping[str, Known]
    ) -> Content | None:
        low, high = (
            self._words.of(self._columns, row, f"pactboard_{end}", f"survey:{number} pactboard_{end}", known)
            for end in ("low", "high")
        )
        return scale_of(listed, low, high)

    def _select(
        self,
        number: int,
        row: Row,
        found: RowType,
        parameters: Mapping[str, str],
        known: Mapping[str, Known],
    ) -> Made | None:
        where = f"survey:{number} type"
        listed = self._lists.get(found.list_name, where)
        ours, measures = self._columns.cell(row, "pactboard_type"), self._measures(row)
        if found.what == "single_choice" and (ours in ("rating", "nps") or measures):
            scale = self._scale(number, row, listed, known)
            if scale is not None:
                is_nps = ours == "nps" or measures.get("measures") == "nps"
                return Made({"type": "nps" if is_nps else "rating", "scale": scale, **measures})
        if ours == "yes_no" and [choice.raw for choice in listed] == ["yes", "no"]:
            return Made({"type": "yes_no"}, {"yes": "yes", "no": "no"})
        if len(listed) < 2:
            if listed:
                self._notes.append(note("xlsform-choices-few", where, list=found.list_name))
            return None
        return self._choices(number, row, found, parameters, listed)

    def _choices(
        self, number: int, row: Row, found: RowType, parameters: Mapping[str, str], listed: Sequence[Listed]
    ) -> Made:
        content: Content = {
            "type": found.what,
            **self._measures(row),
        }
        randomised = parameters.get("randomize") == "true"
        fitting = {"exclusive": found.what == "multiple_choice", "stay_last": randomised}
        content["choices"] = [
            {
                "code": choice.code,
                "text": dict(choice.text),
                **{mark: True for mark in sorted(choice.marks) if fitting[mark]},
            }
            for choice in listed
        ]
        names = {choice.raw: choice.code for choice in listed}
        if found.other and (found.what == "ranking" or "other" in names.values()):
            self._notes.append(note("xlsform-column", f"survey:{number} type", raw="or_other"))
        elif found.other:
            content["other"] = True
            names["other"] = "other"
        if randomised:
            content["randomise"] = True
        if choice_filter := self._columns.cell(row, "choice_filter"):
            where = f"survey:{number} choice_filter"
            self._notes.append(note("xlsform-choice-filter", where, raw=choice_filter))
        return Made(content, names)

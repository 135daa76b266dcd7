"""A questionnaire as an XLSForm workbook that other tools open and that is read back here unchanged.

What XLSForm has no column for stands in columns of our own, which other tools skip."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook

from survey.definition import Questionnaire
from survey.expression import Kind
from survey.languages import Text
from survey.parts import Choice
from survey.problems import Problem, SurveyError
from survey.question import Question
from survey.uploading import limits
from survey.words import own_label
from survey.xlsform.lists import MARKED
from survey.xlsform.options import HEAD, native_constraint, native_relevant, options_of, sayable
from survey.xlsform.scales import end_label
from survey.xlsform.wordings import note

LONGEST_CELL = 32_767
_PIPED = re.compile(r"\{\{ ([a-z][a-z0-9_]*) \}\}")
_NAMES: Mapping[str, str] = {"zh": "Chinese", "en": "English"}
_TYPES: Mapping[str, str] = {
    "multiple_choice": "select_multiple",
    "ranking": "rank",
    "short_text": "text",
    "long_text": "text",
    "date": "date",
    "consent": "acknowledge",
    "section": "note",
    "image": "note",
}
_WIDELY_KNOWN = frozenset(
    (
        *("single_choice", "multiple_choice", "ranking", "short_text", "long_text", "number", "date"),
        *("consent", "section", "file"),
    )
)

_Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of an .xlsx, and what other tools will not understand of it."""

    data: bytes
    notes: tuple[Problem, ...]


def write_xlsform(questionnaire: Questionnaire) -> Exported:
    """The workbook of a questionnaire. Raises SurveyError when a text is longer than a cell holds."""
    return _Writer(questionnaire).exported()


class _Writer:
    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._survey: list[_Row] = []
        self._choices: list[_Row] = []
        self._known: dict[str, Kind] = {}
        self._notes: list[Problem] = []
        self._problems: list[Problem] = []

    def exported(self) -> Exported:
        pages = self._author_pages()
        names = (f"page_{number}" for number in range(1, 100_000))
        taken = {question.code for question in self._questionnaire.questions}
        for page in pages:
            if len(pages) > 1:
                name = next(name for name in names if name not in taken)
                self._survey.append({"type": "begin_group", "name": name, "appearance": "field-list"})
            for question in page:
                self._question(question)
            if len(pages) > 1:
                self._survey.append({"type": "end_group"})
        data = self._packed()
        if self._problems:
            raise SurveyError(tuple(self._problems))
        return Exported(data, tuple(self._notes))

    def _author_pages(self) -> list[list[Question]]:
        pages: list[list[Question]] = []
        for question in self._questionnaire.questions:
            if question.new_page or not pages:
                pages.append([])
            pages[-1].append(question)
        return pages

    def _question(self, question: Question) -> None:
        where = f"survey:{len(self._survey) + 2}"
        row: _Row = {
            **self._type(question),
            "name": question.code,
            **self._text("label", question.text, where),
            **self._text("hint", question.help or {}, where),
            **({"required": "yes"} if question.required and question.type != "matrix" else {}),
        }
        relevant, whole = native_relevant(question.show_if, self._known)
        if not whole:
            self._notes.append(note("xlsform-unsayable", f"{where} relevant", raw=question.show_if))
        rule, whole = native_constraint(question, self._known)
        if not whole and question.validation:
            said = question.validation.expression
            self._notes.append(note("xlsform-unsayable", f"{where} constraint", raw=said))
        row |= {"relevant": relevant, "constraint": rule}
        if question.validation:
            row |= self._text("constraint_message", question.validation.message, where)
        row |= {"pactboard_measures": question.measures, "pactboard_options": options_of(question)}
        if question.type not in _WIDELY_KNOWN:
            row["pactboard_type"] = question.type
            self._notes.append(note("xlsform-only-here", f"{where} type", raw=question.type))
        if question.scale:
            for end, text in (("low", question.scale.low), ("high", question.scale.high)):
                row |= self._text(f"pactboard_{end}", text, where, pipes=False)
        if question.randomise:
            row["parameters"] = "randomize=true"
        self._survey.append(row)
        self._offered(question)
        if question.type == "matrix":
            self._matrix_rows(question)
        self._known |= sayable(question)

    def _type(self, question: Question) -> _Row:
        match question.type:
            case "matrix":
                return {"type": "begin_group", "appearance": "table-list"}
            case "number":
                decimals = question.number.decimals if question.number else 0
                return {"type": "decimal" if decimals else "integer"}
            case "rating" | "nps":
                return {"type": f"select_one {question.code}", "appearance": "likert"}
            case "single_choice" | "yes_no":
                return {"type": f"select_one {question.code}{_or_other(question)}"}
            case "multiple_choice" | "ranking":
                return {"type": f"{_TYPES[question.type]} {question.code}{_or_other(question)}"}
            case "file":
                asked = limits(question).types
                return {"type": asked[0] if asked in (("image",), ("audio",), ("video",)) else "file"}
            case "long_text":
                return {"type": "text", "appearance": "multiline"}
            case _:
                return {"type": _TYPES.get(question.type, "text")}

    def _matrix_rows(self, question: Question) -> None:
        for row, item in zip(question.rows, question.items, strict=True):
            where = f"survey:{len(self._survey) + 2}"
            self._survey.append(
                {
                    "type": f"select_one {question.code}",
                    "name": item.code,
                    **self._text("label", item.text, where),
                    **({"required": "yes"} if question.required else {}),
                    MARKED: _marks(row),
                }
            )
        self._survey.append({"type": "end_group"})

    def _offered(self, question: Question) -> None:
        if question.scale:
            ends = {
                question.scale.points[0]: question.scale.low,
                question.scale.points[-1]: question.scale.high,
            }
            for point in question.scale.points:
                text = question.scale.labels.get(point) or {
                    language: end_label(point, ends.get(point, {}).get(language, ""))
                    for language in self._questionnaire.languages
                }
                self._choice(question.code, point, text)
        elif question.type == "yes_no":
            for code in question.offered:
                self._choice(
                    question.code,
                    code,
                    {
                        language: own_label(question, code, language)
                        for language in self._questionnaire.languages
                    },
                )
        for choice in question.choices:
            self._choice(question.code, choice.code, choice.text, _marks(choice))

    def _choice(self, listed: str, code: str, text: Text, marks: str = "") -> None:
        where = f"choices:{len(self._choices) + 2}"
        if "stay_last" in marks:
            self._notes.append(note("xlsform-only-here", f"{where} {MARKED}", raw=marks))
        self._choices.append(
            {
                "list_name": listed,
                "name": code,
                **self._text("label", text, where, pipes=False),
                MARKED: marks,
            }
        )

    def _text(self, meaning: str, text: Text, where: str, pipes: bool = True) -> _Row:
        """The cells of a text, one a language; earlier answers in it as `${code}` where XLSForm has them."""

        def answer(found: re.Match[str]) -> str:
            return f"${{{found[1]}}}" if found[1] in self._known else found[0]

        cells: _Row = {}
        for language, written in text.items():
            said = _PIPED.sub(answer, written) if pipes else written
            heading = self._heading(meaning, language)
            cells[heading] = said
            if "{{" in said:
                self._notes.append(note("xlsform-unsayable", f"{where} {heading}", raw=said))
            if "${" in written or said != said.strip() or "\xa0" in said:
                self._notes.append(note("xlsform-spaces", f"{where} {heading}"))
        return cells

    def _heading(self, meaning: str, language: str) -> str:
        return f"{meaning}::{_NAMES.get(language, language)} ({language})"

    def _settings(self) -> _Row:
        questionnaire, where = self._questionnaire, "settings:2"
        default = questionnaire.default_language
        content = questionnaire.model_dump(mode="json", exclude_defaults=True)
        rest = {key: value for key, value in content.items() if key not in HEAD}
        return {
            "form_title": questionnaire.title[default],
            "form_id": questionnaire.slug,
            "version": str(questionnaire.version),
            "default_language": f"{_NAMES.get(default, default)} ({default})",
            **self._text("pactboard_title", questionnaire.title, where),
            **self._text("pactboard_intro", questionnaire.intro, where),
            **self._text("pactboard_thanks", questionnaire.thanks, where, pipes=False),
            "pactboard_version": str(questionnaire.version),
            "pactboard_options": json.dumps(rest, ensure_ascii=False) if rest else "",
        }

    def _packed(self) -> bytes:
        book = Workbook()
        book.remove(book.worksheets[0])
        # Headings of every language, so that one in which nothing is written yet is not forgotten.
        labels = [self._heading("label", language) for language in self._questionnaire.languages]
        sheets = (
            ("survey", ["type", "name", *labels], self._survey),
            ("choices", ["list_name", "name", *labels], self._choices),
            ("settings", ["form_title", "form_id"], [self._settings()]),
        )
        for name, first, rows in sheets:
            sheet = book.create_sheet(name)
            headings = list(dict.fromkeys((*first, *(key for row in rows for key in row if row[key]))))
            for number, row in enumerate([dict(zip(headings, headings, strict=True)), *rows], start=1):
                for column, heading in enumerate(headings, start=1):
                    text = row.get(heading)
                    if not text:
                        continue
                    if len(text) > LONGEST_CELL:
                        found = {"length": len(text), "limit": LONGEST_CELL}
                        self._problems.append(
                            note("xlsform-cell-long", f"{name}:{number} {heading}", **found)
                        )
                        continue
                    cell = sheet.cell(number, column, value=text)
                    # Text, also when it begins with "=": never a formula, nor an error.
                    cell.data_type = "s"
                    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
            sheet.freeze_panes = "A2"
        packed = io.BytesIO()
        book.save(packed)
        return packed.getvalue()


def _marks(choice: Choice) -> str:
    """The cell of our own column for a choice or a row of a matrix."""
    marks = {"exclusive": choice.exclusive, "stay_last": choice.stay_last}
    return " ".join(mark for mark, is_set in marks.items() if is_set)


def _or_other(question: Question) -> str:
    return " or_other" if question.other else ""

"""The variables of a survey's responses as statistics programs know them: names, texts, codes with labels,
what is missing; the codebook is made of the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from survey import Question, Text, pick
from warehouse.database import Warehouse
from warehouse.exporting.raw import answer_column
from warehouse.exporting.table import Table, summary_table
from warehouse.filters import Filters
from warehouse.surveys import questionnaire, survey
from warehouse.texts import translate

CODEBOOK_COLUMNS = ("variable", "question", "text", "type", "measures", "code", "label", "missing")
REASONS: Mapping[str, str] = {
    "blank": "left blank",
    "not_used": "not used",
    "not_applicable": "not applicable",
    "refused": "declined to say",
    "not_shown": "not shown",
    "not_asked": "not asked",
    "invalid": "refused by the import",
}


@dataclass(frozen=True, slots=True)
class Variable:
    """One item. `codes` is code -> label of what can be answered, `reasons` word -> label of why an answer
    can be missing; `column` is that of the export of responses."""

    column: str
    question: Question
    text: str
    codes: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)


def variables(warehouse: Warehouse, survey_slug: str, language: str) -> tuple[Variable, ...]:
    """The items of all versions of the survey, each as it was asked last, in the language."""
    asked = survey(warehouse, survey_slug)
    if asked is None:
        return ()
    found: dict[str, Variable] = {}
    slug = asked.questionnaire.slug
    for (number,) in warehouse.read("core/version_numbers", questionnaire=slug):
        version = questionnaire(warehouse, slug, number)
        for item in version.items if version else ():
            if version and item.code not in found:
                found[item.code] = _variable(item, language, version.default_language)
    return tuple(found.values())


def codebook(warehouse: Warehouse, filters: Filters, language: str) -> Table:
    """One row a code of each variable, and one for each variable without codes. `missing` says that the code
    stands for no answer."""
    rows: list[tuple[object, ...]] = []
    for each in variables(warehouse, filters.survey, language):
        item = each.question
        head = (each.column, item.code, each.text, item.type, item.measures)
        codes = [(code, label, False) for code, label in each.codes.items()]
        codes += [(code, label, True) for code, label in each.reasons.items()]
        rows += [(*head, *code) for code in codes] or [(*head, None, None, False)]
    return summary_table(warehouse, CODEBOOK_COLUMNS, rows, filters)


def _variable(item: Question, language: str, default: str) -> Variable:
    reasons: dict[str, str] = {}
    if item.scored:
        words = dict.fromkeys((*REASONS, *item.missing_codes.values()))
        reasons = {word: translate(REASONS[word], language) if word in REASONS else word for word in words}
    codes = dict(_codes(item, language, default))
    return Variable(answer_column(item.code), item, _said(item.text, language, default), codes, reasons)


def _codes(item: Question, language: str, default: str) -> Iterator[tuple[str, str]]:
    if item.scale:
        ends = {str(item.scale.min): item.scale.low, str(item.scale.max): item.scale.high}
        for point in item.scale.points:
            label = item.scale.labels.get(point) or ends.get(point)
            yield point, _said(label, language, default) if label else ""
    texts = {choice.code: choice.text for choice in item.choices}
    words = {"yes": translate("yes", language), "no": translate("no", language)}
    for code in item.offered:
        yield code, _said(texts[code], language, default) if code in texts else words.get(code, code)


def _said(texts: Text, language: str, default: str) -> str:
    return " ".join(pick(texts, language, default)[0].split())

"""Texts as a reader sees them: in their language, with earlier answers and the member's fields put in."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from survey.definition import OTHER, Question, Questionnaire
from survey.expression import Node, Value, evaluate
from survey.expression.tree import Call, Name
from survey.languages import Text, pick
from survey.piping import fill
from survey.texts import translate

_LONGEST = 200
_UNANSWERED = "…"


def spoken(
    questionnaire: Questionnaire,
    text: Text,
    language: str,
    values: Mapping[str, Value],
    today: date | None = None,
) -> tuple[str, bool]:
    """The text in that language and whether it is a fallback; `values` is what the names of expressions
    stand for. Something unanswered is shown as an ellipsis."""
    picked, is_fallback = pick(text, language, questionnaire.default_language)

    def words(node: Node) -> str:
        if isinstance(node, Call) and node.function == "coalesce":
            first, second = node.arguments
            return words(second) if evaluate(first, values, today) is None else words(first)
        value = evaluate(node, values, today)
        named = _choice_labels(questionnaire, node.name, language) if isinstance(node, Name) else {}
        return _said(value, language, named)

    return fill(picked, words), is_fallback


def own_label(question: Question, code: str, language: str) -> str:
    """What is read for "other", yes and no, which need no text in the definition."""
    if question.type == "consent":
        return translate("I agree" if code == "yes" else "I do not agree", language)
    return translate({"yes": "Yes", "no": "No", OTHER: "Other"}[code], language)


def _choice_labels(questionnaire: Questionnaire, name: str, language: str) -> dict[str, str]:
    """Code -> what is read, of the choices of that question or the rows of that matrix."""
    for question in questionnaire.questions:
        if question.code == name:
            listed = {
                choice.code: pick(choice.text, language, questionnaire.default_language)[0]
                for choice in (*question.choices, *question.rows)
            }
            own = {
                code: own_label(question, code, language) for code in question.offered if code not in listed
            }
            return listed | own
    return {}


def _said(value: Value, language: str, labels: Mapping[str, str]) -> str:
    if value is None:
        return _UNANSWERED
    if isinstance(value, tuple):
        return translate(", ", language).join(labels.get(code, code) for code in value)
    if isinstance(value, str):
        said = " ".join(labels.get(value, value).split())
        return said if len(said) <= _LONGEST else said[: _LONGEST - 1] + "…"
    if isinstance(value, date):
        return _day(value, language)
    if isinstance(value, Fraction) and value.denominator != 1:
        return f"{float(value):.6f}".rstrip("0").rstrip(".")
    return str(value)


def _day(value: date, language: str) -> str:
    try:
        return format_date(value, "long", Locale.parse(language))
    except (UnknownLocaleError, ValueError):
        return value.isoformat()

"""What a new question of each type looks like before anybody has typed a word: whole, so it can be seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from pages.ui.texts import translate
from survey import Questionnaire
from survey.yaml_writing import write_questionnaire

NEW_TITLE = "New questionnaire"
_TO_BE_WRITTEN = (NEW_TITLE, "New question", "New heading", "What the picture shows", "New choice", "New row")
TYPE_NAMES = {
    "rating": "Rating on a scale",
    "nps": "Recommendation, 0 to 10 (NPS)",
    "matrix": "Several things on one scale",
    "single_choice": "One of several choices",
    "multiple_choice": "Several choices",
    "ranking": "Ranking",
    "yes_no": "Yes or no",
    "short_text": "Short text",
    "long_text": "Long text",
    "number": "Number",
    "date": "Date",
    "consent": "Consent",
    "signature": "Signature by typed name",
    "file": "One file",
    "section": "Heading with text",
    "image": "Picture with its description",
}
"""Type -> its name for a person; those of which a new question can be made."""


def new_question(type_name: str, code: str, languages: Sequence[str]) -> dict[str, Any]:
    """A question of that type as plain content, with texts to be typed over in each language."""

    def said(message: str, **values: object) -> dict[str, str]:
        return {language: translate(message, language, **values) for language in languages}

    made: dict[str, Any] = {"code": code, "type": type_name}
    if type_name == "nps":
        made |= {"measures": "nps", "text": said("How likely are you to recommend us?")}
        made["scale"] = {"min": 0, "max": 10, "low": said("Not at all likely"), "high": said("Very likely")}
        return made
    if type_name == "signature":
        made["pii"] = True
    if type_name == "file":
        made["file"] = {"types": ["image", "pdf"], "max_mb": 5}
    if type_name == "image":
        made["image"] = f"{code.replace('_', '-')}.png"
    words = {"section": "New heading", "image": "What the picture shows"}
    made["text"] = said(words.get(type_name, "New question"))
    if type_name in ("rating", "matrix"):
        made["scale"] = {"min": 1, "max": 5, "low": said("Very dissatisfied"), "high": said("Very satisfied")}
    if type_name == "matrix":
        made["rows"] = [
            {"code": f"row_{number}", "text": said("Row {number}", number=number)} for number in (1, 2)
        ]
    if type_name in ("single_choice", "multiple_choice", "ranking"):
        made["choices"] = [
            {"code": f"choice_{number}", "text": said("Choice {number}", number=number)} for number in (1, 2)
        ]
    return made


def new_choice(name: str, taken: Sequence[str], languages: Sequence[str]) -> Mapping[str, Any]:
    """A choice, or a row of a matrix (`name` is "choices" or "rows"), with a code that is not taken."""
    stem = "row" if name == "rows" else "choice"
    code = unused(stem, taken, len(taken) + 1)
    message = "New row" if name == "rows" else "New choice"
    return {"code": code, "text": {language: translate(message, language) for language in languages}}


def new_questionnaire() -> str:
    """The YAML text of a questionnaire in Chinese and English with one question, to be written."""
    languages = ("zh", "en")
    content = {
        "slug": "new",
        "version": 1,
        "title": {language: translate(NEW_TITLE, language) for language in languages},
        "intro": {language: translate("Two minutes of your time?", language) for language in languages},
        "thanks": {language: translate("Thank you for your time.", language) for language in languages},
        "languages": languages,
        "default_language": "zh",
        "questions": (new_question("rating", "question_1", languages),),
    }
    return write_questionnaire(Questionnaire.model_validate(content))


def unwritten(asked: Questionnaire) -> tuple[str, ...]:
    """The codes of questions with a text that nobody has typed over, "" for the title."""
    theirs = {language: _placeholders(language) for language in asked.languages}
    texts = [("", asked.title), *((each.code, text) for each in asked.questions for _, text in each.texts())]
    found = (
        code
        for code, text in texts
        if any(said.strip() in theirs.get(language, ()) for language, said in text.items())
    )
    return tuple(dict.fromkeys(found))


def _placeholders(language: str) -> frozenset[str]:
    numbered = {
        translate(message, language, number=number)
        for message in ("Row {number}", "Choice {number}")
        for number in (1, 2)
    }
    return frozenset({translate(message, language) for message in _TO_BE_WRITTEN} | numbered)


def unused(stem: str, taken: Sequence[str], start: int) -> str:
    """The first of stem_<start>, stem_<start + 1>, ... that is not taken."""
    number = start
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"

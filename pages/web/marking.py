"""Answers that a link marks beforehand, for a rating in an e-mail: one click, then look and send."""

from collections.abc import Iterable

from survey import Question, Questionnaire, Raw, check_answer
from survey.sharing import FORM_PARAMETERS, rated_question


def marked_answers(questionnaire: Questionnaire, query: Iterable[tuple[str, str]]) -> dict[str, Raw]:
    """The answers that `?score=9` and `?<code>=<answer>` stand for: item code -> raw answer.

    `score` is for the recommendation question, where there is none for the first that measures satisfaction.
    Only scores and choices on offer are marked, never a text; a code given twice marks nothing.
    """
    given: dict[str, list[str]] = {}
    for name, value in query:
        given.setdefault(name, []).append(value)
    marked: dict[str, Raw] = {}
    rated = rated_question(questionnaire)
    if rated and _offers(rated, given.get("score", [])):
        marked[rated.code] = given["score"][0]
    for item in questionnaire.items:
        if item.code not in FORM_PARAMETERS and _offers(item, given.get(item.code, [])):
            marked[item.code] = given[item.code][0]
    return marked


def _offers(item: Question, given: list[str]) -> bool:
    if len(given) != 1 or item.stored == "choices":
        return False
    answer = check_answer(item, given[0])
    return answer.score is not None or answer.choice is not None

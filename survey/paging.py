"""Pages: where a form is broken up, for the author's sake and for that of its logic."""

from collections.abc import Sequence

from survey.logic import kinds, needs
from survey.question import Question

Pages = tuple[tuple[Question, ...], ...]


def pages(questions: Sequence[Question]) -> Pages:
    """The questions page by page: `new_page` starts one, and so does a question that needs an answer of the
    page it would stand on.

    So a form without a script knows, whenever it draws a page, all that decides what is on it."""
    found: list[tuple[Question, ...]] = []
    page: list[Question] = []
    given: set[str] = set()
    for question in questions:
        if page and (question.new_page or needs(question) & given):
            found.append(tuple(page))
            page, given = [], set()
        page.append(question)
        given |= kinds(question).keys()
    return (*found, tuple(page))

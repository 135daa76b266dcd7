"""Which names a questionnaire's texts and conditions use."""

from collections.abc import Iterator

from survey.definition import Questionnaire
from survey.expression import names, parse
from survey.languages import Text
from survey.piping import pieces


def names_used(questionnaire: Questionnaire) -> frozenset[str]:
    """Every name that is piped into a text or asked by a condition or a rule, such as `member.name`."""
    return frozenset().union(*(names(parse(source)) for source in _sources(questionnaire)))


def _sources(questionnaire: Questionnaire) -> Iterator[str]:
    texts: list[Text] = [questionnaire.title, questionnaire.intro, questionnaire.thanks]
    for question in questionnaire.questions:
        texts += [text for _, text in question.texts()]
        if question.show_if is not None:
            yield question.show_if
        if question.validation:
            yield question.validation.expression
    for text in texts:
        for translation in text.values():
            yield from (piece[1] for piece in pieces(translation) if isinstance(piece, tuple))

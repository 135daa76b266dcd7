"""The form as both renderers draw it: what is shown, in the language, each value and problem at its field."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from babel import Locale, UnknownLocaleError

from survey.answers import Raw
from survey.definition import Questionnaire
from survey.fields import FormField, FormFile, FormOption, FormRow, Reader, build_field
from survey.paging import Pages
from survey.problems import Problem
from survey.sheet import Sheet, read_sheet
from survey.texts import translate

__all__ = ["Form", "FormField", "FormFile", "FormOption", "FormProblem", "FormRow", "build_form"]


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One line of the list of problems above a form: `code` is the name of the input to go to, "" for the
    form as a whole."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire in one language, ready to draw; `languages` is (code, own name) of each one offered.

    `fields` are those shown, of one page or of all. `page` counts from 0 and is None for all pages at once;
    `pages` is how many there are, `previous_page` the one to go back to, `is_last` whether no other comes
    after it, `progress` the part that lies behind, 0 to 1. For a form that keeps nothing on the server
    `carried` are (name, value) of what was answered on the pages before and still counts, `kept` those of
    pages further on, answered before somebody went back: they count once they are shown again."""

    slug: str
    version: int
    title: str
    intro: str
    thanks: str
    language: str
    languages: tuple[tuple[str, str], ...]
    fields: tuple[FormField, ...]
    problems: tuple[FormProblem, ...]
    page: int | None
    pages: int
    previous_page: int | None
    is_last: bool
    progress: float
    carried: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str], ...]


def build_form(
    questionnaire: Questionnaire,
    language: str,
    values: Mapping[str, Raw] | None = None,
    problems: Sequence[Problem] = (),
    *,
    page: int | None = None,
    response_id: UUID | None = None,
    member: Mapping[str, str] | None = None,
    today: date | None = None,
) -> Form:
    """The form in that language (the default one when it is not offered), filled with `values`, item code ->
    raw answer: one page of `Questionnaire.pages` or, with None, all that these answers show.

    The response id decides the order of randomised choices. Raises IndexError for a page there is not."""
    default = questionnaire.default_language
    language = language if language in questionnaire.languages else default
    raw = values or {}
    sheet = read_sheet(questionnaire, raw, member, today)
    asked = questionnaire.questions if page is None else questionnaire.pages[page]
    reader = Reader(questionnaire, language, sheet.values, response_id, today)
    advice = {problem.where: problem.advice(language) for problem in problems}
    fields = tuple(
        build_field(question, reader, raw, advice) for question in asked if question.code not in sheet.hidden
    )
    count = len(questionnaire.pages)
    before = [number for number in _shown(questionnaire.pages, sheet) if page and number < page]
    behind = () if page is None else questionnaire.pages[:page]
    ahead = () if page is None else questionnaire.pages[page + 1 :]
    return Form(
        slug=questionnaire.slug,
        version=questionnaire.version,
        title=reader.say(questionnaire.title),
        intro=reader.say(questionnaire.intro),
        thanks=reader.say(questionnaire.thanks),
        language=language,
        languages=tuple((code, _own_name(code)) for code in questionnaire.languages),
        fields=fields,
        problems=tuple(_problem(problem, fields, language) for problem in problems),
        page=page,
        pages=count,
        previous_page=before[-1] if before else None,
        is_last=page is None or page == count - 1,
        progress=(page or 0) / count,
        carried=tuple(_given(behind, raw, sheet.hidden)),
        kept=tuple(_given(ahead, raw)),
    )


def next_page(
    questionnaire: Questionnaire,
    values: Mapping[str, Raw],
    after: int,
    *,
    member: Mapping[str, str] | None = None,
    today: date | None = None,
) -> int | None:
    """The number of the next page on which something is shown for these answers; None when all are done.

    `after` is the page just answered, -1 for the first one."""
    sheet = read_sheet(questionnaire, values, member, today)
    return next((number for number in _shown(questionnaire.pages, sheet) if number > after), None)


def _shown(pages: Pages, sheet: Sheet) -> tuple[int, ...]:
    """The numbers, from 0, of the pages on which something is shown for these answers."""
    return tuple(
        number
        for number, page in enumerate(pages)
        if any(question.code not in sheet.hidden for question in page)
    )


def _given(pages: Pages, raw: Mapping[str, Raw], without: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """What was answered on these pages, one by one, without the questions of these codes."""
    for question in (question for page in pages for question in page if question.code not in without):
        for item in question.items:
            for value in _single(raw.get(item.code)):
                yield item.code, value


def _single(raw: Raw) -> tuple[str, ...]:
    values = (raw,) if isinstance(raw, str) else tuple(raw or ())
    return tuple(value for value in values if value)


def _problem(problem: Problem, fields: tuple[FormField, ...], language: str) -> FormProblem:
    """The problem's line, with the question's or the row's own text, not its code, for its place."""
    labels = {field.code: field.label for field in fields}
    labels |= {field.other_name: field.label for field in fields if field.other_name}
    labels |= {row.code: row.label for field in fields for row in field.rows}
    label = labels.get(problem.where)
    if label is None:
        return FormProblem("", problem.words(language))
    words = translate("“{question}” {advice}", language, question=label, advice=problem.advice(language))
    return FormProblem(problem.where, words)


def _own_name(language: str) -> str:
    """A language's name for itself, "中文" or "English"; its code when the language is not known to CLDR."""
    try:
        return Locale.parse(language).get_display_name(language) or language
    except UnknownLocaleError:
        return language

"""The form as both renderers draw it: texts in the language, each value and problem at its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from survey.definition import Question, Questionnaire
from survey.languages import pick
from survey.problems import Problem
from survey.texts import translate


@dataclass(frozen=True, slots=True)
class FormOption:
    """One answer on offer: `code` is sent back, `label` is read."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """One question in one language. `value` is what to show as answered, None for nothing; `problem` what is
    wrong with it, in words; `max_length` is in characters; `is_fallback` says that a text is in the default
    language."""

    code: str
    type: str
    label: str
    help: str
    required: bool
    options: tuple[FormOption, ...]
    low_label: str
    high_label: str
    max_length: int
    value: str | None
    problem: str | None
    is_fallback: bool


@dataclass(frozen=True, slots=True)
class FormProblem:
    """One line of the list of problems above a form: `code` is the field to go to, "" for the form as a
    whole."""

    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire in one language, ready to draw; `languages` is (code, own name) of each one offered."""

    slug: str
    version: int
    title: str
    intro: str
    thanks: str
    language: str
    languages: tuple[tuple[str, str], ...]
    fields: tuple[FormField, ...]
    problems: tuple[FormProblem, ...]


def build_form(
    questionnaire: Questionnaire,
    language: str,
    values: Mapping[str, str] | None = None,
    problems: Sequence[Problem] = (),
) -> Form:
    """The form in that language (the default one when it is not offered), filled with `values`, code -> raw
    answer.

    A value that is no option of its question is not shown as chosen; a text is shown as it was sent."""
    default = questionnaire.default_language
    language = language if language in questionnaire.languages else default
    advice = {problem.where: problem.advice(language) for problem in problems}
    fields = tuple(
        _field(question, language, default, (values or {}).get(question.code), advice.get(question.code))
        for question in questionnaire.questions
    )
    return Form(
        slug=questionnaire.slug,
        version=questionnaire.version,
        title=pick(questionnaire.title, language, default)[0],
        intro=pick(questionnaire.intro, language, default)[0],
        thanks=pick(questionnaire.thanks, language, default)[0],
        language=language,
        languages=tuple((code, _own_name(code)) for code in questionnaire.languages),
        fields=fields,
        problems=tuple(_problem(problem, fields, language) for problem in problems),
    )


def _field(
    question: Question, language: str, default: str, value: str | None, advice: str | None
) -> FormField:
    scale = question.scale
    texts = {"label": question.text}
    if question.help is not None:
        texts["help"] = question.help
    if scale:
        texts |= {"low": scale.low, "high": scale.high}
    texts |= {f"choice {choice.code}": choice.text for choice in question.choices}
    picked = {name: pick(text, language, default) for name, text in texts.items()}
    words = {name: text for name, (text, _) in picked.items()}
    options = tuple(FormOption(choice.code, words[f"choice {choice.code}"]) for choice in question.choices)
    if scale:
        options = tuple(FormOption(str(score), str(score)) for score in range(scale.min, scale.max + 1))
    if options and value not in {option.code for option in options}:
        value = None
    return FormField(
        code=question.code,
        type=question.type,
        label=words["label"],
        help=words.get("help", ""),
        required=question.required,
        options=options,
        low_label=words.get("low", ""),
        high_label=words.get("high", ""),
        max_length=question.max_length,
        value=value,
        problem=advice,
        is_fallback=any(is_fallback for _, is_fallback in picked.values()),
    )


def _problem(problem: Problem, fields: tuple[FormField, ...], language: str) -> FormProblem:
    """The problem's line, with the question's own text, not its code, for its place."""
    field = next((field for field in fields if field.code == problem.where), None)
    if field is None:
        return FormProblem("", problem.words(language))
    words = translate(
        "“{question}” {advice}", language, question=field.label, advice=problem.advice(language)
    )
    return FormProblem(field.code, words)


def _own_name(language: str) -> str:
    """A language's name for itself, "中文" or "English"; its code when the language is not known to CLDR."""
    try:
        return Locale.parse(language).get_display_name(language) or language
    except UnknownLocaleError:
        return language

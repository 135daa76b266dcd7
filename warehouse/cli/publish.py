"""`python -m warehouse publish SLUG_OR_FILE`: opens a survey with a questionnaire of the library or file."""

import argparse
from collections.abc import Mapping
from contextlib import closing

from pydantic import TypeAdapter, ValidationError

from survey import Questionnaire, Text, pick
from survey.changes import changes
from survey.characters import says_nothing, unfit_character
from survey.definition import Slug
from warehouse.cli import picture
from warehouse.cli.definition import add_questionnaire, read_definition
from warehouse.cli.link import survey_link
from warehouse.cli.speaking import add_language, language_of, table
from warehouse.database import Warehouse, open_warehouse
from warehouse.importing.problems import shown
from warehouse.problems import Problem, WarehouseError
from warehouse.receiving import rules
from warehouse.surveys import Survey, publish, questionnaire, survey
from warehouse.texts import translate

NAME = "publish"
SUMMARY = "Opens a survey with a questionnaire, or brings it to the next version."
HEADINGS = ("question", "type", "measures", "page")
MOST_TITLE = 200  # characters

# Every text stands in locale/<language>/publishing.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "survey-name-malformed": (
        "“{survey}” cannot be the name of a survey.",
        "Write it as in a link: small letters, digits and hyphens, starting with a letter, at most 60.",
    ),
    "survey-title-unfit": (
        "The title is blank, too long or holds a control character.",
        "Write it in one line of at most {limit} characters.",
    ),
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The questionnaire, the survey's name and titles, whether to check only, the language."""
    add_questionnaire(parser, language)
    parser.add_argument(
        "--survey",
        metavar="NAME",
        help=translate("as in the link /s/NAME; without it, that of the questionnaire", language),
    )
    for code in ("zh", "en"):
        parser.add_argument(
            f"--title-{code}",
            metavar="TEXT",
            help=translate("title of a new survey; without it, that of the questionnaire", language),
        )
    parser.add_argument(
        "--check", action="store_true", help=translate("report only; no warehouse is needed", language)
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Check or publish, and print what is asked and where.

    Raises SurveyError, WarehouseError with a code of `WORDINGS` and those of `publish`; then nothing is
    stored."""
    language = language_of(arguments)
    definition = read_definition(arguments.questionnaire)
    name = _name(arguments.survey or definition.slug)
    title = _title(definition, {"zh": arguments.title_zh, "en": arguments.title_en})
    if arguments.check:
        outcome = translate("Checked only: the questionnaire can be published.", language)
    else:
        with closing(open_warehouse()) as warehouse:
            outcome = _publish(warehouse, definition, name, title, language)
    print(words(definition, language), outcome, sep="\n\n")
    return 0


def words(definition: Questionnaire, language: str) -> str:
    """What the questionnaire asks, as a table of its questions, page by page."""
    title, _ = pick(definition.title, language, definition.default_language)
    name = {"title": shown(title), "questionnaire": definition.slug, "version": definition.version}
    rows = [
        [question.code, question.type, "" if question.measures == "none" else question.measures, str(page)]
        for page, questions in enumerate(definition.pages, start=1)
        for question in questions
    ]
    return "\n".join(
        [
            translate("{title} ({questionnaire}, version {version})", language, **name),
            f"SHA-256 {definition.sha256}",
            "",
            table([translate(heading, language) for heading in HEADINGS], rows, right=(3,)),
        ]
    )


def _name(asked: str) -> str:
    try:
        return TypeAdapter[str](Slug).validate_python(asked)
    except ValidationError:
        raise _refusal("survey-name-malformed", "--survey", survey=asked) from None


def _title(definition: Questionnaire, given: Mapping[str, str | None]) -> Text:
    for code, text in given.items():
        if text is None:
            continue
        if says_nothing(text) or unfit_character(text) or "\n" in text or len(text) > MOST_TITLE:
            raise _refusal("survey-title-unfit", f"--title-{code}", limit=MOST_TITLE)
    return {**definition.title, **{code: text for code, text in given.items() if text is not None}}


def _publish(warehouse: Warehouse, definition: Questionnaire, name: str, title: Text, language: str) -> str:
    """Publish it; the sentences that say what became of it."""
    version_known = questionnaire(warehouse, definition.slug, definition.version) is not None
    before = survey(warehouse, name)
    publish(warehouse, definition, name, title, is_example=False)
    after = survey(warehouse, name)
    if after is None:
        raise RuntimeError(f"the survey {name} was not stored")
    parts = [_outcome(before, after, version_known, language)]
    if before and before.questionnaire.version != after.questionnaire.version:
        parts += _differences(before.questionnaire, after.questionnaire, language)
    if before and {**before.title, **title} != before.title and title != definition.title:
        parts.append(translate("Its title stays the first one.", language))
    if not rules(warehouse, name).is_history:
        parts.append(translate("Answer it at {link}", language, link=survey_link(name)))
    else:
        parts.append(translate("Its answers were imported from a file, so its form is closed.", language))
    parts += picture.words(warehouse, definition, language)
    return "\n".join(parts)


def _differences(before: Questionnaire, after: Questionnaire, language: str) -> list[str]:
    """What is different, a line for each; who was answering is stored against the version seen."""
    found = [_line(change.words(language)) for change in changes(before, after)]
    head = translate(
        "Different from version {version} ({n}):", language, version=before.version, n=len(found)
    )
    note = translate(
        "Answers to all versions stay together by code. Who has version {version} open is stored against it.",
        language,
        version=before.version,
    )
    return [head, *(f"  {line}" for line in found), note] if found else []


def _line(text: str) -> str:
    """A text in one line that can be printed, however long."""
    line = " ".join(text.split())
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)


def _outcome(before: Survey | None, after: Survey, version_known: bool, language: str) -> str:
    version = {"survey": after.slug, "version": after.questionnaire.version}
    if before is None:
        return translate("Published: the survey {survey} asks version {version}.", language, **version)
    if before.questionnaire.version != after.questionnaire.version:
        return translate("Published: the survey {survey} now asks version {version}.", language, **version)
    if version_known:
        return translate(
            "Published before with the same content: nothing changed; {survey} asks version {version}.",
            language,
            **version,
        )
    return translate(
        "Published, but the survey {survey} goes on asking version {version}, which is later.",
        language,
        **version,
    )


def _refusal(code: str, where: str, **values: object) -> WarehouseError:
    what, todo = WORDINGS[code]
    return WarehouseError(Problem(code, where, what, todo, values))

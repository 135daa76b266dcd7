"""`python -m survey`: checks questionnaire files, reads those of other tools, prints their JSON Schema."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from survey.definition import Questionnaire
from survey.files import read_file, write_file
from survey.languages import is_missing, normalise_language
from survey.problems import Problem, SurveyError
from survey.schema import json_schema
from survey.texts import translate

LANGUAGES = ("zh", "en")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 when all is well, 1 when a file was refused (the reasons are on stderr), 2 when the
    command was misspelt."""
    parser = argparse.ArgumentParser(prog="python -m survey", description="Questionnaire files of Pactboard.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="checks a questionnaire file and says everything wrong with it")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--language", choices=LANGUAGES, help="of the report; without it, that of LANG")
    convert = commands.add_parser(
        "convert", help="turns a form of XLSForm, LimeSurvey or Qualtrics into a questionnaire"
    )
    convert.add_argument("file", type=Path, metavar="IN", help="a .yaml, .xlsx, .xls, .lss or .qsf file")
    convert.add_argument("out", type=Path, metavar="OUT", help="a new .xlsx or .yaml file")
    convert.add_argument("--language", choices=LANGUAGES, help="of the report; without it, that of LANG")
    commands.add_parser("schema", help="prints the JSON Schema of questionnaire files, for editors")
    asked = parser.parse_args(arguments)
    if asked.command == "schema":
        print(json_schema())
        return 0
    language = asked.language or _language(os.environ)
    try:
        questionnaire, notes = read_file(asked.file)
        if asked.command == "convert":
            notes = (*notes, *write_file(questionnaire, asked.out))
    except SurveyError as error:
        _tell(error.problems, language)
        return 1
    print("\n".join(_summary(questionnaire, language)))
    if notes:
        print(translate("Not carried over as it was: {count}", language, count=len(notes)))
        _tell(notes, language)
    return 0


def _tell(found: Sequence[Problem], language: str) -> None:
    """Each on a line of its own, with its code, on stderr."""
    for each in found:
        print(each.words(language), f"[{each.code}]", file=sys.stderr)


def _summary(questionnaire: Questionnaire, language: str) -> list[str]:
    """What was read, and in how many texts each language is missing."""
    lines = [
        translate(
            "{slug}, version {version}, in {languages}. Questions: {questions}, pages: {pages}",
            language,
            slug=questionnaire.slug,
            version=questionnaire.version,
            questions=sum(1 for question in questionnaire.questions if question.items),
            pages=len(questionnaire.pages),
            languages=", ".join(questionnaire.languages),
        )
    ]
    for code in questionnaire.languages:
        missing = sum(1 for _, text in questionnaire.texts() if is_missing(text.get(code)))
        if missing:
            lines.append(
                translate("Texts not translated into {code}: {count}", language, code=code, count=missing)
            )
    return [*lines, f"sha256 {questionnaire.sha256}"]


def _language(environment: Mapping[str, str]) -> str:
    """That of the first of LC_ALL, LC_MESSAGES and LANG that is set, when we speak it; else English."""
    names = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    language = normalise_language(next(filter(None, names), ""))
    return language if language in LANGUAGES else "en"


if __name__ == "__main__":
    sys.exit(main())

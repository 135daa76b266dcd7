"""`python -m warehouse picture SURVEY FILE`: keeps a picture that a question of the survey shows."""

import argparse
from contextlib import closing
from pathlib import Path

from survey import Questionnaire
from warehouse.cli.speaking import add_language, language_of
from warehouse.database import Warehouse, open_warehouse
from warehouse.life_problems import refusal
from warehouse.pictures import add_picture, missing_pictures
from warehouse.problems import Problem, WarehouseError
from warehouse.surveys import survey, surveys
from warehouse.texts import translate

NAME = "picture"
SUMMARY = "Keeps a picture that a question of a survey shows."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The survey, the file, the name of the picture, the language."""
    parser.add_argument("survey", metavar="SURVEY", help=translate("the name of the survey", language))
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=translate("PNG, JPEG or WebP, at most 300 KB", language)
    )
    parser.add_argument(
        "--name",
        metavar="NAME",
        help=translate("as the question names it; without it, that of the file", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Keep the picture and say what is still missing. Raises WarehouseError: "picture-file",
    "life-survey" and those of `add_picture`."""
    language = language_of(arguments)
    name = arguments.name or arguments.file.name
    content = _content(arguments.file)
    with closing(open_warehouse()) as warehouse:
        asked = survey(warehouse, arguments.survey)
        if asked is None:
            known = ", ".join(each.slug for each in surveys(warehouse))
            raise refusal("life-survey", survey=arguments.survey, known=known)
        made = add_picture(warehouse, asked.questionnaire, name, content)
        kept = "Kept: {name}, {width} × {height} pixels."
        print(translate(kept, language, name=name, width=made.width, height=made.height))
        for line in words(warehouse, asked.questionnaire, language):
            print(line)
    return 0


def words(warehouse: Warehouse, questionnaire: Questionnaire, language: str) -> list[str]:
    """A line on the pictures that are not there, if any."""
    names = missing_pictures(warehouse, questionnaire)
    if not names:
        return []
    said = "Not there yet, so that only their texts are shown: {names}. Add each: python -m warehouse picture"
    return [translate(said, language, names=", ".join(names))]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = "The file cannot be read ({reason}).", "Check the path and the rights."
        raise WarehouseError(Problem("picture-file", path.name, *what, {"reason": reason})) from None

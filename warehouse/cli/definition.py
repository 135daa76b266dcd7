"""The questionnaire that a command is given: one of the library by its slug, or a YAML file."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from survey import Questionnaire, library_questionnaire, read_questionnaire
from warehouse.problems import Problem, WarehouseError
from warehouse.texts import translate

# Every text stands in locale/<language>/publishing.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "questionnaire-file": (
        "The file cannot be read ({reason}).",
        "Give the path of a questionnaire file, saved as UTF-8 text.",
    ),
}


def add_questionnaire(parser: argparse.ArgumentParser, language: str) -> None:
    """Which questionnaire."""
    parser.add_argument(
        "questionnaire",
        metavar="SLUG_OR_FILE",
        help=translate("a questionnaire of the library, or a YAML file", language),
    )


def is_file(asked: str) -> bool:
    """Whether it is written like a file."""
    path = Path(asked)
    return path.suffix in (".yaml", ".yml") or path.name != asked


def read_definition(asked: str) -> Questionnaire:
    """The file when it is written like one, else the library's. Raises SurveyError and
    WarehouseError("questionnaire-file")."""
    if not is_file(asked):
        return library_questionnaire(asked)
    path = Path(asked)
    try:
        source = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "UTF-8"
        what, todo = WORDINGS["questionnaire-file"]
        raise WarehouseError(Problem("questionnaire-file", asked, what, todo, {"reason": reason})) from error
    return read_questionnaire(source, path.name)

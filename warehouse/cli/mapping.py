"""`python -m warehouse mapping QUESTIONNAIRE`: prints a mapping by which old responses can be imported."""

import argparse
from pathlib import Path

from warehouse.cli.definition import add_questionnaire, read_definition
from warehouse.cli.speaking import add_language, language_of
from warehouse.importing.drafting import mapping_for
from warehouse.texts import translate

NAME = "mapping"
SUMMARY = "Prints a mapping for the import of old responses to a questionnaire."


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    """The questionnaire, the survey to import into, the language."""
    add_questionnaire(parser, language)
    parser.add_argument(
        "--survey",
        metavar="NAME",
        help=translate("the survey that will hold them; without it, one of its own", language),
    )
    add_language(parser, language)


def run(arguments: argparse.Namespace) -> int:
    """Print the mapping. Raises those of `read_definition`."""
    language = language_of(arguments)
    definition = read_definition(arguments.questionnaire)
    path = Path(arguments.questionnaire)
    named = path.name if path.suffix in (".yaml", ".yml") else definition.slug
    survey = arguments.survey or f"{definition.slug[:51]}-imported"
    print(mapping_for(definition, named, survey, language), end="")
    return 0

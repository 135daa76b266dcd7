"""Surveys to try the light form with: every type of question on four pages, and those of the library."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import warehouse
from survey import Questionnaire, library, read_questionnaire
from tests.serving import Server, running_server
from warehouse.surveys import publish

EVERY_TYPE = "/s/every-type"


def every_type() -> Questionnaire:
    """The questionnaire with every type of question and all logic."""
    path = Path(__file__).with_name("every_type.yaml")
    return read_questionnaire(path.read_text(encoding="utf-8"), path.name)


def publish_survey(house: warehouse.Warehouse, questionnaire: Questionnaire) -> None:
    """Open a survey of the questionnaire's own name."""
    publish(house, questionnaire, questionnaire.slug, questionnaire.title, is_example=False)


@contextmanager
def serving_surveys(folder: Path) -> Iterator[Server]:
    """A server with a survey of every questionnaire of the library, and of the one with every type."""
    house = warehouse.open_warehouse(folder / "pactboard.duckdb")
    try:
        for questionnaire in (*library(), every_type()):
            publish_survey(house, questionnaire)
    finally:
        house.close()
    with running_server(folder) as server:
        yield server

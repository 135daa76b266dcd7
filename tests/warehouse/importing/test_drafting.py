"""A mapping made for a questionnaire reads what was exported of it, for every questionnaire of the library:
into another survey, with the same answers and the same figures."""

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from survey import (
    Envelope,
    Question,
    Questionnaire,
    Raw,
    Response,
    library,
    new_response_id,
    validate,
    with_kept,
)
from tests.sheets import EVERYTHING, everything
from tests.warehouse.commands import run
from tests.warehouse.importing.books import converted
from warehouse import Warehouse, open_warehouse
from warehouse.exports import csv_bytes, export_rows
from warehouse.filters import Filters
from warehouse.importing import load, prepare
from warehouse.summary import summarise
from warehouse.surveys import publish

FIRST = datetime(2026, 3, 30, 15, 0, tzinfo=UTC)
TEXTS = ("很好", "=1+1", "'quoted'", "two\nlines", '@home, "yes"', "-5", "")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "own.duckdb")
    yield warehouse
    warehouse.close()


def an_answer(item: Question, chance: random.Random) -> Raw:
    """A valid answer to the item, or none where none is needed."""
    if not item.required and chance.random() < 0.2:
        return ""
    if item.scale:
        return str(chance.randint(item.scale.min, item.scale.max))
    if item.stored == "choices":
        return chance.sample([code for code in item.offered if code != "other"], item.min_choices or 1)
    if item.stored == "choice":
        return "yes" if item.type == "consent" else chance.choice(item.offered)
    if item.stored == "number":
        return str(chance.randint(0, 9000) / 100)
    if item.stored == "file":
        return ""  # a file does not come by a table
    if item.stored == "date":
        return "2026-02-01"
    return "x" if item.required else chance.choice(TEXTS[:3] if item.type != "long_text" else TEXTS)


def a_response(questionnaire: Questionnaire, number: int, chance: random.Random) -> Response:
    member = f"M{number}" if number % 3 else None
    envelope = Envelope(
        new_response_id(),
        questionnaire.slug,
        "light_form",
        chance.choice(questionnaire.languages),
        FIRST + timedelta(minutes=7 * number, microseconds=number % 2),
        weight=chance.choice((1.0, 0.5, 2.25)),
        member_id=member,
        tier="gold" if member else None,
    )
    sheet = {item.code: an_answer(item, chance) for item in questionnaire.items}
    found = validate(questionnaire, with_kept(questionnaire, {}, sheet), envelope)
    assert isinstance(found, Response), found
    return found


def said(warehouse: Warehouse, survey: str) -> list[tuple[object, ...]]:
    """Everything that was answered, response by response in the order of time, without what differs: ids,
    channel, and why nothing was answered."""
    with warehouse.transaction() as cursor:
        return cursor.execute(
            "SELECT a.submitted_at, a.day, a.member_id, a.tier, a.touchpoint, a.language, a.weight, "
            "a.question, a.score, a.choice, a.place, a.body, a.number, a.date "
            "FROM answer AS a WHERE a.survey = $survey AND a.missing_code IS NULL ORDER BY ALL",
            {"survey": survey},
        ).fetchall()


@pytest.mark.parametrize("questionnaire", [*library(), everything()], ids=lambda each: each.slug)
def test_an_export_is_imported_into_another_survey_with_the_same_figures(
    opened: Warehouse, tmp_path: Path, capsys: pytest.CaptureFixture[str], questionnaire: Questionnaire
) -> None:
    asked: object = questionnaire.slug
    if questionnaire.slug == "everything":
        asked = tmp_path / "everything.yaml"
        shutil.copy(EVERYTHING, tmp_path)
    publish(opened, questionnaire, questionnaire.slug, questionnaire.title, is_example=False)
    chance = random.Random(questionnaire.slug)
    for number in range(40):
        opened.writer.submit(a_response(questionnaire, number, chance))
    table = export_rows(opened, "responses", Filters(questionnaire.slug), "en")
    (tmp_path / "responses.csv").write_bytes(b"".join(csv_bytes(table)))
    code, mapping, _ = run(capsys, "mapping", asked, "--survey", "again")
    assert code == 0
    (tmp_path / "map.yaml").write_text(mapping, encoding="utf-8")
    report = load(opened, prepare(tmp_path / "responses.csv", tmp_path / "map.yaml"), strict=True)
    assert (report.rows, report.stored, report.has_refusals) == (40, 40, False)
    assert said(opened, "again") == said(opened, questionnaire.slug)
    assert len(said(opened, "again")) >= 40
    found = summarise(opened, "again", "language").figures
    assert found == summarise(opened, questionnaire.slug, "language").figures and found
    converted(tmp_path / "responses.csv", tmp_path / "responses.xlsx")
    again = load(opened, prepare(tmp_path / "responses.xlsx", tmp_path / "map.yaml"), strict=True)
    assert (again.stored, again.known, again.changed) == (0, 40, 0)

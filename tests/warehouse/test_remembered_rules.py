"""What was said of a survey's life is read once, and anew after each time that something is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey import library_questionnaire
from tests.warehouse.importing.files import CLUB_ROWS, write
from warehouse import Warehouse, open_warehouse
from warehouse.importing import load, prepare
from warehouse.life import close, pause, resume, set_limits
from warehouse.receiving import forget_rules, rules
from warehouse.surveys import publish

SURVEY = "customer-satisfaction"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "rules.duckdb")
    yield warehouse
    warehouse.close()


def counting(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is read from now on, query by query."""
    asked: list[object] = []
    read = Warehouse.read

    def noted(self: Warehouse, name: str, **parameters: object) -> object:
        asked.append(name)
        return read(self, name, **parameters)

    monkeypatch.setattr(Warehouse, "read", noted)
    return asked


def test_rules_are_read_once_however_often_they_are_asked(
    opened: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counting(opened, monkeypatch)
    assert [rules(opened, SURVEY).said for _ in range(5)] == ["opened"] * 5
    assert asked == ["life/said"]


def test_whatever_is_said_counts_at_once(opened: Warehouse) -> None:
    said = []
    for change in (pause, resume, close, resume):
        change(opened, SURVEY)
        said.append(rules(opened, SURVEY).said)
    assert said == ["paused", "opened", "ended", "opened"]
    set_limits(opened, SURVEY, 7)
    assert rules(opened, SURVEY).limit == 7


def test_a_survey_that_an_import_makes_is_history_at_once(opened: Warehouse, tmp_path: Path) -> None:
    assert not rules(opened, "club").is_history
    load(opened, prepare(*write(tmp_path, CLUB_ROWS)))
    assert rules(opened, "club").is_history


def test_what_was_read_before_something_was_said_is_not_remembered_after_it(
    opened: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Warehouse.read

    def overtaken(self: Warehouse, name: str, **parameters: object) -> object:
        rows = read(self, name, **parameters)
        monkeypatch.undo()
        pause(opened, SURVEY)  # between the reading and the remembering
        return rows

    forget_rules(opened)
    monkeypatch.setattr(Warehouse, "read", overtaken)
    rules(opened, SURVEY)
    assert rules(opened, SURVEY).said == "paused"


def test_publishing_forgets_too(opened: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    rules(opened, SURVEY)
    website = library_questionnaire("website")
    publish(opened, website, "website", website.title, is_example=False)
    asked = counting(opened, monkeypatch)
    rules(opened, SURVEY)
    assert asked == ["life/said"]

"""What a form asks of the warehouse: is the survey open, is the response here."""

from pathlib import Path

import pytest

import warehouse
from survey import new_response_id
from tests.warehouse.answering import a_response
from tests.warehouse.importing.files import CLUB, CLUB_ROWS, write
from warehouse.importing import load, prepare
from warehouse.receiving import forget_rules, is_stored, takes_answers


def test_a_response_is_stored_in_its_own_survey_and_no_other() -> None:
    one = a_response()
    assert not is_stored(warehouse.serving(), one.survey, one.response_id)
    warehouse.serving().writer.submit(one)
    assert is_stored(warehouse.serving(), one.survey, one.response_id)
    assert not is_stored(warehouse.serving(), "another", one.response_id)
    assert not is_stored(warehouse.serving(), one.survey, new_response_id())


def say(survey: str, event: str, second: int) -> None:
    with warehouse.serving().transaction() as cursor:
        cursor.execute(
            "INSERT INTO survey_event VALUES (?, ?, ?)", [survey, event, f"2026-01-01 00:00:0{second}"]
        )
    forget_rules(warehouse.serving())


def test_a_form_is_open_unless_the_last_that_was_said_of_it_is_closed() -> None:
    assert takes_answers(warehouse.serving(), "customer-satisfaction")
    for second, event in enumerate(("closed", "opened", "closed")):
        say("customer-satisfaction", event, second)
        assert takes_answers(warehouse.serving(), "customer-satisfaction") == (event == "opened")
    assert takes_answers(warehouse.serving(), "another")


@pytest.mark.parametrize(("slug", "is_open"), [("customer-satisfaction", True), ("club", False)])
def test_an_import_closes_the_form_of_a_survey_it_makes_and_of_no_other(
    tmp_path: Path, slug: str, is_open: bool
) -> None:
    for rows in (CLUB_ROWS, CLUB_ROWS + "4,2026-01-08,5,5\n"):
        load(
            warehouse.serving(), prepare(*write(tmp_path, rows, CLUB.replace("slug: club", f"slug: {slug}")))
        )
        assert takes_answers(warehouse.serving(), slug) == is_open


def test_an_import_into_a_survey_that_was_opened_again_leaves_it_open(tmp_path: Path) -> None:
    load(warehouse.serving(), prepare(*write(tmp_path, CLUB_ROWS)))
    with warehouse.serving().transaction() as cursor:
        cursor.execute("INSERT INTO survey_event VALUES ('club', 'opened', TIMESTAMP '2199-01-01')")
    load(warehouse.serving(), prepare(*write(tmp_path, CLUB_ROWS + "4,2026-01-08,5,5\n")))
    assert takes_answers(warehouse.serving(), "club")

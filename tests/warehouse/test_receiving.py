"""What a form asks of the warehouse: is the survey open, is the response here."""

import warehouse
from survey import new_response_id
from tests.warehouse.answering import a_response
from warehouse.receiving import is_stored, takes_answers


def test_a_response_is_stored_in_its_own_survey_and_no_other() -> None:
    one = a_response()
    assert not is_stored(warehouse.serving(), one.survey, one.response_id)
    warehouse.serving().writer.submit(one)
    assert is_stored(warehouse.serving(), one.survey, one.response_id)
    assert not is_stored(warehouse.serving(), "another", one.response_id)
    assert not is_stored(warehouse.serving(), one.survey, new_response_id())


def test_a_survey_is_open_until_a_file_is_imported_into_it() -> None:
    assert takes_answers(warehouse.serving(), "customer-satisfaction")
    with warehouse.serving().transaction() as cursor:
        cursor.execute(
            "INSERT INTO import_batch "
            "VALUES ('i', 'customer-satisfaction', 'f', '', '', 1, 1, '{}', TIMESTAMP '2026-01-01')"
        )
    assert not takes_answers(warehouse.serving(), "customer-satisfaction")
    assert takes_answers(warehouse.serving(), "another")

"""Publishing questionnaires for good, and the surveys that ask them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from survey import Questionnaire, library_questionnaire
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.surveys import publish, publishing, questionnaire, store_survey, survey, surveys

TITLE = {"en": "Passengers 2017", "zh": "2017 年旅客调查"}


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "w.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def passengers() -> Questionnaire:
    return library_questionnaire("airport-passengers")


def _next_version(definition: Questionnaire, **changes: object) -> Questionnaire:
    return definition.model_copy(update={"version": definition.version + 1, **changes})


def test_an_empty_warehouse_asks_the_built_in_survey(warehouse: Warehouse) -> None:
    (only,) = surveys(warehouse)
    assert (only.slug, only.is_example) == ("customer-satisfaction", False)
    assert only.questionnaire == library_questionnaire("customer-satisfaction")


def test_a_published_questionnaire_comes_back_whole_after_a_new_start(
    tmp_path: Path, passengers: Questionnaire
) -> None:
    path = tmp_path / "again.duckdb"
    first = open_warehouse(path)
    publish(first, passengers, "sfo-2017", TITLE, is_example=True)
    first.close()
    second = open_warehouse(path)
    found = survey(second, "sfo-2017")
    assert found is not None
    assert (found.questionnaire, found.title, found.is_example) == (passengers, TITLE, True)
    assert [each.slug for each in surveys(second)] == ["customer-satisfaction", "sfo-2017"]
    second.close()


def test_an_unknown_survey_or_version_is_none(warehouse: Warehouse) -> None:
    assert survey(warehouse, "no-such") is None
    assert questionnaire(warehouse, "customer-satisfaction", 99) is None


def test_publishing_the_same_again_changes_nothing(warehouse: Warehouse, passengers: Questionnaire) -> None:
    for _ in range(3):
        assert survey(warehouse, "customer-satisfaction") is not None
        publish(warehouse, passengers, "sfo-2017", TITLE, is_example=False)
        assert [each.slug for each in surveys(warehouse)] == ["customer-satisfaction", "sfo-2017"]
    with warehouse.transaction() as cursor:
        found = cursor.execute("SELECT version, count(*) FROM questionnaire_version GROUP BY ALL").fetchall()
        asked = cursor.execute("SELECT count(*) FROM question").fetchall()
    total = len(passengers.questions) + len(library_questionnaire("customer-satisfaction").questions)
    assert found == [(1, 2)]
    assert asked == [(total,)]


def test_publishing_from_many_threads_leaves_one(warehouse: Warehouse, passengers: Questionnaire) -> None:
    with ThreadPoolExecutor(8) as threads:
        for done in [
            threads.submit(publish, warehouse, passengers, "sfo-2017", TITLE, False) for _ in range(8)
        ]:
            done.result()
    assert [row[0] for row in warehouse.read("core/surveys")] == ["customer-satisfaction", "sfo-2017"]


def test_a_published_version_never_changes(warehouse: Warehouse, passengers: Questionnaire) -> None:
    publish(warehouse, passengers, "sfo-2017", TITLE, is_example=False)
    edited = passengers.model_copy(update={"title": {"en": "Another", "zh": "另一份"}})
    with pytest.raises(WarehouseError) as refusal:
        publish(warehouse, edited, "sfo-2018", TITLE, is_example=False)
    assert refusal.value.problem.code == "questionnaire-version-immutable"
    assert survey(warehouse, "sfo-2018") is None
    assert questionnaire(warehouse, passengers.slug, 1) == passengers


def test_a_survey_asks_the_latest_version_and_the_older_one_stays_known(
    warehouse: Warehouse, passengers: Questionnaire
) -> None:
    publish(warehouse, passengers, "sfo", TITLE, is_example=False)
    before = survey(warehouse, "sfo")
    assert before is not None and before.questionnaire == passengers
    later = _next_version(passengers, title={"en": "Later", "zh": "新版"})
    publish(warehouse, later, "sfo", TITLE, is_example=False)
    found = survey(warehouse, "sfo")
    assert found is not None and found.questionnaire == later
    assert questionnaire(warehouse, passengers.slug, 1) == passengers


def test_a_survey_keeps_its_questionnaire(warehouse: Warehouse, passengers: Questionnaire) -> None:
    with pytest.raises(WarehouseError) as refusal:
        publish(warehouse, passengers, "customer-satisfaction", TITLE, is_example=False)
    assert refusal.value.problem.code == "survey-name-taken"
    assert questionnaire(warehouse, passengers.slug, 1) is None


def test_the_places_of_scores_are_those_of_the_definition(warehouse: Warehouse) -> None:
    with warehouse.transaction() as cursor:
        rows = cursor.execute(
            "SELECT question, score_position, measures, scale_min, scale_max FROM question ORDER BY position"
        ).fetchall()
    assert rows == [
        ("overall", 1, "csat", 1, 5),
        ("recommend", 2, "nps", 0, 10),
        ("ease", 3, "ces", 1, 7),
        ("touchpoint", None, "none", None, None),
        ("comment", None, "none", None, None),
    ]


def test_a_survey_stored_in_a_transaction_of_the_caller_is_seen_after_it_and_not_when_it_failed(
    warehouse: Warehouse, passengers: Questionnaire
) -> None:
    assert survey(warehouse, "sfo") is None
    with pytest.raises(ZeroDivisionError), publishing(warehouse) as cursor:
        store_survey(cursor, passengers, "sfo", TITLE, is_example=False)
        raise ZeroDivisionError
    assert survey(warehouse, "sfo") is None
    assert questionnaire(warehouse, passengers.slug, 1) is None
    with publishing(warehouse) as cursor:
        store_survey(cursor, passengers, "sfo", TITLE, is_example=False)
    found = survey(warehouse, "sfo")
    assert found is not None and found.questionnaire == passengers

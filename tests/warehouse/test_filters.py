"""Filters come from an address that anybody can write: every value is checked before it counts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import library_questionnaire
from tests.warehouse.making import CONTRACT, SURVEY, a_warehouse, answer, response
from warehouse import Problem, Warehouse
from warehouse.contract_loading import load_contract
from warehouse.exports import export_rows
from warehouse.filters import KEYS, Filters, default_survey, options
from warehouse.satisfaction import satisfaction
from warehouse.surveys import publish


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path_factory.mktemp("filters"))
    answer(
        warehouse,
        response(tier="vip", touchpoint="after"),
        response(tier="gold", channel="kiosk", language="en"),
    )
    yield warehouse
    warehouse.close()


def refused(house: Warehouse, **query: str) -> list[tuple[str, str]]:
    found = Filters.from_query(query, house)
    assert isinstance(found, tuple)
    return [(problem.code, problem.where) for problem in found]


def test_an_empty_address_is_the_survey_of_the_contract_unfiltered(house: Warehouse) -> None:
    assert Filters.from_query({}, house) == Filters(SURVEY)
    assert Filters.from_query({"tier": "", "start": "  "}, house) == Filters(SURVEY)


def test_without_a_contract_the_built_in_survey_is_meant(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    assert default_survey(warehouse) == "customer-satisfaction"
    warehouse.close()


def test_a_survey_that_is_not_there_yet_is_not_the_default(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    load_contract(warehouse, CONTRACT.replace("survey: customer-satisfaction", "survey: to-come"))
    assert default_survey(warehouse) == SURVEY
    found = Filters.from_query({}, warehouse)
    assert found == Filters(SURVEY)
    assert satisfaction(warehouse, found).by == "month"
    assert list(export_rows(warehouse, "satisfaction", found, "en").table.rows) == []
    questionnaire = library_questionnaire(SURVEY)
    publish(warehouse, questionnaire, "to-come", questionnaire.title, is_example=False)
    assert default_survey(warehouse) == "to-come"
    warehouse.close()


def test_every_filter_is_read_and_written_back(house: Warehouse) -> None:
    query = {
        "survey": SURVEY,
        "tier": "vip",
        "touchpoint": "after",
        "channel": "light_form",
        "language": "zh",
        "start": "2026-01-01",
        "end": "2026-04-01",
    }
    found = Filters.from_query(query, house)
    assert found == Filters(SURVEY, "vip", "after", "light_form", "zh", date(2026, 1, 1), date(2026, 4, 1))
    assert isinstance(found, Filters)
    assert found.to_query() == query


def test_parameters_of_other_things_are_passed_over(house: Warehouse) -> None:
    assert Filters.from_query({"lang": "zh", "key": "x" * 500, "tier": "new"}, house) == Filters(
        SURVEY, tier="new"
    )


def test_a_stored_value_that_the_product_does_not_know_can_be_filtered_by(house: Warehouse) -> None:
    assert Filters.from_query({"tier": "gold"}, house) == Filters(SURVEY, tier="gold")
    assert refused(house, tier="silver") == [("filter-unknown", "tier")]


def test_options_are_what_responses_have_with_known_values_first(house: Warehouse) -> None:
    assert options(house, SURVEY) == {
        "start": ("2026-02-01",),
        "end": ("2026-03-01",),
        "tier": ("vip", "gold"),
        "touchpoint": ("after",),
        "channel": ("light_form", "kiosk"),
        "language": ("zh", "en"),
    }


def test_options_are_those_of_the_survey_asked_for(house: Warehouse) -> None:
    questionnaire = library_questionnaire("airport-passengers")
    publish(house, questionnaire, "airport", questionnaire.title, is_example=False)
    assert options(house, "airport")["tier"] == ()
    assert options(house, "airport")["start"] == ()


def test_a_survey_that_does_not_exist_is_refused(house: Warehouse) -> None:
    assert refused(house, survey="../secret", tier="vip") == [("filter-unknown", "survey")]


@pytest.mark.parametrize(
    "value",
    [
        "'; DROP TABLE response; --",
        "vip' OR '1'='1",
        "<script>alert(1)</script>",
        "\x00",
        "\ud800",
        "VIP",
        "١",
    ],
)
def test_a_hostile_value_is_refused_and_its_problem_can_be_printed(house: Warehouse, value: str) -> None:
    for key in ("survey", "tier", "touchpoint", "channel", "language"):
        found = Filters.from_query({key: value}, house)
        assert isinstance(found, tuple)
        assert [problem.where for problem in found] == [key]
        said = found[0].words("zh") + found[0].words("en")
        assert said.encode("utf-8")
        assert said.isprintable()


def test_a_long_value_is_refused_without_being_repeated(house: Warehouse) -> None:
    assert refused(house, tier="x" * 101, start="2" * 5000) == [
        ("filter-long", "tier"),
        ("filter-long", "start"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-2-3",
        "20260203",
        "2026-W05-1",
        "2026-02-03T00:00",
        "٢٠٢٦-02-03",
        "1899-12-31",
        "2200-01-01",
        "-2026-02-03",
        "today",
        "2026-02-03\n2026-02-04",
    ],
)
def test_what_is_not_a_day_of_1900_to_2199_is_refused(house: Warehouse, text: str) -> None:
    assert refused(house, start=text) == [("filter-date", "start")]


@pytest.mark.parametrize("key", ["start", "end"])
def test_days_inside_a_month_are_refused_since_views_of_days_can_be_subtracted(
    house: Warehouse, key: str
) -> None:
    assert refused(house, **{key: "2026-01-02"}) == [("filter-month", key)]
    found = Filters.from_query({key: "2026-01-31"}, house)
    assert isinstance(found, tuple)
    assert "2026-01-31" in found[0].words("en") and "整月" in found[0].words("zh")
    with pytest.raises(ValueError, match="not whole months"):
        Filters(SURVEY, **{key: date(2026, 1, 15)})


def test_the_end_comes_after_the_start_and_within_fifty_years(house: Warehouse) -> None:
    assert refused(house, start="2026-02-01", end="2026-02-01") == [("filter-order", "end")]
    assert refused(house, start="2026-02-01", end="2026-01-01") == [("filter-order", "end")]
    assert refused(house, start="2000-02-01", end="2050-03-01") == [("filter-span", "end")]
    assert isinstance(Filters.from_query({"start": "2000-02-01", "end": "2050-02-01"}, house), Filters)
    assert isinstance(Filters.from_query({"start": "1990-01-01", "end": "2040-01-01"}, house), Filters)


def test_everything_wrong_is_said_at_once(house: Warehouse) -> None:
    assert refused(house, tier="x", language="xx", start="x", end="y") == [
        ("filter-unknown", "tier"),
        ("filter-unknown", "language"),
        ("filter-date", "start"),
        ("filter-date", "end"),
    ]


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=200)))
def test_any_address_gives_filters_that_can_be_counted_or_problems(
    house: Warehouse, query: dict[str, str]
) -> None:
    found = Filters.from_query(query, house)
    if isinstance(found, Filters):
        assert Filters.from_query(found.to_query(), house) == found
        satisfaction(house, found)
    else:
        assert all(isinstance(problem, Problem) and problem.words("zh").encode() for problem in found)

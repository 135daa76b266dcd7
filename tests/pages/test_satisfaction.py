"""Satisfaction: figures and their numbers, filters in the address, small groups, the table of questions."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import warehouse
from survey import Envelope, Response, library_questionnaire, new_response_id, validate
from tests.pages.opening import Tab, use_example
from warehouse.filters import Filters
from warehouse.importing import load, prepare
from warehouse.satisfaction import satisfaction

SAMPLES = Path(warehouse.__file__).parent / "samples"


def answer_survey(touchpoint: str) -> None:
    """One more response to the built-in survey, now."""
    envelope = Envelope(new_response_id(), "customer-satisfaction", "page", "en", datetime.now(UTC))
    raw = {"overall": "5", "recommend": "9", "touchpoint": touchpoint}
    response = validate(library_questionnaire("customer-satisfaction"), raw, envelope)
    assert isinstance(response, Response)
    warehouse.serving().writer.submit(response)


def traces(figure: str) -> dict[str, list[dict[str, object]]]:
    """The traces of a figure by name."""
    found: dict[str, list[dict[str, object]]] = {}
    for trace in json.loads(figure)["data"]:
        found.setdefault(str(trace.get("name")), []).append(trace)
    return found


def test_three_measures_each_have_a_figure_over_time_and_one_of_the_scores() -> None:
    use_example()
    tab = Tab("satisfaction")
    assert len(tab.figures) == 6
    for title in ("Satisfied customers", "Net Promoter Score (NPS)", "Customer effort score (CES)"):
        assert title in tab.words


def test_a_figure_shows_the_values_targets_and_the_provisional_point_of_the_warehouse() -> None:
    use_example()
    shown = traces(Tab("satisfaction").figures[0])
    series = satisfaction(warehouse.serving(), Filters("customer-satisfaction")).series[0]
    closed = [point for point in series.points if point.state == "closed"]
    values = [point.estimate.value for point in closed if point.estimate]
    assert shown["value"][0]["y"] == pytest.approx(values)
    assert [trace["y"] for trace in shown["closed"]] == [[value] for value in map(pytest.approx, values)]
    assert len(shown["running"]) == 1
    targets = [float(point.target) for point in series.points if point.target is not None]
    assert shown["target"][0]["y"] == [value for target in targets for value in (target, target)]


def test_filters_come_from_the_address_and_narrow_the_figures() -> None:
    use_example()
    whole, some = Tab("satisfaction"), Tab("satisfaction", query={"tier": "vip", "start": "2026-01-01"})
    assert some.app.selectbox(key="filter-tier").value == "vip"
    assert some.app.date_input(key="filter-start").value.isoformat() == "2026-01-01"
    assert some.figures[0] != whole.figures[0]
    assert "target" not in traces(some.figures[0])


def test_choosing_a_filter_changes_the_address_and_the_exports() -> None:
    use_example()
    tab = Tab("satisfaction")
    tab.app.selectbox(key="filter-touchpoint").select("after")
    tab.run()
    assert tab.app.query_params["touchpoint"] == "after"
    assert "/export/satisfaction.csv?survey=customer-satisfaction&amp;touchpoint=after" in tab.markup
    tab.app.button(key="filters-clear").click()
    tab.run()
    assert "touchpoint" not in tab.app.query_params and tab.app.selectbox(key="filter-touchpoint").value == ""


def test_the_last_day_that_people_name_is_the_day_before_the_end_in_the_address() -> None:
    use_example()
    tab = Tab("satisfaction", query={"end": "2026-07-01"})
    assert tab.app.date_input(key="filter-end").value.isoformat() == "2026-06-30"


@pytest.mark.parametrize(
    "query",
    [
        {"survey": "<script>alert(1)</script>"},
        {"tier": "**x**'; drop table response"},
        {"touchpoint": "$a$", "channel": "\x00", "language": "😀" * 500},
        {"start": "2026-13-01", "end": "tomorrow"},
        {"start": "2026-06-01", "end": "2026-05-01"},
    ],
)
def test_a_hostile_address_gives_a_notice_and_is_ignored(query: dict[str, str]) -> None:
    use_example()
    tab, plain = Tab("satisfaction", query=query), Tab("satisfaction")
    assert "Part of the address was not understood and is ignored" in tab.words
    assert "<script>" not in tab.markup
    if "start" not in query:
        assert tab.figures == plain.figures
    assert "not understood" not in tab.run().words


def test_a_group_under_five_is_not_shown() -> None:
    for number in range(30):
        answer_survey("before" if number < 3 else "after")
    tab = Tab("satisfaction", query={"touchpoint": "before"})
    assert tab.figures == [] and "Fewer than five people answered" in tab.words
    split = Tab("satisfaction", query={"by": "touchpoint"})
    assert "↳ Before the sale Too few to show" in split.words


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_imported_survey_shows_its_published_figures_weighted_beside_unweighted(language: str) -> None:
    path = SAMPLES / "sfo_customer_survey_2017.csv"
    load(warehouse.serving(), prepare(path, path.with_suffix(".yaml")))
    tab = Tab("satisfaction", "party_b", language, query={"survey": "sfo-2017", "by": "language"})
    # NPS 39.84 of 2,746; 82.07 % of 2,688; NPS of the Chinese questionnaires -3.51 of 114.
    for figure in ("39.8", "2,746", "82.1", "2,688", "−3.5", "114"):
        assert figure in tab.words
    assert ("Top two, weighted" if language == "en" else "加权前两档占比") in tab.words


def test_an_empty_survey_says_that_nobody_has_answered() -> None:
    tab = Tab("satisfaction")
    assert tab.figures == [] and "Nobody has answered this yet" in tab.words

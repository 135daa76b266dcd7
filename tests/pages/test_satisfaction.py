"""Satisfaction: figures and their numbers, filters in the address, small groups, the table of questions."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import warehouse
from contract import example_source
from survey import Envelope, Response, library_questionnaire, new_response_id, validate
from tests.pages.opening import Tab, use_example
from warehouse.contract_loading import load_contract
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


@pytest.mark.parametrize("query", [{"tier": "vip"}, {"start": "2026-02-01"}])
def test_filters_come_from_the_address_and_narrow_the_figures(query: dict[str, str]) -> None:
    use_example()
    whole, some = Tab("satisfaction"), Tab("satisfaction", query=query)
    ((name, value),) = query.items()
    assert some.app.selectbox(key=f"filter-{name}").value == value
    assert some.figures[0] != whole.figures[0]


def test_a_view_of_some_members_has_no_target() -> None:
    use_example()
    assert "target" not in traces(Tab("satisfaction", query={"tier": "vip"}).figures[0])


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


def test_months_are_chosen_and_the_address_ends_on_the_first_day_after_the_last_of_them() -> None:
    use_example()
    tab = Tab("satisfaction", query={"end": "2026-07-01"})
    until = tab.app.selectbox(key="filter-end")
    assert until.value == "2026-07-01" and until.format_func("2026-07-01") == "Jun 2026"
    start = tab.app.selectbox(key="filter-start")
    assert start.options[0] == "The beginning" and start.options[-1] == "Jun 2026"
    start.select("2026-06-01")
    assert tab.run().app.query_params["start"] == "2026-06-01"
    assert "/export/satisfaction.csv?survey=customer-satisfaction&amp;start=2026-06-01" in tab.markup


def test_a_line_says_what_is_chosen_where_the_filters_are_folded_away() -> None:
    use_example()
    tab = Tab("satisfaction", language="zh", query={"tier": "vip", "start": "2026-06-01"})
    (line,) = (
        part.value for part in tab.app.html if "pb-chosen" in part.value and "<style" not in part.value
    )
    assert re.findall("<span>(.*?)</span>", line)[1:] == ["VIP", "2026年6月"]


@pytest.mark.parametrize(
    "query",
    [
        {"survey": "<script>alert(1)</script>"},
        {"tier": "**x**'; drop table response"},
        {"touchpoint": "$a$", "channel": "\x00", "language": "😀" * 500},
        {"start": "2026-13-01", "end": "tomorrow"},
        {"start": "2026-06-01", "end": "2026-05-01"},
        {"start": "2026-06-02"},
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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_contract_that_names_an_unknown_survey_breaks_no_page_and_is_said_in_words(language: str) -> None:
    source = example_source().replace("survey: customer-satisfaction", "survey: nowhere")
    load_contract(warehouse.serving(), source)
    assert ("Nobody has answered" if language == "en" else "暂无回答") in Tab(
        "satisfaction", language=language
    ).words
    for page in ("overview", "import_data"):
        words = Tab(page, "operator", language).words
        assert ("look again" if language == "en" else "请复核") in words and "nowhere" in words


def test_answers_outside_the_contract_s_term_are_said_to_be_left_out() -> None:
    use_example()
    series = satisfaction(warehouse.serving(), Filters("customer-satisfaction")).series
    words = Tab("satisfaction").words
    assert all(each.outside for each in series)
    for each in series:
        assert f"{each.outside} answers lie outside the contract's term" in words

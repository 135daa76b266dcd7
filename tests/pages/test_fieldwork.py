"""The fieldwork page: the wave of the address, why an open link has no rate, bounces, who sees members."""

import json

import pytest

import warehouse
from tests.pages.conftest import Visitor
from tests.pages.opening import ROLES, Tab, use_example
from tests.warehouse.fieldwork.making import of_member
from tests.warehouse.inviting import SURVEY, WAVE, links
from warehouse.access import Role
from warehouse.fieldwork.dispositions import waves
from warehouse.fieldwork.rates import rates
from warehouse.invitees import Invitee

FIGURES = ("fieldwork", "fieldwork-days", "fieldwork-break-off", "fieldwork-pages", "fieldwork-flags")


def bars(figure: str) -> list[int]:
    """The lengths of a figure's bars, as they are told to the browser."""
    trace = json.loads(figure)["data"][0]
    return list(trace["x"] if trace.get("orientation") == "h" else trace["y"])


def test_the_latest_wave_is_shown_with_its_funnel_rates_days_and_break_off() -> None:
    use_example()
    tab = Tab("fieldwork")
    wave = waves(warehouse.serving(), SURVEY)[0]
    tally = wave.tally
    funnel, days, broken = (bars(figure) for figure in tab.figures)
    assert wave.name == "2026Q4"
    assert funnel == [tally.cases, tally.bounced, tally.opened, tally.started, tally.completed]
    assert sum(days) == tally.completed and len(days) == 29
    assert sum(broken) == tally.started - tally.completed
    assert f"{tally.completed} of {tally.cases} members invited" in tab.words
    for rate in rates(wave):
        assert rate.name in tab.words and f"{rate.percent:.1f}" in tab.words
    for name in FIGURES:
        assert f"/export/{name}.csv?survey={SURVEY}" in tab.markup


def test_a_wave_of_the_address_is_shown_and_choosing_another_changes_the_address() -> None:
    use_example()
    tab = Tab("fieldwork", query={"wave": "2026Q3"})
    assert "have answered: response rate" in tab.words and "So far" not in tab.words
    tab.app.selectbox(key="fieldwork-wave").select("2026Q4")
    tab.run()
    assert tab.app.query_params["wave"] == "2026Q4" and "So far" in tab.words


def test_the_open_link_has_no_rate_and_the_page_says_why() -> None:
    use_example()
    tab = Tab("fieldwork", query={"wave": ""})
    assert "No response rate can be given for an open link" in tab.words and "RR1" not in tab.words


@pytest.mark.parametrize("query", [{"wave": "<b>x</b>"}, {"survey": "no-such"}, {"survey": "' OR 1=1 --"}])
def test_an_address_that_names_nothing_shows_what_is_there(query: dict[str, str]) -> None:
    use_example()
    tab = Tab("fieldwork", query=query)
    assert tab.app.selectbox(key="fieldwork-survey").value == SURVEY and "<b>x" not in tab.markup


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_fieldwork_the_page_says_so(language: str) -> None:
    tab = Tab("fieldwork", language=language)
    said = "nobody was invited" if language == "en" else "也未邀请任何人"
    assert said in tab.words and tab.figures == []


@pytest.mark.parametrize("role", ROLES)
def test_only_the_operator_sees_members_and_marks_bounces(role: Role, visitor: Visitor) -> None:
    links(warehouse.serving(), Invitee("M1", "gold"))
    tab = Tab("fieldwork", role)
    visitor.sign_in(role)
    answer = visitor.get(f"/export/fieldwork-members.csv?survey={SURVEY}")
    assert "M1" not in tab.markup
    assert ("fieldwork-members" in tab.markup) == (role == "operator")
    assert bool(tab.app.get("file_uploader")) == (role == "operator")
    assert answer.status_code == (200 if role == "operator" else 403)
    assert ("M1" in answer.text) == (role == "operator")


def test_a_report_of_bounces_is_taken_on_the_page() -> None:
    links(warehouse.serving(), Invitee("M1"), Invitee("M2"))
    assert of_member(warehouse.serving(), "M1")
    tab = Tab("fieldwork", "operator")
    assert tab.app.button(key="bounced-mark").disabled
    tab.app.selectbox(key="bounced-wave").select(WAVE)
    tab.app.file_uploader(key="bounced-report").upload("b.csv", b"member_id,reason\nM1,550 <a@b.cn>\nM9,\n")
    tab.run()
    tab.app.button(key="bounced-mark").click()
    assert "1 marked as bounced, 0 marked before, 1 not invited to this wave" in tab.run().words
    assert waves(warehouse.serving(), SURVEY)[0].tally.bounced == 1
    tab.app.file_uploader(key="bounced-report").upload("b.csv", b"email\na@b.cn\n")
    tab.run()
    tab.app.button(key="bounced-mark").click()
    assert "Nothing was marked" in tab.run().words

"""How cases ended, counted by hand; groups under five, rates, and who is told members' ids."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey import library_questionnaire, new_response_id
from tests.pages.web.surveys import every_type
from tests.warehouse.fieldwork.making import NOON, completed, happened, of_member
from tests.warehouse.inviting import SURVEY, WAVE, expire, links
from tests.warehouse.making import a_warehouse
from warehouse import Warehouse
from warehouse.fieldwork.bounces import mark_bounced
from warehouse.fieldwork.dispositions import Tally, Wave, cut, members, waves
from warehouse.fieldwork.rates import dispositions, rates
from warehouse.invitations import revoke
from warehouse.invitees import Invitee


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path, contract=False)
    yield warehouse
    warehouse.close()


def wave(house: Warehouse, name: str | None = WAVE) -> Wave:
    return next(each for each in waves(house, SURVEY) if each.name == name)


def test_each_ending_is_counted_once_and_by_the_furthest_that_happened(house: Warehouse) -> None:
    names = ("done", "partial", "begun", "looked", "bounced", "withdrawn", "silent", "bounced-but-done")
    links(house, *(Invitee(name) for name in names))
    completed(house, of_member(house, "done"))
    happened(house, of_member(house, "done"), ("opened", None), ("started", None))
    # `overall` is the one required question: who answered it has reached all of them.
    happened(house, of_member(house, "partial"), ("opened", None), ("question", "overall"))
    happened(house, of_member(house, "begun"), ("opened", None), ("started", None))
    happened(house, of_member(house, "looked"), ("opened", None))
    mark_bounced(house, SURVEY, WAVE, {"bounced": "550", "bounced-but-done": ""})
    completed(house, of_member(house, "bounced-but-done"))
    revoke(house, SURVEY, WAVE, ["withdrawn"])
    tally = wave(house).tally
    assert tally.endings == {
        "completed": 2,
        "partial": 1,
        "broken_off": 1,
        "opened": 1,
        "bounced": 1,
        "withdrawn": 1,
        "silent": 1,
    }
    assert (tally.cases, tally.bounced, tally.opened, tally.started, tally.completed) == (8, 1, 5, 4, 2)
    assert dispositions(tally) == {"I": 2, "P": 1, "R": 2, "NC": 2, "O": 0, "UH": 0, "UO": 1}
    found = {rate.name: rate.percent for rate in rates(wave(house))}
    assert found == pytest.approx(
        {
            "RR1": 25.0,
            "RR2": 37.5,
            "RR3": 25.0,  # nobody is known not to be eligible: e is 1
            "RR4": 37.5,
            "RR5": 100 * 2 / 7,
            "RR6": 100 * 3 / 7,
            "COOP1": 40.0,
            "REF1": 25.0,
            "CON1": 62.5,
        }
    )
    assert [(each.member_id, each.ending) for each in members(house, SURVEY)] == [
        ("begun", "broken_off"),
        ("bounced", "bounced"),
        ("bounced-but-done", "completed"),
        ("done", "completed"),
        ("looked", "opened"),
        ("partial", "partial"),
        ("silent", "silent"),
        ("withdrawn", "withdrawn"),
    ]


def test_a_member_invited_again_is_one_case_and_a_new_link_is_not_bounced(house: Warehouse) -> None:
    links(house, Invitee("M1"))
    mark_bounced(house, SURVEY, WAVE, {"M1": ""})
    assert wave(house).tally.endings == {"bounced": 1}
    expire(house)
    links(house, Invitee("M1"))
    assert wave(house).tally.endings == {"silent": 1}


def test_the_open_link_has_cases_but_no_rates_and_imports_and_programs_are_no_cases(
    house: Warehouse,
) -> None:
    completed(house)
    completed(house, channel="api")
    happened(house, new_response_id(NOON), ("opened", None))
    found = wave(house, None)
    assert found.tally.endings == {"completed": 1, "opened": 1}
    assert rates(found) == () and found.first_day is None and found.is_running
    assert members(house, SURVEY) == ()


def test_waves_come_the_latest_first_with_local_days_and_the_open_link_last(house: Warehouse) -> None:
    links(house, Invitee("M1"), wave="first")
    links(house, Invitee("M1"), wave="second")
    completed(house)
    with house.transaction() as cursor:
        # 16:30 UTC is half past midnight of the next day in Shanghai.
        cursor.execute("UPDATE invitation SET created_at = '2026-10-31 16:30:00' WHERE wave = 'first'")
        cursor.execute("UPDATE invitation SET expires_at = '2026-11-10 16:00:00' WHERE wave = 'first'")
    found = waves(house, SURVEY)
    assert [each.name for each in found] == ["second", "first", None]
    assert (str(found[1].first_day), str(found[1].last_day)) == ("2026-11-01", "2026-11-10")
    assert not found[1].is_running and found[0].is_running


def test_a_survey_without_fieldwork_has_no_wave(house: Warehouse) -> None:
    assert waves(house, SURVEY) == () and waves(house, "no-such") == ()


def test_groups_under_five_are_hidden_with_another_that_would_give_them_away(house: Warehouse) -> None:
    tiers = {"vip": 4, "new": 10, "returning": 30}
    invitees = [Invitee(f"{tier}{number}", tier) for tier, n in tiers.items() for number in range(n)]
    links(house, *invitees)
    shown = {group.name: group.tally for group in wave(house).groups["tier"]}
    assert shown["vip"] is None and shown["new"] is None
    assert shown["returning"] == Tally({"silent": 30})


def test_a_tier_with_fewer_than_five_responses_is_hidden_however_many_were_invited(house: Warehouse) -> None:
    invitees = [Invitee(f"{tier}{number}", tier) for tier in ("a", "b", "c") for number in range(20)]
    links(house, *invitees)
    for tier, n in (("a", 3), ("b", 8), ("c", 9)):
        for number in range(n):
            completed(house, of_member(house, f"{tier}{number}"), tier=tier)
    shown = {group.name: group.tally for group in wave(house).groups["tier"]}
    assert shown["a"] is None and shown["b"] is None and shown["c"] is not None
    assert shown["c"].completed == 9


def test_the_touchpoint_is_known_of_completed_forms_only_where_the_form_asks_for_it(
    house: Warehouse,
) -> None:
    for touchpoint in ("before", "after"):
        for _ in range(6):
            completed(house, touchpoint=touchpoint)
    for _ in range(7):
        happened(house, new_response_id(NOON), ("opened", None))
    shown = {group.name: group.tally for group in wave(house, None).groups["touchpoint"]}
    assert {name: tally.cases for name, tally in shown.items() if tally} == {"": 7, "after": 6, "before": 6}


def test_half_of_the_required_questions_make_a_form_partial() -> None:
    assert cut(library_questionnaire(SURVEY)) == 1
    required = [place for place, item in enumerate(every_type().items, start=1) if item.required]
    reached = sum(place <= cut(every_type()) for place in required)
    assert len(required) > 2 and reached / len(required) >= 0.5 > (reached - 1) / len(required)

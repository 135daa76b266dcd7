"""Invitations: who gets a link, what a token opens, and how often a member can answer."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from survey import new_response_id
from tests.warehouse.answering import a_response
from tests.warehouse.inviting import SURVEY, WAVE, expire, links, response_id_of, rows_stored
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.access import link_key
from warehouse.invitations import find, invite, invited, revoke, to_remind, waves
from warehouse.invitees import Invitee

LATER = (datetime.now(UTC) + timedelta(days=30)).date()
GOLD = Invitee("M1", "gold", "zh")
MEMBERS = (GOLD, Invitee("M2"), Invitee("M3"))


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "pactboard.duckdb")
    yield opened
    opened.close()


def answer(warehouse: Warehouse, member_id: str) -> bool:
    """Store the member's one response; whether it was new."""
    response = a_response(response_id_of(warehouse, member_id))
    return warehouse.writer.submit(replace(response, member_id=member_id)).stored


def code(refusal: pytest.ExceptionInfo[WarehouseError]) -> str:
    return refusal.value.problem.code


def test_a_token_finds_what_it_was_made_for(warehouse: Warehouse) -> None:
    made = links(warehouse, *MEMBERS)
    assert [link.member_id for link in made] == ["M1", "M2", "M3"]
    found = find(warehouse, made[0].token)
    assert found is not None
    assert (found.survey, found.wave, found.member_id, found.tier, found.language) == (
        SURVEY,
        WAVE,
        "M1",
        "gold",
        "zh",
    )
    assert (found.standing, found.response_id) == ("open", response_id_of(warehouse, "M1"))


def test_tokens_have_128_random_bits_and_only_their_sha256_is_stored(warehouse: Warehouse) -> None:
    made = links(warehouse, *(Invitee(f"M{number}") for number in range(300)))
    assert len({link.token for link in made}) == 300
    bits = [f"{int(link.token, 16):0128b}" for link in made]
    ones = [sum(bit[place] == "1" for bit in bits) for place in range(128)]
    assert all(len(link.token) == 32 for link in made)
    assert all(90 < count < 210 for count in ones), "a bit that hardly varies (7 standard deviations)"
    with warehouse.transaction() as cursor:
        cells = {str(cell) for row in cursor.execute("FROM invitation").fetchall() for cell in row}
    assert not cells & {link.token for link in made}
    assert {hashlib.sha256(link.token.encode()).hexdigest() for link in made} <= cells
    kept = warehouse.path.read_bytes() + warehouse.path.with_name(warehouse.path.name + ".wal").read_bytes()
    assert not [link for link in made if link.token.encode() in kept]


@pytest.mark.parametrize(
    "change",
    [
        lambda token: "",
        lambda token: "null",
        lambda token: token[:16],
        lambda token: token.upper(),
        lambda token: f"{token}=",
        lambda token: f"{token} ",
        lambda token: f" {token}",
        lambda token: f"{token}\n",
        lambda token: f"{token}\0",
        lambda token: f"{token[:31]}_",
        lambda token: "%",
        lambda token: "' OR 1=1 --",
        lambda token: token * 2,
        lambda token: f"{token},{token}",
        lambda token: "A" * 1_000_000,
        lambda token: "0" * 32,
        lambda token: "\ud800",
        lambda token: token.translate({ord(char): ord(char) + 0xFEE0 for char in token}),
        lambda token: hashlib.sha256(token.encode()).hexdigest(),
        lambda token: link_key("operator"),
        lambda token: link_key("operator")[:32],
    ],
)
def test_a_text_that_is_not_exactly_the_token_finds_nothing(warehouse: Warehouse, change: object) -> None:
    token = links(warehouse, GOLD)[0].token
    assert callable(change)
    assert find(warehouse, change(token)) is None
    assert find(warehouse, token) is not None


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 31), other=st.characters())
def test_a_token_with_one_character_changed_finds_nothing(
    warehouse: Warehouse, place: int, other: str
) -> None:
    token = links(warehouse, Invitee(str(new_response_id())))[0].token
    assume(token[place] != other)
    assert find(warehouse, token[:place] + other + token[place + 1 :]) is None


def test_a_member_has_one_response_a_wave_however_often_invited(warehouse: Warehouse) -> None:
    (first,) = links(warehouse, GOLD)
    again = invite(warehouse, SURVEY, MEMBERS, WAVE, LATER)
    assert again.invited_before == ("M1",)
    assert [link.member_id for link in again.links] == ["M2", "M3"]
    expire(warehouse)
    (renewed,) = links(warehouse, GOLD)
    old, new = find(warehouse, first.token), find(warehouse, renewed.token)
    assert old and new and (old.standing, new.standing) == ("expired", "open")
    assert old.response_id == new.response_id
    assert answer(warehouse, "M1") and not answer(warehouse, "M1")
    assert invite(warehouse, SURVEY, [GOLD], WAVE, LATER).links == ()
    assert len(links(warehouse, GOLD, wave="2027Q1")) == 1


def test_a_member_named_twice_gets_one_link(warehouse: Warehouse) -> None:
    assert len(links(warehouse, GOLD, GOLD, Invitee("M1"))) == 1


def test_members_invited_by_two_operators_at_once_get_one_link_each(warehouse: Warehouse) -> None:
    members = [Invitee(f"M{number}") for number in range(50)]
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: links(warehouse, *members), range(8)))
    assert sorted(link.member_id for each in made for link in each) == sorted(
        member.member_id for member in members
    )


def test_each_wave_is_counted_by_how_its_members_stand(warehouse: Warehouse) -> None:
    links(warehouse, GOLD, wave="2026Q3")
    expire(warehouse)
    links(warehouse, *MEMBERS)
    answer(warehouse, "M2")
    revoke(warehouse, SURVEY, WAVE, ["M3"])
    assert [
        (wave.name, wave.invited, wave.answered, wave.waiting, wave.expired, wave.revoked)
        for wave in waves(warehouse, SURVEY)
    ] == [("2026Q3", 1, 0, 0, 1, 0), (WAVE, 3, 1, 1, 0, 1)]
    assert {each.member_id: each.standing for each in invited(warehouse, SURVEY, WAVE)} == {
        "M1": "open",
        "M2": "answered",
        "M3": "revoked",
    }


def test_a_reminder_goes_to_those_who_can_still_answer(warehouse: Warehouse) -> None:
    links(warehouse, Invitee("late"))
    expire(warehouse)
    links(warehouse, *MEMBERS, Invitee("M4"))
    answer(warehouse, "M2")
    revoke(warehouse, SURVEY, WAVE, ["M3"])
    assert [each.member_id for each in to_remind(warehouse, SURVEY)] == ["M1", "M4"]
    assert to_remind(warehouse, SURVEY, "another wave") == to_remind(warehouse, "another", WAVE) == ()


def test_revoking_closes_open_links_only_and_keeps_answers(warehouse: Warehouse) -> None:
    made = {link.member_id: link.token for link in links(warehouse, *MEMBERS)}
    answer(warehouse, "M2")
    assert revoke(warehouse, SURVEY, WAVE) == ("M1", "M3")
    standing = {member: find(warehouse, token) for member, token in made.items()}
    assert {member: found and found.standing for member, found in standing.items()} == {
        "M1": "revoked",
        "M2": "answered",
        "M3": "revoked",
    }
    with pytest.raises(WarehouseError) as refusal:
        revoke(warehouse, SURVEY, WAVE, ["M2", "nobody"])
    assert code(refusal) == "invitation-none"


def test_a_revoked_member_invited_again_has_a_new_link_and_the_old_one_stays_closed(
    warehouse: Warehouse,
) -> None:
    (old,) = links(warehouse, GOLD)
    revoke(warehouse, SURVEY, WAVE)
    (new,) = links(warehouse, GOLD)
    assert answer(warehouse, "M1")
    found = [find(warehouse, link.token) for link in (old, new)]
    assert [each and each.standing for each in found] == ["revoked", "answered"]
    assert [(wave.invited, wave.answered, wave.revoked) for wave in waves(warehouse, SURVEY)] == [(1, 1, 0)]


def test_a_link_works_to_the_end_of_its_last_day_in_the_reporting_zone(warehouse: Warehouse) -> None:
    invite(warehouse, SURVEY, [GOLD], WAVE, LATER)
    (each,) = invited(warehouse, SURVEY)
    assert each.expires_at.astimezone(warehouse.reporting_zone).isoformat() == (
        f"{LATER + timedelta(days=1)}T00:00:00+08:00"
    )


@pytest.mark.parametrize(
    ("survey", "wave", "last_day", "refused"),
    [
        ("nothing", WAVE, LATER, "invitation-survey"),
        (SURVEY, " ", LATER, "invitation-wave"),
        (SURVEY, "x" * 61, LATER, "invitation-wave"),
        (SURVEY, "a\nb", LATER, "invitation-wave"),
        (SURVEY, WAVE, date(2020, 1, 1), "invitation-expiry"),
        (SURVEY, WAVE, date.min, "invitation-expiry"),
        (SURVEY, WAVE, date.max, "invitation-expiry"),
        (SURVEY, WAVE, LATER - timedelta(days=32), "invitation-expiry"),
    ],
)
def test_what_cannot_be_an_invitation_is_refused_and_nothing_is_stored(
    warehouse: Warehouse, survey: str, wave: str, last_day: date, refused: str
) -> None:
    before = rows_stored(warehouse)
    with pytest.raises(WarehouseError) as refusal:
        invite(warehouse, survey, [GOLD], wave, last_day)
    assert code(refusal) == refused
    assert rows_stored(warehouse) == before


def test_an_imported_survey_invites_nobody(warehouse: Warehouse) -> None:
    with warehouse.transaction() as cursor:
        cursor.execute(
            "INSERT INTO survey_event VALUES (?, 'closed', TIMESTAMP '2026-01-01')",
            [SURVEY],
        )
    with pytest.raises(WarehouseError) as refusal:
        links(warehouse, GOLD)
    assert code(refusal) == "invitation-survey"

"""Whom to invite, asked of the register: who fits each condition, counted by hand, and what is refused."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.inviting import SURVEY, WAVE
from tests.warehouse.making import a_warehouse, local
from warehouse import Warehouse, WarehouseError
from warehouse.invitations import invite, invited
from warehouse.invitees import Invitee
from warehouse.membership.merging import aliases, merge, take_apart
from warehouse.register import Member, MemberEvent, add_events, add_members
from warehouse.selection import NAMES, PastSelection, Selection, parse, select, selections

NOW = local("2026-07-10 00:30")  # still 9 July in UTC
LATER = (datetime.now(UTC) + timedelta(days=30)).date()
ANYBODY = Selection(current=False)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    """Five members: A is vip since 2026, B left, C left and came back, D never joined, E joins tomorrow."""
    warehouse = a_warehouse(tmp_path, contract=False)
    members = [
        Member("A", "zh", "shop"),
        Member("B", "zh", "website"),
        Member("C", "en", "shop"),
        Member("D", "en", "website"),
        Member("E", "zh", "shop"),
    ]
    told = [
        ("A", "joined", "2025-01-01 10:00", None),
        ("A", "tier", "2025-01-01 10:00", "new"),
        ("A", "tier", "2026-01-01 10:00", "vip"),
        ("A", "purchase", "2026-07-01 00:00:00", None),
        ("B", "joined", "2025-01-01 10:00", None),
        ("B", "tier", "2025-01-01 10:00", "new"),
        ("B", "purchase", "2026-06-30 23:59:59", None),
        ("B", "left", "2026-07-10 00:30:00", None),
        ("C", "joined", "2025-01-01 10:00", None),
        ("C", "left", "2025-02-01 10:00", None),
        ("C", "returned", "2025-03-01 10:00", None),
        ("C", "purchase", "2026-07-10 00:31:00", None),
        ("E", "joined", "2026-07-11 00:00:00", None),
    ]
    events = [MemberEvent(name, event, local(at), tier=tier) for name, event, at, tier in told]
    with warehouse.transaction() as cursor:
        add_members(cursor, members, is_example=False, recorded_at=NOW)
        add_events(cursor, events, zone=warehouse.reporting_zone, recorded_at=NOW)
    yield warehouse
    warehouse.close()


def names(house: Warehouse, selection: Selection, at: datetime = NOW) -> str:
    return "".join(member.member_id for member in select(house, selection, at).members)


def asked_before(house: Warehouse, member: str, day: date | None, at: str) -> None:
    """An invitation of that local day, as it lies in the table."""
    invite(house, SURVEY, [Invitee(member)], "earlier", LATER)
    with house.transaction() as cursor:
        cursor.execute(
            "UPDATE invitation SET day = ?, created_at = CAST(? AS TIMESTAMP) WHERE member_id = ?",
            [day, at, member],
        )


@pytest.mark.parametrize(
    ("selection", "who"),
    [
        (ANYBODY, "ABCDE"),
        (Selection(), "AC"),
        (Selection(tiers=("new",), current=False), "B"),
        (Selection(tiers=("vip",), current=False), "A"),
        (Selection(tiers=("vip", "new"), current=False), "AB"),
        (Selection(languages=("en",), current=False), "CD"),
        (Selection(channels=("shop",), current=False), "ACE"),
        (Selection(channels=("shop",), languages=("zh",)), "A"),
    ],
)
def test_members_fit_by_tier_language_channel_and_membership_as_of_now(
    house: Warehouse, selection: Selection, who: str
) -> None:
    found = select(house, selection, NOW)
    assert names(house, selection) == who and found.matched == len(who)
    assert found.day == date(2026, 7, 10)


def test_who_leaves_or_joins_counts_from_that_instant_on(house: Warehouse) -> None:
    assert names(house, Selection(), local("2026-07-10 00:29:59")) == "ABC"
    assert names(house, Selection(), local("2026-07-11 00:00:00")) == "ACE"
    assert names(house, Selection(tiers=("new",)), local("2025-12-31 12:00")) == "AB"


@pytest.mark.parametrize(("days", "who"), [(9, ""), (10, "A"), (11, "AB"), (3660, "AB")])
def test_bought_within_counts_whole_local_days_with_today(house: Warehouse, days: int, who: str) -> None:
    # 10 days up to 10 July begin with 1 July 00:00 in Shanghai; C's purchase is a minute in the future.
    assert names(house, Selection(current=False, bought_within=days)) == who


@pytest.mark.parametrize(("days", "who"), [(3, "ABCDE"), (4, "BCDE"), (5, "BCDE"), (6, "BDE")])
def test_rested_leaves_out_who_was_invited_on_one_of_these_local_days(
    house: Warehouse, days: int, who: str
) -> None:
    asked_before(house, "A", date(2026, 7, 7), "2026-07-06 16:00:00")  # midnight of the 7th in Shanghai
    asked_before(house, "C", None, "2026-07-05 15:59:59")  # from before days were kept: that of UTC
    assert names(house, Selection(current=False, rested=days)) == who


def test_who_was_asked_as_a_duplicate_rests_as_the_member_it_counts_as_until_they_are_taken_apart(
    house: Warehouse,
) -> None:
    asked_before(house, "B", date(2026, 7, 7), "2026-07-06 16:00:00")
    merge(house, "B", "A", "one person", "operator")
    rested = Selection(current=False, rested=30)
    assert names(house, rested) == "CDE"
    take_apart(house, aliases(house)[0], "two persons", "operator")
    assert names(house, rested) == "ACDE"


def test_a_member_recorded_again_is_one_with_what_was_said_last(house: Warehouse) -> None:
    with house.transaction() as cursor:
        add_members(
            cursor,
            [Member("A", "en", "website")],
            is_example=False,
            recorded_at=NOW + timedelta(seconds=1),
        )
    found = select(house, Selection(languages=("en",), current=False), NOW)
    assert found.members == (Invitee("A", "vip", "en"), Invitee("C", None, "en"), Invitee("D", None, "en"))
    assert names(house, Selection(channels=("shop",), current=False)) == "CE"


def test_a_sample_is_drawn_again_by_its_seed_and_every_member_can_be_drawn(house: Warehouse) -> None:
    drawn = {seed: names(house, Selection(current=False, sample=2, seed=seed)) for seed in range(60)}
    assert all(len(set(who)) == 2 for who in drawn.values())
    assert drawn[7] == names(house, Selection(current=False, sample=2, seed=7))
    assert len({"".join(sorted(who)) for who in drawn.values()}) == 10  # each of the ten pairs
    found = select(house, Selection(current=False, sample=3, seed=7), NOW)
    assert (found.matched, len(found.members)) == (5, 3)
    assert "".join(each.member_id for each in found.members).startswith(drawn[7])
    assert len(select(house, Selection(current=False, sample=99), NOW).members) == 5


def test_links_are_made_for_the_selected_and_how_they_were_chosen_is_kept(house: Warehouse) -> None:
    found = select(house, Selection(current=False, sample=3, seed=11))
    made = invite(house, SURVEY, found, f" {WAVE} ", LATER)
    assert {link.member_id for link in made.links} == {each.member_id for each in found.members}
    assert {(each.member_id, each.tier, each.language) for each in invited(house, SURVEY)} == {
        (each.member_id, each.tier, each.language) for each in found.members
    }
    again = select(house, Selection(current=False))
    assert len(invite(house, SURVEY, again, WAVE, LATER).links) == 2
    assert selections(house, SURVEY) == (
        PastSelection(WAVE, found.day, "members=all", 11, 5, 3, 3),
        PastSelection(WAVE, found.day, "members=all", None, 5, 5, 2),
    )
    assert names(house, Selection(current=False, rested=1), datetime.now(UTC)) == ""


def test_nobody_who_fits_is_refused_and_nothing_is_kept(house: Warehouse) -> None:
    with pytest.raises(WarehouseError) as refusal:
        invite(house, SURVEY, select(house, Selection(bought_within=1), NOW), WAVE, LATER)
    assert refusal.value.problem.code == "selection-nobody"
    assert selections(house, SURVEY) == invited(house, SURVEY) == ()


@pytest.mark.parametrize(
    ("selection", "code"),
    [
        (Selection(tiers=("gold",)), "selection-value"),
        (Selection(languages=("zh' OR '1'='1",)), "selection-value"),
        (Selection(channels=("",)), "selection-value"),
        (Selection(bought_within=0), "selection-number"),
        (Selection(rested=-1), "selection-number"),
        (Selection(rested=3661), "selection-number"),
        (Selection(sample=0), "selection-sample"),
        (Selection(sample=10_000_001), "selection-sample"),
        (Selection(sample=1, seed=-1), "selection-seed"),
        (Selection(sample=1, seed=2**31), "selection-seed"),
    ],
)
def test_what_no_member_has_and_numbers_out_of_range_are_refused(
    house: Warehouse, selection: Selection, code: str
) -> None:
    with pytest.raises(WarehouseError) as refusal:
        select(house, selection, NOW)
    assert refusal.value.problem.code == code


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        (["tier"], "selection-condition"),
        (["tier="], "selection-condition"),
        (["Tier=vip"], "selection-condition"),
        (["member_id=M1"], "selection-condition"),
        (["1=1; DROP TABLE member"], "selection-condition"),
        (["tier=a", "tier=b"], "selection-twice"),
        (["members=former"], "selection-members"),
        (["rested=ninety"], "selection-number"),
        (["rested=-9"], "selection-number"),
        (["rested=9.5"], "selection-number"),
        (["bought-within=٩"], "selection-number"),
    ],
)
def test_a_condition_that_is_none_of_the_list_is_refused(conditions: list[str], code: str) -> None:
    with pytest.raises(WarehouseError) as refusal:
        parse(conditions)
    assert refusal.value.problem.code == code
    assert refusal.value.problem.words("zh") != refusal.value.problem.words("en")


CODES = st.lists(st.text("abcdefgh-_", min_size=1, max_size=8), max_size=3, unique=True).map(tuple)


@given(CODES, CODES, CODES, st.booleans(), st.none() | st.integers(1, 3660), st.none() | st.integers(1, 3660))
def test_the_words_of_a_selection_say_it_again(
    tiers: tuple[str, ...],
    languages: tuple[str, ...],
    channels: tuple[str, ...],
    current: bool,
    bought: int | None,
    rested: int | None,
) -> None:
    selection = Selection(tiers, languages, channels, current, bought, rested)
    assert parse(selection.words.split(" ")) == selection
    assert {part.partition("=")[0] for part in selection.words.split(" ")} <= set(NAMES)

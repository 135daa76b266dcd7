"""A member's file is edited, classed, merged and taken apart by rows, and tells who is at risk and why."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.warehouse.making import a_warehouse, answer, happen, join, local, response
from warehouse import Warehouse, WarehouseError
from warehouse.members import member_movement
from warehouse.membership.at_risk import all_at_risk, at_risk
from warehouse.membership.file import edit, find, is_large, member_file, state_tier
from warehouse.membership.merging import aliases, duplicates, merge, take_apart
from warehouse.membership.tiers import tier_flow
from warehouse.register import MemberEvent, add_events

TODAY = date(2026, 7, 1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path, contract=False)
    yield warehouse
    warehouse.close()


def buy(house: Warehouse, member: str, *days: str, amount: str = "10") -> None:
    events = [MemberEvent(member, "purchase", local(f"{day} 12:00"), amount=Decimal(amount)) for day in days]
    with house.transaction() as cursor:
        add_events(cursor, events, zone=house.reporting_zone, recorded_at=local("2026-07-01 00:00"))


def correct(house: Warehouse, member: str, **basic: str) -> bool:
    file = member_file(house, member)
    assert file is not None
    return edit(house, file, basic, "operator")


def test_a_correction_of_basic_data_is_a_version_and_the_same_again_is_none(house: Warehouse) -> None:
    join(house, [1])
    assert correct(house, "M00001", name="王芳", phone="138 0000 0000", email="wang@", birthday="1990-02-30")
    assert not correct(house, "M00001", name="王芳 ")
    file = member_file(house, "M00001")
    assert file is not None and [version.fields["name"] for version in file.versions] == ["王芳", ""]
    assert {name: problem.code for name, problem in file.odd.items()} == {
        "email": "email-unfit",
        "birthday": "birthday-unfit",
    }
    assert [found.member_id for found in find(house, "8 0000")] == ["M00001"]
    assert member_file(house, "M00002") is None and find(house, "nobody") == ()


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_member_is_found_by_what_people_type(house: Warehouse, is_sealed: bool) -> None:
    join(house, [1, 20])
    correct(house, "M00001", name="欧阳秀英", phone="+86 138-0013-5678", email="Xiu.Ying@example.org")
    correct(house, "M00020", name="Anna Ray", phone="02112345678")
    correct(house, "M00020", name="Anna Roy")
    if is_sealed:
        house.rollups.seal()
    for text in (
        "m00001",
        "1",
        "欧阳",
        "秀英",
        "阳秀",
        "xiu.y",
        "13800135678",
        "138 0013",
        "5678",
        "001356",
        "YING@",
    ):
        assert "M00001" in {found.member_id for found in find(house, text)}, text
    assert [found.name for found in find(house, "na r")] == ["Anna Roy"]
    assert find(house, "Ray") == find(house, " ") == find(house, "5678-0000") == ()
    assert [found.member_id for found in find(house, "123")] == ["M00020"]  # in the middle of the phone
    merge(house, "M00020", "M00001", "One person", "operator")
    assert [found.member_id for found in find(house, "M00020")] == ["M00001"]


def test_in_a_large_register_the_middle_of_numbers_is_not_looked_for(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    join(house, [1])
    correct(house, "M00001", name="欧阳秀英", phone="02112345678")
    assert find(house, "2112") and not is_large(house)
    monkeypatch.setattr("warehouse.membership.file.MOST_SEARCHED", 1)
    assert find(house, "2112") == () and is_large(house)
    assert find(house, "阳秀") and find(house, "5678") and find(house, "M0000")


def test_a_member_could_be_who_agrees_in_phone_address_or_name_and_birthday(house: Warehouse) -> None:
    join(house, range(6))
    correct(house, "M00000", name="Li Wei", phone="+86 138-0013-5678", birthday="1990-01-01")
    correct(house, "M00001", name="li wei", phone="138 0013 5678", birthday="1990-01-02")
    correct(house, "M00002", name="LI WEI", email="wei@example.org", birthday="1990-01-01")
    correct(house, "M00003", name="Li Wei Min", email="Wei@Example.org", birthday="1990-01-01")
    correct(house, "M00004", phone="13800135678")
    correct(house, "M00004", phone="13800135679")  # no longer
    found = [
        [(pair.member_id, pair.other_id, *pair.reasons) for pair in duplicates(house, member)]
        for member in ("M00000", "M00002", "M00004", "M00005")
    ]
    phone, name, email = (
        ("M00000", "M00001", "phone"),
        ("M00000", "M00002", "name"),
        ("M00002", "M00003", "email"),
    )
    assert found == [[phone, name], [name, email], [], []]
    assert [(each.member_id, each.other_id) for each in duplicates(house)] == [
        each[:2] for each in (phone, name, email)
    ]


def test_what_more_than_ten_share_makes_no_pairs_of_them(house: Warehouse) -> None:
    join(house, range(11))
    for number in range(11):
        correct(house, f"M{number:05d}", phone="00000000000", email=f"{number // 2}@example.org")
    assert [pair.reasons for pair in duplicates(house)] == [("email",)] * 5
    assert [pair.reasons for pair in duplicates(house, "M00000")] == [("email",)]
    correct(house, "M00010", phone="13800135678")
    assert len(duplicates(house)) == 45  # of ten entries
    assert len(duplicates(house, "M00000")) == 9


def test_a_stated_class_holds_whatever_is_bought_until_it_is_lifted(house: Warehouse) -> None:
    join(house, [1])
    buy(house, "M00001", "2026-01-01", "2026-02-01")
    file = member_file(house, "M00001")
    assert file is not None and (file.tier, file.is_stated) == ("returning", False)
    state_tier(house, "M00001", "vip", "A guest of the house", "operator")
    file = member_file(house, "M00001")
    assert file is not None and (file.tier, file.is_stated) == ("vip", True)
    assert (file.happenings[0].event, file.happenings[0].reason) == ("tier", "A guest of the house")
    assert tier_flow(house, TODAY, TODAY).after("vip") == 0  # it holds from then on, not before
    state_tier(house, "M00001", None, "As bought", "operator")
    file = member_file(house, "M00001")
    assert file is not None and (file.tier, file.is_stated) == ("returning", False)


def test_merged_entries_are_one_member_in_every_figure_and_two_again_when_taken_apart(
    house: Warehouse,
) -> None:
    join(house, [1, 2, 3], at="2026-01-05 12:00")
    buy(house, "M00001", "2026-02-01")
    buy(house, "M00002", "2026-03-01")
    correct(house, "M00001", phone="+86 138-0000-0000", email="a@example.org")
    correct(house, "M00002", phone="13800000000", email="A@example.org ")
    (pair,) = duplicates(house)
    assert (pair.member_id, pair.other_id, pair.reasons) == ("M00001", "M00002", ("email", "phone"))

    def figures() -> tuple[int, int, int]:
        flow = tier_flow(house, TODAY, TODAY)
        month = member_movement(house, local("2026-02-01 00:00")).months[0]
        return month.closing, flow.after("new"), flow.after("returning")

    assert figures() == (3, 2, 0)
    merge(house, "M00002", "M00001", "Same person", "operator")
    assert figures() == (2, 0, 1) and duplicates(house) == []
    file = member_file(house, "M00001")
    assert file is not None and {each.stated_id for each in file.happenings} == {"M00001", "M00002"}
    assert member_file(house, "M00002") is None
    classes = house.read("members/tiers_of", members=["M00001", "M00002"], until=TODAY, contract="")
    assert classes == [("M00001", "returning", False)]
    assert [each.member_id for each in find(house, "M00002")] == ["M00001"]
    (alias,) = aliases(house)
    take_apart(house, alias, "Two brothers", "operator")
    assert figures() == (3, 2, 0) and aliases(house) == []
    assert house.read("members/known", members=["M00001", "M00002"]) != []


def test_a_merge_that_would_make_a_chain_or_names_nobody_is_refused(house: Warehouse) -> None:
    join(house, [1, 2, 3])
    merge(house, "M00002", "M00001", "Same", "operator")
    for duplicate, kept, code in (
        ("M00001", "M00001", "merge-self"),
        ("M00001", "M00003", "merge-chain"),
        ("M00003", "M00002", "merge-unknown"),
        ("M00002", "M00003", "merge-unknown"),
        ("M00009", "M00003", "merge-unknown"),
    ):
        with pytest.raises(WarehouseError) as refusal:
            merge(house, duplicate, kept, "Same", "operator")
        assert refusal.value.problem.code == code


def test_who_is_at_risk_and_why_at_the_edges_of_each_window(house: Warehouse) -> None:
    join(house, range(1, 9))
    happen(house, ("M00001", "lapsed", "2026-01-02 00:00"), ("M00002", "lapsed", "2026-01-01 23:59"))
    buy(house, "M00003", "2026-01-02", "2026-03-31", "2026-04-02", "2026-06-30")  # two before, two lately
    buy(house, "M00004", "2026-01-02", "2026-01-03", "2026-04-01")  # three before, none lately
    buy(house, "M00005", "2025-12-01", "2026-01-01")
    buy(house, "M00006", "2025-12-01", "2026-01-02")
    answer(
        house,
        replace(response("2026-01-02 00:00", recommend=6), member_id="M00007"),
        replace(response("2026-01-01 12:00", overall=1), member_id="M00008"),
    )
    buy(house, "GUEST", "2025-12-01", "2025-12-02")  # bought without joining: no member
    found = at_risk(house, TODAY)
    assert [each for _, each in all_at_risk(house, TODAY)] == list(found.shown)
    assert found.members == 4 == len(found.shown) and found.counts["silent"] == 1
    assert [each.member_id for each in at_risk(house, TODAY, reason="silent").shown] == ["M00005"]
    assert at_risk(house, TODAY, limit=2, offset=1).shown == found.shown[1:3]
    assert {each.member_id: each.reasons for each in found.shown} == {
        "M00001": ("lapsed",),
        "M00004": ("falling",),
        "M00005": ("silent",),
        "M00007": ("low_score",),
    }
    assert found.by_reason["lapsed"].suppressed and found.by_reason["complaint"].n == 0
    answer(house, replace(response("2026-02-01 00:00", overall=5, recommend=10), member_id="M00007"))
    assert "M00007" not in {each.member_id for each in at_risk(house, TODAY).shown}

"""The figures on renewals, returns, classes and files, worked out by hand at the edges of periods in
Asia/Shanghai."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.counts import CensusCounts
from tests.warehouse.making import CONTRACT, happen, join, local
from tests.warehouse.membership.reference import CONTRACT_TIERS
from tests.warehouse.test_metrics import counted, use
from warehouse import Warehouse, open_warehouse
from warehouse.as_of import as_of
from warehouse.contract_loading import load_contract
from warehouse.contracts import current_contract
from warehouse.counting import count
from warehouse.evidence.basis import all_so_far
from warehouse.membership.file import edit, member_file
from warehouse.metrics import metric
from warehouse.register import MemberEvent, add_events

FILES = ("file_completeness", "file_validity", "file_freshness")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "pactboard.duckdb")
    load_contract(warehouse, CONTRACT.replace("  clauses:", f"{CONTRACT_TIERS}  clauses:", 1))
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize("name", ["member_renewal", "member_won_back", "tier_raised", *FILES])
def test_without_members_there_is_no_figure_and_no_division(house: Warehouse, name: str) -> None:
    found = counted(house, name)
    assert {key: (each.value, each.opening, each.closing) for key, each in found.items()} == {
        ("2026Q1", ""): (None, 0, 0),
        ("2026Q2", ""): (None, 0, 0),
    }


def test_renewals_count_by_the_last_word_of_the_period(house: Warehouse) -> None:
    join(house, range(5))
    happen(
        house,
        ("M00000", "renewed", "2026-01-01 00:00:00"),
        ("M00001", "lapsed", "2026-03-31 23:59:59"),
        ("M00002", "lapsed", "2026-02-01 10:00"),
        ("M00002", "renewed", "2026-03-01 10:00"),
        ("M00003", "renewed", "2026-04-01 00:00:00"),
        ("M00004", "renewed", "2025-12-31 23:59:59"),
    )
    found = counted(house, "member_renewal")
    assert found["2026Q1", ""] == CensusCounts(100 * 2 / 3, 3, 2)
    assert found["2026Q2", ""] == CensusCounts(100.0, 1, 1)
    # Told late, it counts in the period in which it happened.
    happen(house, ("M00004", "lapsed", "2026-02-02 10:00"))
    assert counted(house, "member_renewal")["2026Q1", ""] == CensusCounts(50.0, 4, 2)


def test_who_lapsed_and_renewed_at_one_instant_is_a_member_and_renewed_however_it_is_counted(
    house: Warehouse,
) -> None:
    join(house, range(12))
    day = "2026-02-01 00:00"  # as of a file with days: nothing tells which of the two came first
    for number in range(12):
        both = [(f"M{number:05d}", event, day) for event in ("renewed", "lapsed")]
        happen(house, *(both if number % 2 else reversed(both)))
    for is_sealed in (False, True):
        if is_sealed:
            house.quiet.close()
            house.rollups.seal()
        assert counted(house, "member_renewal")["2026Q1", ""] == CensusCounts(100.0, 12, 12)
        assert counted(house, "member_growth")["2026Q1", ""].exact() == 0
        assert house.read("rollups/differing_members") == []
    loaded = current_contract(house)
    assert loaded is not None
    with house.transaction() as cursor:
        basis = all_so_far(cursor)
    at = as_of(house, local("2026-07-01 00:00"))
    found = count(house, metric("member_renewal"), loaded.contract.sha256, use("member_renewal"), at, basis)
    assert found[0].counts == CensusCounts(100.0, 12, 12)


def test_won_back_are_those_who_had_left_before_and_are_there_at_the_end(house: Warehouse) -> None:
    join(house, range(5))
    happen(
        house,
        *((f"M0000{number}", "left", "2025-12-31 23:59:59") for number in range(3)),
        ("M00003", "left", "2026-01-01 00:00:00"),  # within the period: lost, not to be won back in it
        ("M00000", "returned", "2026-03-31 23:59:59"),
        ("M00001", "renewed", "2026-02-01 10:00"),
        ("M00001", "lapsed", "2026-03-01 10:00"),  # and gone again
        ("M00002", "returned", "2026-04-01 00:00:00"),
    )
    found = counted(house, "member_won_back")
    assert found["2026Q1", ""] == CensusCounts(100 / 3, 3, 1)
    assert found["2026Q2", ""] == CensusCounts(100 / 3, 3, 1)


def test_who_rose_in_class_is_counted_of_those_there_at_both_ends(house: Warehouse) -> None:
    join(house, range(4))
    happen(house, ("M00003", "left", "2026-02-01 10:00"))
    bought = [
        MemberEvent("M00000", "purchase", local("2026-01-01 00:00:00"), amount=None),
        MemberEvent("M00001", "purchase", local("2025-12-31 23:59:59"), amount=None),
        MemberEvent("M00001", "purchase", local("2026-04-01 00:00:00"), amount=None),
        MemberEvent("M00003", "purchase", local("2026-01-05 10:00"), amount=None),
        # A customer who was never a member counts too, from the first purchase on.
        MemberEvent("GUEST", "purchase", local("2025-12-31 10:00"), amount=None),
        MemberEvent("GUEST", "purchase", local("2026-02-01 10:00"), amount=None),
    ]
    with house.transaction() as cursor:
        add_events(cursor, bought, zone=house.reporting_zone, recorded_at=local("2026-07-01 00:00"))
    found = counted(house, "tier_raised")
    assert found["2026Q1", ""] == CensusCounts(50.0, 4, 2)
    assert found["2026Q2", ""] == CensusCounts(25.0, 4, 1)


def test_files_are_scored_by_what_they_state_what_can_be_right_and_how_old_they_are(house: Warehouse) -> None:
    join(house, range(3))
    happen(house, ("M00002", "left", "2026-01-05 10:00"))
    odd = {
        "name": "王芳",
        "phone": "12",
        "email": "a@b.cn",
        "birthday": "2026-02-30",
        "gender": "f",
        "city": "沪",
    }
    for member, basic in (("M00000", odd), ("M00001", {"phone": "+86 138-0000-0000", "email": "a@b"})):
        file = member_file(house, member)
        assert file is not None and edit(house, file, basic, "operator")
    complete, valid, _ = (counted(house, name) for name in FILES)
    assert complete["2026Q1", ""] == CensusCounts(100 * 8 / 12, 12, 8, level=True)
    assert valid["2026Q1", ""] == CensusCounts(40.0, 5, 2, level=True)
    # The words of the file and those of the figure are the same.
    file = member_file(house, "M00000")
    assert file is not None and set(file.odd) == {"phone", "birthday"}


def test_a_file_is_fresh_as_of_a_day_by_what_was_entered_within_the_year_before_it(house: Warehouse) -> None:
    join(house, range(7))
    happen(house, ("M00006", "left", "2026-02-01 10:00"))
    entered = {
        0: ["2025-04-01 00:00:00"],  # 365 days before the end of the first quarter, which is still within
        1: ["2025-03-31 23:59:59"],  # a second too old
        2: ["2026-03-31 23:59:59"],
        3: ["2026-04-01 00:00:00"],  # after the end: not fresh as of then, but for the next quarter
        4: ["2024-01-01 00:00:00", "2026-05-01 00:00:00"],  # confirmed after: what was before counts
        5: ["2025-05-01 00:00:00", "2026-06-30 00:00:00"],  # fresh then and now
        6: ["2026-01-05 00:00:00"],  # who has left is not asked for
    }
    with house.transaction() as cursor:
        cursor.execute("DELETE FROM member")
        for number, instants in entered.items():
            for at in instants:
                cursor.execute(
                    "INSERT INTO member (member_id, language, channel, is_example, recorded_at) "
                    "VALUES (?, 'zh', 'shop', FALSE, ?)",
                    [f"M{number:05d}", at],
                )
    house.rollups.rebuild()  # rows were taken away
    fresh = counted(house, "file_freshness")
    assert fresh["2026Q1", ""] == CensusCounts(50.0, 6, 3, level=True)
    assert fresh["2026Q2", ""] == CensusCounts(100 * 4 / 6, 6, 4, level=True)

"""Members move in and out, and every period balances."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.making import a_warehouse, happen, join, local
from warehouse import Warehouse
from warehouse.members import Movement, member_movement
from warehouse.scorecard import scorecard


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path)
    yield warehouse
    warehouse.close()


def figures(movement: Movement) -> tuple[int, int, int, int, int]:
    return (movement.opening, movement.joined, movement.returned, movement.left, movement.closing)


def test_opening_joined_returned_left_and_closing_of_each_period(house: Warehouse) -> None:
    join(house, range(10))
    happen(
        house,
        ("M00000", "left", "2025-11-01 10:00"),
        ("M00000", "returned", "2026-01-01 00:00:00"),
        ("M00001", "left", "2026-03-31 23:59:59"),
        ("M00002", "left", "2026-04-01 00:00:00"),
        ("M00100", "joined", "2026-05-05 10:00"),
        ("M00100", "left", "2026-05-05 18:00"),
    )
    found = member_movement(house, local("2026-07-01 00:00"))
    assert [figures(each) for each in found.periods] == [(9, 0, 1, 1, 9), (9, 1, 0, 2, 8)]
    assert [each.growth for each in found.periods] == [0.0, pytest.approx(-100 / 9)]
    assert [each.target for each in found.periods] == [2, 2]


def test_months_run_from_the_first_day_of_the_contract_to_the_day_of_the_figures(house: Warehouse) -> None:
    join(house, range(10))
    happen(house, ("M00000", "left", "2026-02-28 23:59:59"))
    found = member_movement(house, local("2026-03-01 12:00"))
    assert [(each.name, figures(each), each.state) for each in found.months] == [
        ("2026-01", (10, 0, 0, 0, 10), "closed"),
        ("2026-02", (10, 0, 0, 1, 9), "closed"),
        ("2026-03", (9, 0, 0, 0, 9), "running"),
    ]
    assert [each.target for each in found.months] == [None] * 3
    assert [each.state for each in found.periods] == ["running"]


def test_without_a_contract_there_are_months_from_the_first_event(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    assert member_movement(warehouse, local("2026-03-01 12:00")).periods == ()
    join(warehouse, range(3), at="2025-12-31 23:00")
    found = member_movement(warehouse, local("2026-02-01 00:00"))
    assert [(each.name, each.start, each.end) for each in found.months] == [
        ("2025-12", date(2025, 12, 1), date(2026, 1, 1)),
        ("2026-01", date(2026, 1, 1), date(2026, 2, 1)),
    ]
    warehouse.close()


def test_no_opening_members_no_growth(house: Warehouse) -> None:
    join(house, range(3), at="2026-01-05 12:00")
    (period,) = member_movement(house, local("2026-03-01 12:00")).periods
    assert (period.opening, period.closing, period.growth) == (0, 3, None)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.datetimes(
                min_value=local("2025-10-01 00:00").replace(tzinfo=None),
                max_value=local("2026-08-01 00:00").replace(tzinfo=None),
            ),
        ),
        max_size=30,
    )
)
def test_every_period_balances_follows_from_the_one_before_and_agrees_with_the_scorecard(
    tmp_path_factory: pytest.TempPathFactory, visits: list[tuple[int, object]]
) -> None:
    warehouse = a_warehouse(tmp_path_factory.mktemp("balance"))
    inside: set[int] = set()
    known: set[int] = set()
    events = []
    for number, at in sorted(set(visits), key=lambda visit: str(visit[1])):
        event = "left" if number in inside else "returned" if number in known else "joined"
        inside ^= {number}
        known.add(number)
        events.append((f"M{number:05d}", event, str(at)))
    if events:
        happen(warehouse, *events)
    end = local("2026-07-01 00:00")
    found = member_movement(warehouse, end)
    for spans in (found.periods, found.months):
        for before, after in pairwise(spans):
            assert after.opening == before.closing
    states: dict[str, str] = {}
    for member, event, at in events:
        if local(at) < end:
            states[member] = event
    assert found.periods[-1].closing == sum(event != "left" for event in states.values())
    card = scorecard(warehouse, end)
    assert card is not None
    growth = {
        row.period.name: row.verdict.estimate.value for row in card.rows if row.metric.name == "member_growth"
    }
    assert growth == {
        each.name: pytest.approx(each.growth) if each.growth is not None else None for each in found.periods
    }
    warehouse.close()

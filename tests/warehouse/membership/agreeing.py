"""Whether the warehouse's figures on random members are those worked out one by one."""

from datetime import date
from itertools import pairwise
from pathlib import Path

from tests.warehouse.making import CONTRACT, local
from tests.warehouse.membership import reference
from warehouse import open_warehouse
from warehouse.contract_loading import load_contract
from warehouse.members import member_movement
from warehouse.membership.cohorts import buying_cohorts, joined_cohorts, spans_between
from warehouse.membership.retention import retention
from warehouse.membership.tiers import tier_flow

QUARTERS = (date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1))


def compare(folder: Path, seed: int, count: int) -> None:
    """Raises AssertionError at the first figure that differs."""
    house = open_warehouse(folder / "pactboard.duckdb")
    try:
        load_contract(house, CONTRACT.replace("  clauses:", f"{reference.CONTRACT_TIERS}  clauses:", 1))
        everybody = reference.people(seed, count)
        reference.store(house, everybody, seed)
        found = member_movement(house, local("2026-07-01 00:00"))
        for each in (*found.periods, *found.months):
            expected = reference.movement(everybody, each.start, each.end)
            assert (each.opening, each.joined, each.returned, each.left, each.closing) == expected
            assert each.opening + each.joined + each.returned - each.left == each.closing
        for start, end in (
            (QUARTERS[0], QUARTERS[1]),
            (QUARTERS[1], QUARTERS[2]),
            (QUARTERS[1], QUARTERS[1]),
        ):
            assert tier_flow(house, start, end).moves == reference.flow(everybody, start, end)
        kept = retention(house, *QUARTERS[1:])
        expected_kept = reference.kept(everybody, *QUARTERS[1:])
        assert (kept.whole.opening, kept.whole.kept) == expected_kept["", ""]
        for dimension, groups in kept.groups.items():
            for group in groups:
                if group.opening is not None:
                    assert (group.opening, group.kept) == expected_kept[dimension, group.name]
            assert {group.name for group in groups} == {
                name for each, name in expected_kept if each == dimension
            }
        for cohort in joined_cohorts(house, QUARTERS[-1]):
            ends = [*spans_between(cohort.first, QUARTERS[-1], "quarter")[1:], QUARTERS[-1]]
            assert cohort.counts == reference.joined(everybody, cohort.first, ends)
        bought = [
            [day for day, event in person.until(QUARTERS[-1]) if event.event == "purchase"]
            for person in everybody
        ]
        for cohort in buying_cohorts(house, QUARTERS[-1]):
            starts = [*spans_between(cohort.first, QUARTERS[-1], "quarter"), QUARTERS[-1]]
            began = [days for days in bought if days and starts[0] <= days[0] < starts[1]]
            spans = pairwise(starts)
            assert cohort.counts == tuple(
                sum(any(start <= day < end for day in days) for days in began) for start, end in spans
            )
        rows = house.read("members/stays", until=QUARTERS[-1])
        assert {tuple(row[:3]): row[3] for row in rows} == reference.stays(everybody, QUARTERS[-1])
    finally:
        house.close()

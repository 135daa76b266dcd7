"""Satisfaction that records tell is a share of those who answered, with its interval; of all, it has none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contract import CensusCounts, MetricUse, ShareCounts, estimate
from contract.counts import Counts
from contract.metrics import ANSWERS_OF_RECORDS, KindName
from tests.warehouse.making import local
from tests.warehouse.records.keeping import a_house, keep
from warehouse import Warehouse
from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.counting import count
from warehouse.metrics import agreed, catalogue

TRAINED = {"title": "x", "audience": "staff_a", "planned_on": "2026-03-30", "held_on": "2026-03-31"}
STAFF = {"title": "x", "audience": "staff_b", "asked_on": "2026-03-31"}
CASE = {
    "subject": "x",
    "category": "complaint",
    "severity": "low",
    "channel": "hotline",
    "received_at": "2026-03-31 23:59",
    "resolved_at": "2026-04-01 10:00",
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


def counted(house: Warehouse, name: str, kind: KindName = "share") -> Counts:
    """What 2026Q1 comes to by the first of July."""
    loaded = current_contract(house)
    assert loaded is not None
    use = MetricUse(id=name, kind=kind, direction="higher", clause="1")
    at = as_of(house, local("2026-07-01 00:00"))
    found = count(house, agreed(use), loaded.contract.sha256, use, at)
    return next(each.counts for each in found if each.period == "2026Q1")


def test_answers_of_some_who_came_have_the_wilson_interval(house: Warehouse) -> None:
    keep(
        house, "training", {**TRAINED, "invited": "90", "attended": "80", "answered": "60", "satisfied": "48"}
    )
    counts = counted(house, "training_satisfied")
    assert counts == ShareCounts(48, 60)
    found = estimate(counts)
    # By hand: (0.8 + 3.8415/120 -+ 1.96 * sqrt(0.16/60 + 3.8415/14400)) / (1 + 3.8415/60)
    assert found.n == 60 and found.value == 80
    assert (found.low, found.high) == (pytest.approx(68.218, abs=0.01), pytest.approx(88.172, abs=0.01))


def test_where_all_who_came_answered_nothing_was_sampled(house: Warehouse) -> None:
    keep(house, "training", {**TRAINED, "attended": "60", "answered": "60", "satisfied": "48"})
    counts = counted(house, "training_satisfied")
    assert counts == CensusCounts(80.0, 60, 48, level=True) and estimate(counts).low is None
    keep(house, "training", {**TRAINED, "number": "2", "answered": "10", "satisfied": "10"})
    assert counted(house, "training_satisfied") == ShareCounts(58, 70)  # nobody knows how many came


def test_staff_are_counted_in_full_only_where_it_is_said_how_many_were_asked(house: Warehouse) -> None:
    keep(house, "staff_survey", {**STAFF, "answered": "26", "satisfied": "20"})
    assert counted(house, "staff_satisfied") == ShareCounts(20, 26)
    keep(house, "staff_survey", {"asked": "26"})
    assert counted(house, "staff_satisfied") == CensusCounts(100 * 20 / 26, 26, 20, level=True)


def test_cases_are_rated_by_a_sample_until_every_resolved_one_is(house: Warehouse) -> None:
    assert counted(house, "case_handling_satisfied") == ShareCounts(0, 0)
    scores = ("5", "4", "3", "5", "4", "")
    keep(house, "service_case", *({**CASE, "handling_score": score} for score in scores))
    assert counted(house, "case_handling_satisfied") == ShareCounts(4, 5)
    keep(house, "service_case", {"number": "6", "handling_score": "1"})
    assert counted(house, "case_handling_satisfied") == CensusCounts(100 * 4 / 6, 6, 4, level=True)


def test_few_answers_stay_answers_even_if_all_gave_one(house: Warehouse) -> None:
    keep(house, "staff_survey", {**STAFF, "asked": "4", "answered": "4", "satisfied": "1"})
    assert counted(house, "staff_satisfied") == ShareCounts(1, 4)


def test_a_contract_may_take_them_as_counted_in_full(house: Warehouse) -> None:
    keep(house, "staff_survey", {**STAFF, "answered": "26", "satisfied": "13"})
    assert counted(house, "staff_satisfied", "census") == CensusCounts(50.0, 26, 13, level=True)


def test_the_contract_knows_which_shares_no_survey_of_ours_asks_for() -> None:
    assert {each.name for each in catalogue() if each.can_be_full} == ANSWERS_OF_RECORDS

"""The status of a running period: on course, at risk or undecided, never met or missed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import (
    CensusCounts,
    Counts,
    MeanCounts,
    NpsCounts,
    ShareCounts,
    estimate,
    live_status,
    running_estimate,
)
from tests.contract.aiming import target


@pytest.mark.parametrize(
    ("goal", "counts", "word"),
    [
        ("85", ShareCounts(195, 210), "on_course"),
        ("85", ShareCounts(150, 210), "at_risk"),
        ("85", ShareCounts(185, 210), "undecided"),
        ("28", NpsCounts(20, 60, 130), "on_course"),
        ("28", NpsCounts(90, 80, 40), "at_risk"),
        ("28", NpsCounts(1, 0, 0), "undecided"),
        ("5.5", MeanCounts({1: 0, 2: 0, 3: 2, 4: 5, 5: 40, 6: 100, 7: 100}), "on_course"),
        ("5.5", MeanCounts({1: 50, 2: 50, 3: 50, 4: 5, 5: 5, 6: 0, 7: 0}), "at_risk"),
        ("85", ShareCounts(0, 0), "undecided"),
    ],
)
def test_a_sample_is_on_course_or_at_risk_once_the_sequence_clears_the_target(
    goal: str, counts: Counts, word: str
) -> None:
    status = live_status(target(goal), counts, 0.5)
    assert (status.word, status.final, status.kept) == (word, False, None)


def test_where_lower_is_better_a_low_figure_is_on_course() -> None:
    goal = target("20", direction="lower")
    assert live_status(goal, ShareCounts(10, 300), 0.5).word == "on_course"
    assert live_status(goal, ShareCounts(150, 300), 0.5).word == "at_risk"


@pytest.mark.parametrize(
    ("value", "elapsed", "word"),
    [
        (1.5, 0.5, "on_course"),
        (1.49, 0.5, "at_risk"),
        (0.0, 0.04, "undecided"),
        (9.0, 0.04, "undecided"),
        (3.0, 1.0, "on_course"),
        (2.9, 1.0, "at_risk"),
        (None, 0.5, "undecided"),
    ],
)
def test_a_census_is_compared_with_the_pace_once_a_twentieth_is_over(
    value: float | None, elapsed: float, word: str
) -> None:
    goal = target("3", rule="simple", confidence=1.0, min_n=0)
    assert live_status(goal, CensusCounts(value, 1000, 1010), elapsed).word == word


@settings(deadline=None, max_examples=60)
@given(
    st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(0, 200)),
    st.decimals(-95, 95, places=1),
    st.floats(0, 1),
)
def test_a_running_period_is_never_met_or_missed(
    split: tuple[int, int, int], value: Decimal, elapsed: float
) -> None:
    status = live_status(target(str(value)), NpsCounts(*split), elapsed)
    assert status.word in {"on_course", "at_risk", "undecided"}


@pytest.mark.parametrize("elapsed", [-0.1, 1.1])
def test_a_share_of_the_period_outside_0_to_1_is_refused(elapsed: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        live_status(target("85"), ShareCounts(1, 2), elapsed)


def test_what_is_drawn_while_a_period_runs_is_what_the_status_was_decided_by() -> None:
    counts = ShareCounts(510, 584)
    status = live_status(target("85"), counts, 0.5)
    shown = running_estimate(counts, 0.95)
    assert (shown.low, shown.high) == (status.bound_low, status.bound_high)
    assert status.estimate == shown
    assert shown.method == "confidence_sequence"
    closed = estimate(counts)
    assert shown.low and shown.high and closed.low and closed.high and closed.value
    assert shown.low < closed.low < closed.value < closed.high < shown.high


@pytest.mark.parametrize(("elapsed", "pace"), [(0.6, 1.53), (0.01, None)])
def test_a_census_carries_the_pace_that_its_status_was_judged_by(elapsed: float, pace: float | None) -> None:
    verdict = live_status(target("2.55"), CensusCounts(2.3, 1000, 1023), elapsed)
    assert verdict.pace == (None if pace is None else pytest.approx(pace))
    assert live_status(target("85"), ShareCounts(150, 210), elapsed).pace is None

"""Outcome rates against the published example and the identities that the standard states."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.statistics import response_rates
from contract.statistics.response import RATES

COUNTS = st.integers(0, 2_000)


def test_the_published_example_of_the_outcomerate_package() -> None:
    # rOpenSci outcomerate, README: one case each of R, NC, O, UH, UO and NE, two partial, four complete.
    rates = response_rates(I=4, P=2, R=1, NC=1, O=1, UH=1, UO=1, NE=1)
    expected = {
        "RR1": 0.364,
        "RR2": 0.545,
        "RR3": 0.370,
        "RR4": 0.556,
        "RR5": 0.444,
        "RR6": 0.667,
        "COOP1": 0.5,
        "COOP2": 0.75,
        "COOP3": 0.571,
        "COOP4": 0.857,
        "REF1": 0.091,
        "CON1": 0.727,
    }
    assert {name: rates[name] for name in expected} == pytest.approx(expected, abs=0.00051)


@given(st.tuples(*[COUNTS] * 8))
def test_rates_lie_between_0_and_1_and_grow_as_less_is_counted_as_eligible(
    counts: tuple[int, int, int, int, int, int, int, int],
) -> None:
    rates = response_rates(*counts)
    assert all(rate is None or 0 <= rate <= 1 for rate in (rates[name] for name in RATES))
    for low, middle, high in (("RR1", "RR3", "RR5"), ("RR2", "RR4", "RR6"), ("REF1", "REF2", "REF3")):
        found = [rates[name] for name in (low, middle, high)]
        known = [rate for rate in found if rate is not None]
        assert all(lower <= upper + 1e-12 for lower, upper in pairwise(known))


def test_without_cases_there_are_no_rates_and_counts_below_zero_are_refused() -> None:
    nobody = response_rates(0, 0, 0, 0, 0, 0, 0)
    assert {nobody[name] for name in RATES} == {None}
    with pytest.raises(KeyError):
        nobody["n"]
    with pytest.raises(ValueError, match="cannot be -1"):
        response_rates(1, 0, 0, 0, 0, 0, -1)


def test_without_anybody_known_the_unknown_are_taken_for_eligible_unless_all_the_known_are_not() -> None:
    assert response_rates(0, 0, 0, 0, 0, 10, 0).e == 1
    assert response_rates(0, 0, 0, 0, 0, 10, 0, 5).e == 0

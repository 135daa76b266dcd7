"""Ramps: linear or stepped between points, rounded half up to hundredths."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.ramp import ramp_value

POINTS = [(0, Decimal(80)), (4, Decimal(82)), (11, Decimal(88))]


@pytest.mark.parametrize(
    ("interpolate", "index", "value"),
    [
        ("linear", 0, "80"),
        ("linear", 1, "80.5"),
        ("linear", 4, "82"),
        ("linear", 5, "82.86"),  # 82 + 6/7
        ("linear", 11, "88"),
        ("linear", 20, "88"),
        ("step", 3, "80"),
        ("step", 4, "82"),
        ("step", 10, "82"),
        ("step", 11, "88"),
    ],
)
def test_a_ramp_passes_its_points_and_runs_between_them(interpolate: str, index: int, value: str) -> None:
    assert ramp_value(POINTS, interpolate, index) == Decimal(value)


def test_before_the_first_point_there_is_no_target() -> None:
    assert ramp_value([(2, Decimal(80))], "linear", 1) is None


def test_halves_are_rounded_up_and_written_values_stand_as_written() -> None:
    points = [(0, Decimal("0.0001")), (1, Decimal("0.0101")), (2, Decimal("0.0199"))]
    assert ramp_value([(0, Decimal("1.00")), (2, Decimal("1.01"))], "linear", 1) == Decimal("1.01")  # 1.005
    assert ramp_value(points, "linear", 1) == Decimal("0.0101")


@given(
    st.decimals(-100, 100, places=2),
    st.decimals(-100, 100, places=2),
    st.integers(1, 60),
    st.sampled_from(["linear", "step"]),
)
def test_between_two_points_a_ramp_never_leaves_them_nor_turns(
    low: Decimal, high: Decimal, last: int, how: str
) -> None:
    points = [(0, low), (last, high)]
    values = [ramp_value(points, how, index) for index in range(last + 1)]
    known = [value for value in values if value is not None]
    assert len(known) == last + 1
    assert (known[0], known[-1]) == (low, high)
    assert known == sorted(known, reverse=low > high)

"""The places of a bullet row: in order, within the track, the good side on the right side of the target."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.ui.bullet import bullet

percents = st.floats(0, 100, allow_nan=False)


def test_value_interval_and_target_stand_in_proportion() -> None:
    row = bullet(88.0, 83.0, 92.0, 85.0, "percent", "higher", bounded=True)
    middle = (row.axis_low + row.axis_high) / 2
    assert middle == pytest.approx(87.5)
    for place, value in ((row.value, 88.0), (row.low, 83.0), (row.target, 85.0), (row.low + row.width, 92.0)):
        assert row.axis_low + place / 100 * (row.axis_high - row.axis_low) == pytest.approx(value, abs=0.02)


@pytest.mark.parametrize(("direction", "start"), [("higher", "target"), ("lower", "left")])
def test_the_good_side_begins_at_the_target_in_the_metric_s_direction(direction: str, start: str) -> None:
    row = bullet(88.0, None, None, 85.0, "percent", direction, bounded=True)
    assert row.good_from == (row.target if start == "target" else 0)
    assert row.good_from + row.good_width == pytest.approx(100 if start == "target" else row.target)


def test_a_number_of_things_has_an_axis_where_value_and_target_are_0() -> None:
    row = bullet(0.0, None, None, 0.0, "count", "lower", bounded=False)
    assert (row.axis_low, row.axis_high, row.value, row.target) == (0, 2, 0, 0)


def test_a_census_has_no_interval() -> None:
    assert not bullet(2.8, None, None, 2.6, "percent", "higher", bounded=False).has_interval


@given(value=percents, target=percents, other=percents)
def test_every_mark_is_on_the_track_and_a_share_s_axis_stays_within_0_and_100(
    value: float, target: float, other: float
) -> None:
    low, high = sorted((value, other))
    row = bullet(value, low, high, target, "percent", "higher", bounded=True)
    assert 0 <= row.axis_low < row.axis_high <= 100
    for place in (row.value, row.low, row.low + row.width, row.target):
        assert -0.02 <= place <= 100.02


@given(value=st.floats(-50, 300, allow_nan=False), target=st.floats(-50, 300, allow_nan=False))
def test_an_unbounded_row_leaves_room_on_both_sides(value: float, target: float) -> None:
    row = bullet(value, None, None, target, "percent", "higher", bounded=False)
    assert 0 < row.value < 100 and 0 < row.target < 100


@pytest.mark.parametrize("pace", [None, 0.4, 1.53])
def test_the_pace_stands_on_the_track_in_proportion(pace: float | None) -> None:
    row = bullet(1.5, None, None, 2.55, "percent", "higher", bounded=False, pace=pace)
    if pace is None:
        assert row.pace is None
    else:
        assert row.pace is not None and 0 < row.pace < 100
        assert row.axis_low + row.pace / 100 * (row.axis_high - row.axis_low) == pytest.approx(pace, abs=0.01)

"""The figures show the numbers they were given, and say what is provisional."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.ui.distribution import Score, distribution, groups
from pages.ui.figure_style import OPEN
from pages.ui.run_chart import RunPoint, run_chart
from pages.ui.standing import STANDINGS
from pages.ui.target_bars import target_bars
from pages.ui.waterfall import Step, axis_start, waterfall


def point(
    label: str, value: float | None, word: str | None = "met", running: bool = False, **own: float | None
) -> RunPoint:
    standing = STANDINGS[word] if word else None
    low, high = (None, None) if value is None else (value - 3, value + 2)
    values: dict[str, float | None] = {"low": low, "high": high, "target": 80.0} | own
    return RunPoint(
        label, value, values["low"], values["high"], values["target"], standing, running, f"n of {label}"
    )


YEAR = [
    point("2025Q3", 82.0, "not_proven"),
    point("2025Q4", 85.0, target=81.0),
    point("2026Q1", None, "no_cases", target=82.0),
    point("2026Q2", 75.0, "missed", target=83.0),
    point("2026Q3", 86.0, "undecided", running=True, target=84.0),
]


def named(figure: object, name: str) -> list[object]:
    return [trace for trace in figure.data if trace.name == name]


def test_labels_of_axes_have_the_colour_of_quiet_words_which_can_be_read() -> None:
    figure = run_chart(YEAR, "percent", "en")
    assert {figure.layout.xaxis.tickfont.color, figure.layout.yaxis.tickfont.color} == {OPEN}


def test_the_line_has_the_closed_values_and_a_gap_where_nothing_was_counted() -> None:
    (line,) = named(run_chart(YEAR, "percent", "en"), "value")
    assert (list(line.x), list(line.y)) == ([0, 1, 2, 3], [82.0, 85.0, None, 75.0])


def test_the_ribbon_covers_neighbours_and_a_lonely_point_has_a_whisker() -> None:
    figure = run_chart(YEAR, "percent", "en")
    assert [list(trace.y) for trace in named(figure, "low")] == [[79.0, 82.0], [72.0]]
    assert [list(trace.y) for trace in named(figure, "high")] == [[84.0, 87.0], [77.0]]
    whiskers = [(trace.error_y.array, trace.error_y.arrayminus) for trace in named(figure, "closed")]
    assert whiskers == [(None, None), (None, None), ((2.0,), (3.0,))]


def test_the_target_is_a_stepped_line() -> None:
    (line,) = named(run_chart(YEAR, "percent", "en"), "target")
    assert list(line.x) == [-0.5, 0.5, 0.5, 1.5, 1.5, 2.5, 2.5, 3.5, 3.5, 4.5]
    assert list(line.y) == [80, 80, 81, 81, 82, 82, 83, 83, 84, 84]


def test_the_running_point_is_hollow_with_a_whisker_and_a_dashed_way_to_it() -> None:
    figure = run_chart(YEAR, "percent", "en")
    (mark,) = named(figure, "running")
    assert (
        mark.marker.symbol == "square-open"
        and mark.error_y.array == (2.0,)
        and mark.error_y.arrayminus == (3.0,)
    )
    (way,) = named(figure, "provisional")
    assert list(way.y) == [75.0, 86.0] and way.line.dash == "dash"


@pytest.mark.parametrize(("language", "word"), [("en", "Missed"), ("zh", "未达标")])
def test_the_verdict_is_a_shape_and_in_the_hover_text_a_word(language: str, word: str) -> None:
    missed = named(run_chart(YEAR, "percent", language), "closed")[2]
    assert (
        missed.marker.symbol == "diamond"
        and word in missed.hovertemplate
        and "n of 2026Q2" in missed.hovertemplate
    )


def test_without_targets_no_line_is_drawn() -> None:
    assert named(run_chart([point("2026-01", 4.1, None, target=None)], "scale", "en"), "target") == []


def test_a_figure_without_any_value_is_empty_and_no_error() -> None:
    figure = run_chart([point("2026Q1", None, target=None)], "percent", "en")
    assert named(figure, "closed") == []


def test_of_many_points_only_the_last_is_labelled() -> None:
    months = [point(f"2026-{month:02}", 80.0 + month, None, target=None) for month in range(1, 13)]
    assert [label.text for label in run_chart(months, "points", "en").layout.annotations] == ["92.0"]


def test_bars_start_at_zero_and_are_hollow_while_a_period_runs() -> None:
    figure = target_bars(YEAR, "percent", "zh")
    (bars,) = named(figure, "value")
    assert list(bars.y) == [82.0, 85.0, None, 75.0, 86.0]
    assert (
        bars.marker.color[4] != bars.marker.line.color[4]
        and bars.marker.color[0] == bars.marker.line.color[0]
    )
    assert figure.layout.xaxis.ticktext[3] == "2026Q2<br>未达标"
    assert [value for value in named(figure, "target")[0].y if value] == [
        80,
        80,
        81,
        81,
        82,
        82,
        83,
        83,
        84,
        84,
    ]


def steps(opening: int, joined: int, returned: int, left: int) -> list[Step]:
    return [
        Step("o", opening, True),
        Step("j", joined, False),
        Step("r", returned, False),
        Step("l", -left, False),
        Step("c", opening + joined + returned - left, True),
    ]


def test_a_waterfall_has_the_steps_with_their_signs() -> None:
    (trace,) = waterfall(steps(923, 32, 3, 18), "en").data
    assert list(trace.x) == [923, 32, 3, -18, 940] and list(trace.text) == ["923", "+32", "+3", "−18", "940"]


@given(st.integers(0, 10**6), st.integers(0, 10**5), st.integers(0, 10**4), st.integers(0, 10**4))
def test_the_axis_never_cuts_off_a_level(opening: int, joined: int, returned: int, left: int) -> None:
    left = min(left, opening + joined + returned)
    lowest = min(opening, opening + joined + returned - left)
    assert 0 <= axis_start(steps(opening, joined, returned, left)) <= lowest


def test_a_distribution_shows_shares_of_all_answers_and_its_legend_says_the_groups() -> None:
    bars = [
        Score("1", 10, "bad", "Low"),
        Score("2", 10, "bad", "Low"),
        Score("3", 20, "open", "Mid"),
        Score("4", 40, "good", "High"),
    ]
    (trace,) = distribution(bars, "zh").data
    assert list(trace.y) == [12.5, 12.5, 25.0, 50.0]
    assert groups(bars, "zh") == [("bad", "Low 25.0%"), ("open", "Mid 25.0%"), ("good", "High 50.0%")]


def test_a_distribution_of_nothing_is_no_error() -> None:
    assert list(distribution([Score("1", 0, "bad", "Low")], "en").data[0].y) == [0.0]

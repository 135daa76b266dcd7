"""Measures before and after: which periods are compared, and by how much their figures differ."""

from collections.abc import Iterator
from datetime import UTC, date
from pathlib import Path

import pytest

from contract.statistics import difference, nps_interval, share_difference
from pages.ui.records.effects import effect_table
from tests.warehouse.making import answer, join, local, response, satisfied
from tests.warehouse.records.keeping import a_house, keep
from warehouse import Warehouse
from warehouse.records.effects import Effect, effects
from warehouse.records.problems import RecordRefusedError

SPRING = "2026-05-01 12:00"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Warehouse]:
    """The small contract after its end: both quarters are closed."""
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local("2026-08-01 09:00").astimezone(UTC))
    with a_house(tmp_path) as house:
        yield house


def measured(house: Warehouse, metric: str = "csat_top2", done: str = "2026-04-01") -> Effect:
    """What is found of one measure for that figure, done on that day."""
    row = {"title": "x", "due_on": "2026-04-30", "done_on": done, "metric": metric}
    keep(house, "improvement_action", row)
    (found,) = effects(house, "party_a")
    return found


def test_a_share_is_compared_by_newcombes_interval(house: Warehouse) -> None:
    satisfied(house, 48, 80)
    satisfied(house, 56, 70, SPRING)
    found = measured(house)
    assert found.before is not None and found.after is not None and found.interval is not None
    assert (found.before.period.name, found.after.period.name) == ("2026Q1", "2026Q2")
    # Newcombe 1998, Statistics in Medicine 17:873-890, table II, example (a), method 10.
    assert (found.change, found.interval.low, found.interval.high) == pytest.approx(
        (20.0, 5.24, 33.39), abs=0.005
    )
    newcombe = share_difference(56, 70, 48, 80)
    assert found.interval.low == pytest.approx(100 * newcombe.low)
    assert found.is_proven and found.is_better


def test_a_worse_share_is_told_and_one_within_chance_is_not_proven(house: Warehouse) -> None:
    satisfied(house, 56, 70)
    satisfied(house, 48, 80, SPRING)
    assert measured(house).is_proven and not measured(house).is_better
    satisfied(house, 30, 31, SPRING)
    assert not measured(house).is_proven


def test_the_net_promoter_score_is_compared_by_its_own_interval(house: Warehouse) -> None:
    answer(house, *(response(recommend=score) for score in [10] * 20 + [8] * 10 + [3] * 10))
    answer(house, *(response(SPRING, recommend=score) for score in [10] * 28 + [8] * 8 + [3] * 4))
    found = measured(house, "nps")
    expected = difference(nps_interval(4, 8, 28), nps_interval(10, 10, 20))
    assert found.interval == expected and found.change == pytest.approx(60.0 - 25.0)


def test_what_was_counted_in_full_has_a_difference_and_no_interval(house: Warehouse) -> None:
    join(house, range(100))
    join(house, range(100, 110), "2026-02-01 12:00")
    join(house, range(110, 132), SPRING)
    found = measured(house, "member_growth")
    assert found.change == pytest.approx(20.0 - 10.0) and found.interval is None
    assert found.is_better and not found.is_proven


def test_a_figure_of_records_without_a_target_is_compared_too(house: Warehouse) -> None:
    checks = [("2026-01-05", "passed"), ("2026-01-06", "failed"), ("2026-05-01", "passed")]
    rows = [{"standard": "x", "checked_on": day, "result": result} for day, result in checks]
    keep(house, "service_check", *rows)
    assert measured(house, "standards_passed").change == pytest.approx(50.0)


@pytest.mark.parametrize(
    ("done", "before", "after"),
    [
        ("2026-03-31", None, "2026Q2"),
        ("2026-04-01", "2026Q1", "2026Q2"),
        ("2026-04-02", "2026Q1", None),
        ("2026-07-01", "2026Q2", None),
    ],
)
def test_the_period_in_which_it_was_done_is_neither_before_nor_after(
    house: Warehouse, done: str, before: str | None, after: str | None
) -> None:
    found = measured(house, done=done)
    sides = [side and side.period.name for side in (found.before, found.after)]
    assert sides == [before, after] and found.change is None and found.known_from is None


def test_a_period_still_to_end_is_named_with_the_day_from_which_it_can_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local("2026-05-01 09:00").astimezone(UTC))
    with a_house(tmp_path) as house:
        found = measured(house)
        assert found.after is None and found.known_from == date(2026, 7, 1)


def test_fewer_than_five_answers_tell_nothing(house: Warehouse) -> None:
    satisfied(house, 4, 4)
    satisfied(house, 50, 60, SPRING)
    found = measured(house)
    assert found.before is not None and found.before.estimate is None and found.change is None


def test_only_what_is_done_and_names_a_figure_has_an_effect(house: Warehouse) -> None:
    keep(
        house,
        "improvement_action",
        {"title": "open", "due_on": "2026-04-30", "metric": "nps"},
        {"title": "no figure", "due_on": "2026-04-30", "done_on": "2026-04-01"},
        {"title": "unknown", "due_on": "2026-04-30", "done_on": "2026-04-01", "metric": "happiness"},
    )
    (found,) = effects(house, "operator")
    assert (found.named, found.metric, found.change) == ("happiness", None, None)


def test_what_is_counted_is_not_stated_beside_and_what_is_not_counted_is_told_as_stated(
    house: Warehouse,
) -> None:
    row = {"title": "x", "due_on": "2026-03-31", "done_on": "2026-03-31", "figure_before": "82"}
    with pytest.raises(RecordRefusedError, match="The figure csat_top2 is counted"):
        keep(house, "improvement_action", {**row, "metric": "csat_top2"})
    keep(house, "improvement_action", {**row, "metric": "calls taken", "figure_after": "93.5"})
    (found,) = effects(house, "party_a")
    (cells,) = effect_table((found,), "en").rows
    assert [(cells[place].text, cells[place].note) for place in (2, 3)] == [
        ("82.00", "as stated"),
        ("93.50", "as stated"),
    ]
    with pytest.raises(RecordRefusedError, match="The figure nps is counted"):
        keep(house, "improvement_action", {"metric": "nps"})

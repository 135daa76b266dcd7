"""The metrics of trainings, worked out by hand, at the edges of periods too."""

from pathlib import Path

from tests.warehouse.records.keeping import a_house, counts, keep

BASE = {"title": "A", "audience": "staff_a"}


def test_without_trainings_there_are_no_cases(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        for name in ("trainings_held", "training_attendance"):
            assert counts(house, name) == {"2026Q1": (0, 0, None), "2026Q2": (0, 0, None)}


def test_held_in_the_period_counts_made_up_for_later_or_not_at_all_does_not(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        keep(
            house,
            "training",
            {**BASE, "planned_on": "2026-01-01", "held_on": "2025-12-30"},
            {**BASE, "planned_on": "2026-03-31", "held_on": "2026-03-31"},
            {**BASE, "planned_on": "2026-03-31", "held_on": "2026-04-01"},
            {**BASE, "planned_on": "2026-03-01"},
            {**BASE, "planned_on": "2026-06-30", "held_on": "2026-06-30"},
        )
        assert counts(house, "trainings_held") == {"2026Q1": (4, 2, 50.0), "2026Q2": (1, 1, 100.0)}
        # What is planned for today is not due before the day is over.
        assert counts(house, "trainings_held", "2026-06-30")["2026Q2"] == (0, 0, None)
        assert counts(house, "trainings_held", "2026-03-31") == {"2026Q1": (2, 1, 50.0)}


def test_attendance_pools_heads_of_the_trainings_held_with_both_numbers(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        held = {**BASE, "planned_on": "2026-02-01", "held_on": "2026-02-01"}
        keep(
            house,
            "training",
            {**held, "invited": "10", "attended": "9"},
            {**held, "invited": "30", "attended": "15"},
            {**held, "invited": "100"},
            {**BASE, "planned_on": "2026-02-01", "invited": "50", "attended": "0"},
        )
        assert counts(house, "training_attendance")["2026Q1"] == (40, 24, 60.0)

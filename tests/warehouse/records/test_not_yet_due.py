"""While a period runs, what is due later than now is not yet missed: to the minute for cases and incidents,
to the end of the day for what is due on a day."""

from pathlib import Path

import pytest

from tests.warehouse.records.keeping import a_house, counts, keep

DAY = "2026-05-12"
CASE = {"subject": "x", "category": "complaint", "severity": "high", "channel": "hotline"}
ON_THAT_DAY = {
    "payments_on_time": (
        *("payment", "paid_on"),
        {"title": "x", "what": "base_fee", "payer": "party_a", "amount": "1", "due_on": DAY},
    ),
    "mediation_in_time": (
        "mediation_request",
        "answered_on",
        {"title": "x", "asked_on": DAY, "due_on": DAY},
    ),
    "trainings_held": (
        *("training", "held_on"),
        {"title": "x", "audience": "staff_a", "planned_on": DAY, "invited": "2"},
    ),
    "actions_done_on_time": ("improvement_action", "done_on", {"title": "x", "owner": "x", "due_on": DAY}),
}


@pytest.mark.parametrize("name", ON_THAT_DAY)
def test_what_is_due_on_a_day_is_missed_once_that_day_is_over(tmp_path: Path, name: str) -> None:
    type_name, done, row = ON_THAT_DAY[name]
    with a_house(tmp_path) as house:
        keep(house, type_name, row)
        assert counts(house, name, at=f"{DAY} 00:38")["2026Q2"] == (0, 0, None)
        assert counts(house, name, at=f"{DAY} 23:59")["2026Q2"] == (0, 0, None)
        assert counts(house, name, at="2026-05-13 00:00")["2026Q2"] == (1, 0, 0.0)
        keep(house, type_name, {**row, done: DAY})
        assert counts(house, name, at=f"{DAY} 23:59")["2026Q2"] == (1, 1, 100.0)


def test_a_case_is_missed_from_the_minute_after_its_limit(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        keep(house, "service_case", {**CASE, "received_at": f"{DAY} 09:00"})  # four working hours: 13:00
        assert counts(house, "case_answered_in_time", at=f"{DAY} 13:00")["2026Q2"] == (0, 0, None)
        assert counts(house, "case_answered_in_time", at=f"{DAY} 13:01")["2026Q2"] == (1, 0, 0.0)


def test_an_incident_is_told_late_from_the_minute_after_its_hours(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        keep(house, "security_incident", {"title": "x", "severity": "leak", "found_at": f"{DAY} 23:00"})
        for at, found in (("2026-05-15 22:59", (0, 0, None)), ("2026-05-15 23:01", (1, 0, 0.0))):
            assert counts(house, "incident_told_in_time", at=at)["2026Q2"] == found

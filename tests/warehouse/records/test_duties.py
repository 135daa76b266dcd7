"""Checks, plan, measures, campaigns, budget, incidents and mediation: each figure worked out by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.records.keeping import a_house, counts, keep
from warehouse import Warehouse
from warehouse.records.problems import RecordRefusedError

NONE = {"2026Q1": (0, 0, None), "2026Q2": (0, 0, None)}
APPROVED = {"approved_by": "顾澄", "approved_at": "2026-01-05 10:00"}
ITEM = {"title": "x", **APPROVED}
ASKED = {"title": "x", "asked_on": "2026-01-02"}
CAMPAIGN = {"title": "x", "started_on": "2025-12-01"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


@pytest.mark.parametrize(
    ("type_name", "metric", "rows", "expected"),
    [
        (
            "service_check",
            "standards_passed",
            [
                {"standard": "x", "checked_on": "2026-01-01", "result": "passed"},
                {
                    "standard": "x",
                    "checked_on": "2026-03-31",
                    "result": "failed",
                    "remedied_on": "2026-03-31",
                },
                {"standard": "x", "checked_on": "2026-04-01", "result": "passed"},
            ],
            {"2026Q1": (2, 1, 50.0), "2026Q2": (1, 1, 100.0)},
        ),
        (
            "plan_item",
            "plan_delivered_on_time",
            [
                {**ITEM, "due_on": "2026-03-31", "delivered_on": "2026-03-31"},
                {**ITEM, "due_on": "2026-03-31", "delivered_on": "2026-04-01"},
                {**ITEM, "due_on": "2026-03-31"},
                {"title": "not approved", "due_on": "2026-03-31"},
                {**ITEM, "due_on": "2026-07-01"},
            ],
            {"2026Q1": (3, 1, 33.333333), "2026Q2": (0, 0, None)},
        ),
        (
            "improvement_action",
            "actions_done_on_time",
            [
                {"title": "x", "due_on": "2026-04-01", "done_on": "2026-03-01"},
                {"title": "x", "due_on": "2026-06-30", "done_on": "2026-07-01"},
            ],
            {"2026Q1": (0, 0, None), "2026Q2": (2, 1, 50.0)},
        ),
        (
            "campaign",
            "cost_per_new_member",
            [
                {**CAMPAIGN, "ended_on": "2026-01-01", "cost": "900", "new_members": "20"},
                {**CAMPAIGN, "ended_on": "2026-03-31", "cost": "300.50", "new_members": "0"},
                {**CAMPAIGN, "ended_on": "2026-04-01", "cost": "100", "new_members": "0"},
            ],
            {"2026Q1": (2, 20, 60.025), "2026Q2": (1, 0, None)},
        ),
        (
            "budget_line",
            "budget_spent",
            [
                {"title": "x", "booked_on": "2026-01-01", "planned": "1000", "spent": "700"},
                {"title": "x", "booked_on": "2026-03-31", "planned": "1000", "spent": "1500"},
                {"title": "x", "booked_on": "2026-04-01", "planned": "500"},
            ],
            {"2026Q1": (2000, 2200, 110.0), "2026Q2": (500, 0, 0.0)},
        ),
        (
            "security_incident",
            "incidents",
            [
                {"title": "x", "severity": "low", "found_at": "2026-03-31 23:59"},
                {"title": "x", "severity": "leak", "found_at": "2026-04-01 00:00"},
                {"title": "x", "severity": "low", "found_at": "2026-06-20 12:00"},
            ],
            {"2026Q1": (0, 1, 1.0), "2026Q2": (0, 2, 2.0)},
        ),
        (
            "security_incident",
            "days_since_incident",
            [{"title": "x", "severity": "low", "found_at": "2026-03-01 12:00"}],
            {"2026Q1": (0, 1, 30.0), "2026Q2": (0, 1, 121.0)},
        ),
        (
            "mediation_request",
            "mediation_in_time",
            [
                {**ASKED, "due_on": "2026-01-22", "answered_on": "2026-01-22"},
                {**ASKED, "due_on": "2026-01-22", "answered_on": "2026-01-23"},
                {**ASKED, "due_on": "2026-04-01"},
            ],
            {"2026Q1": (2, 1, 50.0), "2026Q2": (1, 0, 0.0)},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_figure_counts_its_period_and_what_is_late_as_missed(
    house: Warehouse,
    type_name: str,
    metric: str,
    rows: list[dict[str, str]],
    expected: dict[str, tuple[int, int, float | None]],
) -> None:
    nothing = dict.fromkeys(NONE, (0, 0, 0)) if metric == "incidents" else NONE
    assert counts(house, metric) == nothing
    keep(house, type_name, *rows)
    assert counts(house, metric) == expected


def test_only_party_a_approves_an_item_of_the_plan_and_only_the_mediator_answers(house: Warehouse) -> None:
    item = {"title": "x", "due_on": "2026-03-31"}
    with pytest.raises(RecordRefusedError, match="Your role may not write this"):
        keep(house, "plan_item", {**item, **APPROVED}, role="party_b")
    keep(house, "plan_item", item, role="party_b")
    assert keep(house, "plan_item", {"approved_by": "顾澄"}, role="party_a").corrected == 1
    with pytest.raises(RecordRefusedError, match="Your role may not write this"):
        keep(house, "plan_item", {"delivered_on": "2026-03-01"}, role="party_a")
    keep(house, "mediation_request", {**ASKED, "due_on": "2026-01-22"}, role="party_a")
    with pytest.raises(RecordRefusedError, match="Your role may not write this"):
        keep(house, "mediation_request", {"answered_on": "2026-01-20"}, role="party_b")
    assert keep(house, "mediation_request", {"answered_on": "2026-01-23"}, role="mediator").corrected == 1

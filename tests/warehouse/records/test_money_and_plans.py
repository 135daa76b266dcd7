"""Payments, overspending, notice of incidents, what people said, surveys by plan: worked out by hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.warehouse.making import join, local
from tests.warehouse.records.keeping import a_house, counts, keep
from warehouse import Warehouse
from warehouse.invitations import invite
from warehouse.invitees import Invitee
from warehouse.records.problems import RecordRefusedError

Rows = list[dict[str, str]]
FEE = {"title": "x", "what": "base_fee", "payer": "party_a", "amount": "100.50"}
LINE = {"title": "x", "planned": "1000"}
CASE = {"subject": "x", "category": "complaint", "severity": "low", "channel": "hotline"}
DONE = {**CASE, "received_at": "2026-03-31 23:59", "first_response_at": "2026-04-01 09:30"}
TRAINED = {"title": "x", "audience": "staff_a", "planned_on": "2026-03-01", "invited": "20", "attended": "15"}
STAFF = {"title": "x", "audience": "staff_b"}
LEAK = {"title": "x", "severity": "leak"}
CAMPAIGN = {"title": "x", "channel": "shop", "started_on": "2026-01-01", "new_members": "9"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        yield house


@pytest.mark.parametrize(
    ("type_name", "metric", "rows", "expected"),
    [
        (
            "payment",
            "payments_on_time",
            [
                {**FEE, "due_on": "2026-01-01", "paid_on": "2025-12-31"},
                {**FEE, "due_on": "2026-03-31", "paid_on": "2026-03-31"},
                {**FEE, "due_on": "2026-03-31", "paid_on": "2026-04-01"},
                {**FEE, "due_on": "2026-04-01"},
                {**FEE, "due_on": "2026-07-01"},
            ],
            {"2026Q1": (3, 2, 66.666667), "2026Q2": (1, 0, 0.0)},
        ),
        (
            "payment",
            "refunds_paid",
            [
                {**FEE, "what": "refund", "due_on": "2026-03-01", "paid_on": "2026-03-31"},
                {**FEE, "what": "refund", "due_on": "2026-03-01", "paid_on": "2026-03-30"},
                {**FEE, "what": "refund", "due_on": "2026-03-01", "paid_on": "2026-04-01"},
                {**FEE, "what": "refund", "due_on": "2026-03-01"},
                {**FEE, "due_on": "2026-03-01", "paid_on": "2026-03-30"},
            ],
            {"2026Q1": (0, 2, 201.0), "2026Q2": (0, 1, 100.5)},
        ),
        (
            "payment",
            "mediator_fees_paid",
            [
                {**FEE, "what": "mediator_fee", "due_on": "2026-04-20", "paid_on": "2026-04-01"},
                {**FEE, "what": "mediator_fee", "payer": "party_b", "due_on": "2026-04-20"},
            ],
            {"2026Q1": (0, 0, 0.0), "2026Q2": (0, 1, 100.5)},
        ),
        (
            "budget_line",
            "budget_variance",
            [
                {**LINE, "booked_on": "2026-01-01", "spent": "700.25"},
                {**LINE, "booked_on": "2026-03-31", "spent": "1500"},
                {**LINE, "booked_on": "2026-04-01"},
            ],
            {"2026Q1": (2000, 2200, 200.25), "2026Q2": (1000, 0, -1000.0)},
        ),
        (
            "budget_line",
            "budget_lines_overspent",
            [
                {**LINE, "booked_on": "2026-01-01", "spent": "1000"},
                {**LINE, "booked_on": "2026-03-31", "spent": "1000.01"},
                {**LINE, "booked_on": "2026-04-01"},
            ],
            {"2026Q1": (0, 1, 1.0), "2026Q2": (0, 0, 0.0)},
        ),
        (
            "service_case",
            "case_handling_satisfied",
            [
                {**DONE, "resolved_at": "2026-04-02 10:00", "handling_score": "4"},
                {**DONE, "resolved_at": "2026-04-02 10:00", "handling_score": "3"},
                {**DONE, "resolved_at": "2026-04-02 10:00"},
                {
                    **DONE,
                    "resolved_at": "2026-04-02 10:00",
                    "reopened_at": "2026-04-03 10:00",
                    "resolved_again_at": "2026-04-04 10:00",
                    "handling_score": "5",
                },
                {**DONE, "received_at": "2026-04-01 00:00", "handling_score": "5"},
            ],
            {"2026Q1": (3, 2, 66.666667), "2026Q2": (0, 0, None)},
        ),
        (
            "training",
            "training_satisfied",
            [
                {
                    **TRAINED,
                    "planned_on": "2026-03-01",
                    "held_on": "2026-03-31",
                    "answered": "10",
                    "satisfied": "9",
                },
                {
                    **TRAINED,
                    "planned_on": "2026-03-01",
                    "held_on": "2026-01-01",
                    "answered": "5",
                    "satisfied": "3",
                },
                {**TRAINED, "held_on": "2026-04-01", "answered": "8"},
                TRAINED,
            ],
            {"2026Q1": (15, 12, 80.0), "2026Q2": (0, 0, None)},
        ),
        (
            "staff_survey",
            "staff_satisfied",
            [
                {**STAFF, "asked_on": "2026-06-30", "answered": "30", "satisfied": "20"},
                {**STAFF, "asked_on": "2026-04-01", "answered": "10", "satisfied": "10"},
                {**STAFF, "asked_on": "2026-07-01", "answered": "10", "satisfied": "0"},
            ],
            {"2026Q1": (0, 0, None), "2026Q2": (40, 30, 75.0)},
        ),
        (
            "security_incident",
            "incident_told_in_time",
            [
                {**LEAK, "found_at": "2026-03-31 23:59", "told_at": "2026-04-03 23:59"},
                {**LEAK, "found_at": "2026-03-31 23:58", "told_at": "2026-04-03 23:59"},
                {**LEAK, "found_at": "2026-04-01 00:00"},
                {**LEAK, "found_at": "2026-06-27 23:59"},
                {**LEAK, "found_at": "2026-06-29 12:00"},
            ],
            {"2026Q1": (2, 1, 50.0), "2026Q2": (2, 0, 0.0)},
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_figure_counts_its_period_and_nothing_without_records(
    house: Warehouse,
    type_name: str,
    metric: str,
    rows: Rows,
    expected: dict[str, tuple[int, int, float | None]],
) -> None:
    sums = {"refunds_paid", "mediator_fees_paid", "budget_lines_overspent"}
    nothing = (0, 0, 0 if metric in sums else None)
    assert counts(house, metric) == dict.fromkeys(expected, nothing)
    keep(house, type_name, *rows)
    assert counts(house, metric) == expected


def test_more_content_than_answered_or_more_answers_than_came_is_refused(house: Warehouse) -> None:
    with pytest.raises(RecordRefusedError):
        keep(house, "staff_survey", {**STAFF, "asked_on": "2026-06-30", "answered": "3", "satisfied": "4"})
    with pytest.raises(RecordRefusedError):
        keep(house, "training", {**TRAINED, "answered": "16"})


def test_a_campaign_is_paid_by_those_who_joined_by_its_channel_on_its_days(house: Warehouse) -> None:
    assert counts(house, "cost_per_registered_member") == dict.fromkeys(("2026Q1", "2026Q2"), (0, 0, None))
    join(house, [1], "2025-12-31 23:59")
    join(house, [2], "2026-01-01 00:00")
    join(house, [3, 4], "2026-03-31 23:59")
    join(house, [5], "2026-04-01 00:00")
    keep(
        house,
        "campaign",
        {**CAMPAIGN, "ended_on": "2026-03-31", "cost": "90"},
        {**CAMPAIGN, "channel": "website", "ended_on": "2026-03-31", "cost": "30"},
        {
            **CAMPAIGN,
            "channel": "website",
            "started_on": "2026-04-01",
            "ended_on": "2026-04-01",
            "cost": "30",
        },
    )
    assert counts(house, "cost_per_registered_member") == {"2026Q1": (2, 3, 40.0), "2026Q2": (1, 0, None)}


def test_a_survey_keeps_the_plan_when_it_is_sent_by_its_day_and_nobody_is_disturbed(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(wave: str, members: str, at: str) -> None:
        monkeypatch.setattr("warehouse.invitations.utc_now", lambda: local(at))
        invitees = [Invitee(member, None, "zh") for member in members]
        invite(house, "customer-satisfaction", invitees, wave, date(2026, 12, 31))

    planned = {"survey": "customer-satisfaction", "rest_days": "30"}
    keep(
        house,
        "survey_plan",
        {**planned, "wave": "one", "due_on": "2026-03-01"},
        {**planned, "wave": "two", "due_on": "2026-03-31"},
        {**planned, "wave": "soon", "due_on": "2026-04-30"},
        {**planned, "wave": "late", "due_on": "2026-05-31"},
        {**planned, "wave": "never", "due_on": "2026-06-30"},
        {**planned, "wave": "later", "due_on": "2026-07-01"},
    )
    assert counts(house, "survey_plan_kept") == {"2026Q1": (2, 0, 0.0), "2026Q2": (3, 0, 0.0)}
    send("one", "AB", "2026-03-01 23:59")
    send("two", "AB", "2026-03-31 00:00")  # thirty days later
    send("soon", "BC", "2026-04-29 12:00")  # B has rested for 29 days
    send("late", "D", "2026-06-01 00:00")
    assert counts(house, "survey_plan_kept") == {"2026Q1": (2, 2, 100.0), "2026Q2": (3, 0, 0.0)}

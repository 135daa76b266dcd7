"""Every duty of the contracts has records or a register, a figure that counts it, a target in the example."""

import pytest

from contract import example_source, read_contract
from tests.pages.opening import use_example
from warehouse import serving
from warehouse.contract_loading import disagreements
from warehouse.metrics import catalogue
from warehouse.records.catalogue import record_types
from warehouse.scorecard import scorecard

# Duty -> the record types or tables that hold it, the metrics that count it.
DUTIES: dict[str, tuple[set[str], set[str]]] = {
    "classes of customers": ({"member_event"}, {"tier_share", "tier_raised"}),
    "customer files": ({"member"}, {"file_completeness", "file_validity", "file_freshness"}),
    "membership and retention": ({"member_event"}, {"member_growth", "member_retention", "member_churn"}),
    "surveys by plan": ({"invitation", "survey_plan"}, {"survey_plan_kept", "response_rate"}),
    "hotline, complaints and feedback": (
        {"service_case", "case_limit", "case_rule", "work_day"},
        {
            "case_answered_in_time",
            "case_resolved_in_time",
            "case_reopened",
            "complaints_per_1000",
            "case_handling_satisfied",
        },
    ),
    "care": ({"care_plan", "care_consent", "care_task"}, {"care_on_time"}),
    "standards of service": ({"service_check"}, {"standards_passed"}),
    "service plan": ({"plan_item"}, {"plan_delivered_on_time"}),
    "improvement plan": ({"improvement_action"}, {"actions_done_on_time"}),
    "training and staff": (
        {"training", "staff_survey"},
        {"trainings_held", "training_attendance", "training_satisfied", "staff_satisfied"},
    ),
    "campaigns and recruiting": ({"campaign"}, {"cost_per_new_member", "cost_per_registered_member"}),
    "budget and fees": (
        {"budget_line", "payment"},
        {"budget_spent", "budget_variance", "budget_lines_overspent", "payments_on_time", "refunds_paid"},
    ),
    "data security": ({"security_incident"}, {"incidents", "days_since_incident", "incident_told_in_time"}),
    "mediation": ({"mediation_request", "payment"}, {"mediation_in_time", "mediator_fees_paid"}),
}
REGISTERS = {"member", "member_event", "invitation"}


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_has_records_a_figure_and_a_target_in_the_example(duty: str) -> None:
    kept, counted = DUTIES[duty]
    types = {each.name: each for each in record_types()}
    metrics = {each.file: each for each in catalogue()}
    assert kept <= types.keys() | REGISTERS
    assert counted <= metrics.keys()
    for name in kept & types.keys():
        assert set(types[name].metrics) <= metrics.keys()
    contract = read_contract(example_source(), "contract.yaml")
    aimed = {terms.metric for terms in contract.spec.targets}
    targets = {use.counted_as or use.metric for use in contract.metrics if use.metric in aimed}
    assert targets & counted
    if duty == "hotline, complaints and feedback":  # each of them is agreed
        assert counted <= targets


def test_every_record_type_and_every_figure_belongs_to_a_duty() -> None:
    kept = set().union(*(kept for kept, _ in DUTIES.values()))
    assert {each.name for each in record_types()} <= kept
    assert all(each.section != "other" for each in catalogue())


def test_the_example_agrees_with_the_catalogue_and_its_scorecard_shows_a_figure_for_every_target() -> None:
    contract = read_contract(example_source(), "contract.yaml")
    assert not disagreements(contract)
    use_example()
    card = scorecard(serving())
    assert card is not None
    shown = {row.metric.name for row in card.rows if row.verdict.estimate.value is not None}
    assert shown == {terms.metric for terms in contract.spec.targets}
    closed = {row.verdict.word for row in card.rows if row.state == "closed"}
    assert closed == {"met", "missed", "not_proven", "too_few", "no_cases"}

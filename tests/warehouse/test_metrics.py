"""Each metric counts what its words say, at the edges of a period in Asia/Shanghai too."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from contract import CensusCounts, Counts, MeanCounts, MetricUse, NpsCounts, ShareCounts
from tests.warehouse.inviting import WAVE, links, response_id_of
from tests.warehouse.making import (
    SURVEY,
    a_warehouse,
    answer,
    happen,
    join,
    local,
    response,
)
from warehouse import Warehouse, WarehouseError
from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.counting import count
from warehouse.invitations import invite, revoke
from warehouse.invitees import Invitee
from warehouse.metrics import FOLDER, agreed, catalogue, metric
from warehouse.register import MemberEvent, add_events

END = date(2026, 7, 1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path)
    yield warehouse
    warehouse.close()


def use(name: str, **said: object) -> MetricUse:
    """The contract's use of a metric of the catalogue, from the built-in survey where it needs one."""
    shown = metric(name)
    given = {"id": name, "kind": shown.kind, "direction": shown.direction, "clause": "1"}
    survey = {"survey": SURVEY} if shown.needs_survey else {}
    tier = {"tier": "vip"} if shown.needs_tier else {}
    return MetricUse.model_validate(given | survey | tier | said)


def counted(house: Warehouse, name: str, until: date = END, **said: object) -> dict[tuple[str, str], Counts]:
    loaded = current_contract(house)
    assert loaded is not None
    at = as_of(house, local(f"{until} 00:00"))
    found = count(house, metric(name), loaded.contract.sha256, use(name, **said), at)
    return {(each.period, each.segment): each.counts for each in found}


def test_the_catalogue_reads_the_folder() -> None:
    assert [each.name for each in catalogue()] == [
        "actions_done_on_time",
        "budget_lines_overspent",
        "budget_spent",
        "budget_variance",
        "care_on_time",
        "case_answered_in_time",
        "case_handling_satisfied",
        "case_reopened",
        "case_resolved_in_time",
        "ces_mean",
        "complaints_per_1000",
        "cost_per_new_member",
        "cost_per_registered_member",
        "csat_mean",
        "csat_top2",
        "days_since_incident",
        "file_completeness",
        "file_freshness",
        "file_validity",
        "incident_told_in_time",
        "incidents",
        "mediation_in_time",
        "mediator_fees_paid",
        "member_churn",
        "member_growth",
        "member_renewal",
        "member_retention",
        "member_won_back",
        "nps",
        "payments_on_time",
        "plan_delivered_on_time",
        "refunds_paid",
        "repeat_purchase",
        "response_rate",
        "staff_satisfied",
        "standards_passed",
        "survey_plan_kept",
        "tier_raised",
        "tier_share",
        "training_attendance",
        "training_satisfied",
        "trainings_held",
    ]
    assert {each.name for each in catalogue() if each.needs_survey} == {
        *("ces_mean", "csat_mean", "csat_top2", "nps", "response_rate")
    }
    assert {each.name for each in catalogue() if each.takes_touchpoint} == {
        *("ces_mean", "csat_mean", "csat_top2", "nps")
    }
    assert [each.name for each in catalogue() if each.needs_tier] == ["tier_share"]
    for each in catalogue():
        for texts in (each.title, each.clause, each.words):
            assert texts["zh"] != texts["en"]


def test_a_new_metric_is_a_new_file(tmp_path: Path) -> None:
    text = (FOLDER / "nps.sql").read_text(encoding="utf-8")
    (tmp_path / "nps_shop.sql").write_text(text.replace("-- id: nps", "-- id: nps_shop"), encoding="utf-8")
    assert [each.name for each in catalogue(tmp_path)] == ["nps_shop"]


@pytest.mark.parametrize(
    ("line", "instead", "reason"),
    [
        ("-- kind: nps", "-- kind: nps\n-- colour: red", "colour: Extra inputs are not permitted"),
        ("-- kind: nps", "-- kind: score", "kind: Input should be"),
        ("-- kind: nps", "-- kind: nps\n-- kind: share", "duplicate key"),
        ("-- kind: nps\n", "", "kind: Field required"),
        ("-- id: nps", "-- id: other", "'other' is not the name of the file"),
        ("zh: 客户推荐意愿", "zh: ' '", "clause.zh: String should have at least 1 character"),
    ],
)
def test_a_head_that_is_not_as_it_must_be_is_refused_with_file_and_reason(
    tmp_path: Path, line: str, instead: str, reason: str
) -> None:
    text = (FOLDER / "nps.sql").read_text(encoding="utf-8")
    assert line in text
    (tmp_path / "nps.sql").write_text(text.replace(line, instead, 1), encoding="utf-8")
    with pytest.raises(WarehouseError) as refused:
        catalogue(tmp_path)
    assert refused.value.problem.code == "metric-head"
    assert refused.value.problem.where == "nps.sql"
    assert reason in refused.value.problem.words("en")


def test_an_unknown_metric_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(WarehouseError, match="csat_mean, csat_top2") as refused:
        metric("csat")
    assert refused.value.problem.code == "metric-unknown"


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("nps", {"survey": None}, "metric-survey"),
        ("response_rate", {"survey": None}, "metric-survey"),
        ("member_growth", {"survey": SURVEY}, "metric-not-asked"),
        ("member_growth", {"touchpoint": "after"}, "metric-not-asked"),
        ("response_rate", {"touchpoint": "after"}, "metric-not-asked"),
        ("tier_share", {"tier": None}, "metric-tier"),
        ("member_growth", {"tier": "vip"}, "metric-no-tier"),
        ("nps", {"metric": "nps_of_before"}, "metric-unknown"),
        ("nps", {"kind": "mean"}, "metric-kind"),
        ("member_churn", {"direction": "higher"}, "metric-kind"),
    ],
)
def test_what_the_contract_says_of_a_metric_has_to_fit_the_catalogue(
    name: str, said: dict[str, object], code: str
) -> None:
    with pytest.raises(WarehouseError) as refused:
        agreed(use(name, **said))
    assert refused.value.problem.code == code


def test_a_metric_has_the_contracts_name_and_says_its_touchpoint() -> None:
    shown = agreed(use("csat_top2", id="csat_after", metric="csat_top2", touchpoint="after"))
    assert (shown.name, shown.file) == ("csat_after", "csat_top2")
    assert shown.title == {
        "en": "Satisfied customers · after the sale",
        "zh": "客户满意度（前两档占比） · 售后",
    }
    named = agreed(
        use("csat_top2", id="csat_after", metric="csat_top2", title={"en": "Care", "zh": "售后满意"})
    )
    assert named.title == {"en": "Care", "zh": "售后满意"}


def test_every_metric_gives_a_row_for_every_period_begun_also_without_data(house: Warehouse) -> None:
    for each in catalogue():
        assert set(counted(house, each.name)) == {("2026Q1", ""), ("2026Q2", "")}
        assert set(counted(house, each.name, date(2026, 4, 1))) == {("2026Q1", "")}
        assert set(counted(house, each.name, date(2026, 4, 2))) == {("2026Q1", ""), ("2026Q2", "")}


def test_an_empty_period_has_no_cases(house: Warehouse) -> None:
    assert counted(house, "csat_top2")["2026Q1", ""] == ShareCounts(0, 0)
    assert counted(house, "nps")["2026Q1", ""] == NpsCounts(0, 0, 0)
    assert counted(house, "ces_mean")["2026Q1", ""] == MeanCounts(dict.fromkeys(range(1, 8), 0))
    assert counted(house, "member_growth")["2026Q1", ""] == CensusCounts(None, 0, 0)


def test_a_leave_at_the_first_and_the_last_instant_belongs_to_the_quarter_of_its_local_day(
    house: Warehouse,
) -> None:
    join(house, range(10))
    happen(
        house,
        (
            "M00000",
            "left",
            "2025-12-31 23:59:59.999999",
        ),  # 15:59 UTC of the same day: still the quarter before
        ("M00001", "left", "2026-01-01 00:00:00"),  # 16:00 UTC of 31 December: the quarter's first instant
        ("M00002", "left", "2026-03-31 23:59:59.999999"),  # the quarter's last instant
        ("M00003", "left", "2026-04-01 00:00:00"),  # the next quarter's first
    )
    growth = counted(house, "member_growth")
    assert growth["2026Q1", ""] == CensusCounts(100 * (7 - 9) / 9, 9, 7)
    assert growth["2026Q2", ""] == CensusCounts(100 * (6 - 7) / 7, 7, 6)


def test_joining_and_returning_add_and_a_visit_of_one_day_changes_nothing(house: Warehouse) -> None:
    join(house, range(8))
    happen(
        house,
        ("M00000", "left", "2025-12-01 10:00"),
        ("M00000", "returned", "2026-02-01 10:00"),
        ("M00100", "joined", "2026-01-10 09:00"),
        ("M00100", "left", "2026-01-10 18:00"),
        ("M00101", "joined", "2026-03-01 09:00"),
        ("M00001", "purchase", "2026-03-01 09:00"),
        ("M00001", "tier", "2026-03-01 09:00"),
    )
    assert counted(house, "member_growth")["2026Q1", ""] == CensusCounts(100 * 2 / 7, 7, 9)


def test_a_running_period_is_counted_until_the_day_of_the_figures(house: Warehouse) -> None:
    join(house, range(10))
    happen(house, ("M00000", "left", "2026-02-01 10:00"), ("M00001", "left", "2026-02-02 10:00"))
    answer(house, response("2026-02-01 23:59"), response("2026-02-02 00:00"))
    until = date(2026, 2, 2)
    assert counted(house, "member_growth", until)["2026Q1", ""] == CensusCounts(-10.0, 10, 9)
    assert counted(house, "csat_top2", until)["2026Q1", ""] == ShareCounts(1, 1)


def test_a_start_without_members_gives_no_growth(house: Warehouse) -> None:
    join(house, range(3), at="2026-01-05 12:00")
    assert counted(house, "member_growth")["2026Q1", ""] == CensusCounts(None, 0, 3)


def test_satisfied_are_four_and_five_of_five(house: Warehouse) -> None:
    answer(house, *(response(overall=score) for score in (1, 2, 3, 4, 5)))
    assert counted(house, "csat_top2")["2026Q1", ""] == ShareCounts(2, 5)
    assert counted(house, "csat_mean")["2026Q1", ""] == MeanCounts({1: 1, 2: 1, 3: 1, 4: 1, 5: 1})


def test_detractors_end_at_six_and_promoters_begin_at_nine(house: Warehouse) -> None:
    answer(house, *(response(recommend=score) for score in (0, 6, 6, 7, 8, 8, 9, 9, 9, 10)))
    assert counted(house, "nps")["2026Q1", ""] == NpsCounts(3, 3, 4)


def test_a_question_left_blank_is_not_counted(house: Warehouse) -> None:
    answer(house, response(), response(recommend=10, ease=7))
    assert counted(house, "nps")["2026Q1", ""] == NpsCounts(0, 0, 1)
    assert counted(house, "ces_mean")["2026Q1", ""] == MeanCounts(dict.fromkeys(range(1, 7), 0) | {7: 1})
    assert counted(house, "csat_top2")["2026Q1", ""] == ShareCounts(2, 2)


def test_an_answer_belongs_to_the_quarter_of_its_local_day(house: Warehouse) -> None:
    answer(
        house,
        response("2025-12-31 23:59:59"),
        response("2026-01-01 00:00:00"),
        response("2026-03-31 23:59:59"),
        response("2026-04-01 00:00:00"),
    )
    shares = counted(house, "csat_top2")
    assert shares["2026Q1", ""] == ShareCounts(2, 2)
    assert shares["2026Q2", ""] == ShareCounts(1, 1)


def test_tiers_stand_beside_the_whole_which_also_counts_those_without_a_tier(house: Warehouse) -> None:
    answer(house, response(tier="vip"), response(tier="new", overall=2), response(overall=1))
    shares = counted(house, "csat_top2")
    assert shares["2026Q1", ""] == ShareCounts(1, 3)
    assert shares["2026Q1", "vip"] == ShareCounts(1, 1)
    assert shares["2026Q1", "new"] == ShareCounts(0, 1)
    assert ("2026Q2", "vip") not in shares
    assert counted(house, "csat_mean")["2026Q1", "new"] == MeanCounts({1: 0, 2: 1, 3: 0, 4: 0, 5: 0})


def test_only_answers_at_the_touchpoint_are_counted(house: Warehouse) -> None:
    answer(
        house,
        response(touchpoint="after", overall=2, recommend=0),
        response(touchpoint="before", recommend=9),
        response(recommend=9),
    )
    assert counted(house, "csat_top2", touchpoint="after")["2026Q1", ""] == ShareCounts(0, 1)
    assert counted(house, "csat_mean", touchpoint="after")["2026Q1", ""].exact() == 2
    assert counted(house, "nps", touchpoint="before")["2026Q1", ""] == NpsCounts(0, 0, 1)
    assert counted(house, "ces_mean", touchpoint="during")["2026Q1", ""].exact() is None
    assert counted(house, "nps")["2026Q1", ""] == NpsCounts(1, 0, 2)


def test_retention_and_churn_make_the_whole_and_a_return_in_between_is_retained(house: Warehouse) -> None:
    join(house, range(8))
    join(house, [50], at="2026-02-01 10:00")  # joined in between: counts for neither
    happen(
        house,
        ("M00000", "left", "2026-01-01 00:00"),  # the first instant of the quarter
        ("M00001", "left", "2026-03-31 23:59:59.999999"),  # its last
        ("M00002", "left", "2026-04-01 00:00"),  # the next one's first
        ("M00003", "left", "2026-02-01 10:00"),
        ("M00003", "returned", "2026-03-01 10:00"),
        ("M00004", "left", "2025-12-31 23:59"),  # before the quarter, returned in it: not there at its start
        ("M00004", "returned", "2026-01-15 10:00"),
        ("M00050", "left", "2026-03-01 10:00"),
    )
    assert counted(house, "member_retention")["2026Q1", ""] == CensusCounts(100 * 5 / 7, 7, 5, level=True)
    assert counted(house, "member_churn")["2026Q1", ""] == CensusCounts(100 * 2 / 7, 7, 2)
    assert counted(house, "member_churn")["2026Q2", ""] == CensusCounts(100 * 1 / 6, 6, 1)
    early = date(2026, 2, 15)
    assert counted(house, "member_churn", early)["2026Q1", ""] == CensusCounts(100 * 2 / 7, 7, 2)


def test_a_repeat_buyer_had_bought_before_the_last_purchase_of_the_period(house: Warehouse) -> None:
    join(house, range(6))
    happen(
        house,
        ("M00000", "purchase", "2026-01-01 00:00"),  # once, the first ever
        ("M00001", "purchase", "2026-02-01 10:00"),
        ("M00001", "purchase", "2026-02-01 11:00"),  # twice in the period
        ("M00002", "purchase", "2025-07-01 10:00"),
        ("M00002", "purchase", "2026-03-31 23:59"),  # once, and once long before
        ("M00003", "purchase", "2025-07-01 10:00"),  # not in the period
        ("M00000", "purchase", "2026-04-01 00:00"),  # the next period
    )
    repeat = counted(house, "repeat_purchase")
    assert repeat["2026Q1", ""] == CensusCounts(100 * 2 / 3, 3, 2, level=True)
    assert repeat["2026Q2", ""] == CensusCounts(100.0, 1, 1, level=True)


def test_the_share_of_a_tier_takes_the_last_tier_of_those_who_are_members(house: Warehouse) -> None:
    join(house, range(4))
    events = [
        MemberEvent("M00000", "tier", local("2026-02-01 10:00"), tier="vip"),
        MemberEvent("M00001", "tier", local("2026-02-01 10:00"), tier="vip"),
        MemberEvent("M00001", "tier", local("2026-03-31 23:59"), tier="returning"),
        MemberEvent("M00002", "tier", local("2026-01-01 00:00"), tier="vip"),
        MemberEvent("M00003", "tier", local("2026-04-01 00:00"), tier="vip"),
    ]
    with house.transaction() as cursor:
        add_events(cursor, events, zone=house.reporting_zone, recorded_at=local("2026-07-01 00:00"))
    happen(house, ("M00002", "left", "2026-03-01 10:00"))
    share = counted(house, "tier_share")
    assert share["2026Q1", ""] == CensusCounts(100 * 1 / 3, 3, 1, level=True)
    assert share["2026Q2", ""] == CensusCounts(100 * 2 / 3, 3, 2, level=True)


def test_the_response_rate_counts_each_member_invited_to_a_wave_once_in_the_period_of_the_invitation(
    house: Warehouse,
) -> None:
    members = [Invitee(f"M{number}", tier="vip" if number < 2 else None) for number in range(5)]
    made = links(house, *members)
    revoke(house, SURVEY, WAVE, ["M3"])
    links(house, Invitee("M3"))  # invited again: the same single response
    answer(house, replace(response(), response_id=response_id_of(house, "M0")))
    days = {
        "M0": "2026-03-31",
        "M1": "2026-01-01",
        "M2": "2026-04-01",
        "M3": "2026-02-01",
        "M4": "2026-02-01",
    }
    with house.transaction() as cursor:
        for member, day in days.items():
            cursor.execute("UPDATE invitation SET day = ? WHERE member_id = ?", [day, member])
    assert len(made) == 5
    rates = counted(house, "response_rate")
    assert rates["2026Q1", ""] == CensusCounts(25.0, 4, 1, level=True)
    assert rates["2026Q1", "vip"] == CensusCounts(50.0, 2, 1, level=True)
    assert rates["2026Q2", ""] == CensusCounts(0.0, 1, 0, level=True)


def test_an_invitation_is_of_the_local_day_on_which_it_was_made(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.invitations.utc_now", lambda: local("2026-04-01 00:30").astimezone(UTC))
    invite(house, SURVEY, [Invitee("M0")], WAVE, date(2026, 5, 1))
    rates = counted(house, "response_rate")
    assert (rates["2026Q1", ""], rates["2026Q2", ""]) == (
        CensusCounts(None, 0, 0, level=True),
        CensusCounts(0.0, 1, 0, level=True),
    )

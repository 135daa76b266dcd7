"""Members: growth against target, the movement of a chosen period, both with the warehouse's numbers."""

import json
import re
from datetime import date

import pytest

import warehouse
from tests.pages.opening import Tab, use_example
from tests.warehouse.making import happen, join
from warehouse.members import member_movement
from warehouse.membership.cohorts import joined_cohorts
from warehouse.membership.retention import retention
from warehouse.membership.staying import staying
from warehouse.membership.tiers import tier_flow


def test_growth_bars_and_target_ticks_show_the_warehouse_s_numbers() -> None:
    use_example()
    data = {trace["name"]: trace for trace in json.loads(Tab("members").figures[0])["data"]}
    periods = member_movement(warehouse.serving()).periods
    assert data["value"]["y"] == pytest.approx([period.growth for period in periods])
    assert "sealed at" not in Tab("members").words
    ticks = [value for value in data["target"]["y"] if value is not None]
    assert ticks == [
        float(period.target) for period in periods if period.target is not None for _ in range(2)
    ]


def test_beside_a_verdict_stands_the_figure_that_was_sealed_whatever_was_recorded_since() -> None:
    use_example()
    house = warehouse.serving()
    before = member_movement(house).periods[0]
    join(house, range(90_000, 90_400))
    now = member_movement(house).periods[0]
    assert now.growth is not None and before.growth is not None and now.growth < before.growth
    tab = Tab("members")
    data = {trace["name"]: trace for trace in json.loads(tab.figures[0])["data"]}
    assert data["value"]["y"][0] == pytest.approx(before.growth)
    assert f"sealed at +{before.growth:.2f} %" in tab.words and f"+{now.growth:.2f} %" in tab.words
    assert "A verdict stays with what was sealed." in tab.words


def test_the_waterfall_runs_from_opening_to_closing_of_the_latest_period() -> None:
    use_example()
    shown = json.loads(Tab("members").figures[1])["data"][0]
    latest = member_movement(warehouse.serving()).periods[-1]
    assert shown["x"] == [latest.opening, latest.joined, latest.returned, -latest.left, latest.closing]
    assert shown["measure"] == ["absolute", "relative", "relative", "relative", "absolute"]


def test_another_month_is_chosen_in_the_address_or_by_the_widget() -> None:
    use_example()
    month = member_movement(warehouse.serving()).months[2]
    tab = Tab("members", query={"span": month.name})
    assert json.loads(tab.figures[1])["data"][0]["x"][0] == month.opening
    tab.app.selectbox(key="members-span").select("2026Q1")
    assert tab.run().app.query_params["span"] == "2026Q1"


def test_a_period_that_does_not_exist_is_ignored() -> None:
    use_example()
    assert Tab("members", query={"span": "<img src=x>"}).figures == Tab("members").figures


def test_the_running_period_is_said_to_be_running_and_a_cut_axis_is_named() -> None:
    use_example()
    words = Tab("members").words
    assert "is still running" in words and "The axis begins at" in words


def test_the_table_has_its_csv() -> None:
    use_example()
    assert 'href="/export/members.csv" download' in Tab("members").markup


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_members_the_page_says_how_they_come_in(language: str) -> None:
    tab = Tab("members", language=language)
    assert tab.figures == [] and ("imports the register" if language == "en" else "导入会员名册") in tab.words
    assert "/import_data" not in tab.markup
    assert "/import_data" in Tab("members", "operator", language=language).markup


def test_growth_and_its_target_have_the_same_number_of_decimals() -> None:
    use_example()
    tab = Tab("members")
    table = next(part.value for part in tab.app.html if "<table" in part.value)
    pairs = re.findall(r">[+−]?(\d+\.\d+)\s%</td>\s*<td[^>]*>(\d+\.\d+)\s%</td>", table)
    assert len(pairs) > 3
    for growth, target in pairs:
        assert len(growth.split(".")[1]) == len(target.split(".")[1])


def test_classes_retention_cohorts_and_stays_of_the_chosen_span_are_the_warehouse_s() -> None:
    use_example()
    tab, house = Tab("members", query={"span": "2026Q2"}), warehouse.serving()
    flow = tier_flow(house, date(2026, 4, 1), date(2026, 7, 1))
    kept = retention(house, date(2026, 4, 1), date(2026, 7, 1)).whole
    assert f"At the end – {' '.join(f'{flow.after(tier):,}' for tier in flow.tiers)}" in tab.words
    assert f"Everybody {kept.opening} {kept.kept} {kept.lost}" in tab.words
    cohort = joined_cohorts(house, date(2026, 7, 1))[-1]
    assert f"2026Q2 {cohort.size} {100 * cohort.counts[0] / cohort.size:.0f}" in tab.words
    found = staying(house, date(2026, 7, 1))
    assert found is not None and f"{found.ended} of {found.n:,} first stays" in tab.words
    curve = {trace["name"]: trace for trace in json.loads(tab.figures[2])["data"]}["value"]
    assert curve["y"][-1] == pytest.approx(100 * found.curve.survival[-1])


def test_classes_of_few_are_said_to_be_few_and_cannot_be_worked_out() -> None:
    use_example()
    flow = tier_flow(warehouse.serving(), date(2026, 10, 1), date(2026, 11, 16))
    shown = flow.shown("vip")
    assert any(0 < n < 5 for (before, _), n in flow.moves.items() if before == "vip")
    assert sum(group.suppressed for group in shown.values()) >= 2
    assert "few" in Tab("members", query={"span": "2026Q4"}).words


def test_customers_who_only_bought_are_shown_without_growth() -> None:
    house = warehouse.serving()
    happen(house, *((f"C{number}", "purchase", "2026-02-03 10:00") for number in range(6)))
    tab = Tab("members", query={"span": "2026-02"})
    assert "At the end – 0 6 0" in tab.words and "There were no members at the start." in tab.words

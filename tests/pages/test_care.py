"""The page of care: the list of a day, its file, and that personal data are the operator's."""

import pytest

import warehouse
from tests.pages.conftest import Visitor
from tests.pages.opening import Tab, use_example
from tests.supplements import supplement
from tests.warehouse.records.keeping import keep
from tests.warehouse.records.test_care_classes import SOURCE, VIP
from warehouse.access import Role
from warehouse.contract_loading import load_contract
from warehouse.records.caring import care_today
from warehouse.records.catalogue import record_type
from warehouse.records.reading import Asked, find

HOSTILE = "**x** <img src=x onerror=alert(1)> :red[y]"


def due_today() -> str:
    """One task of today; the day."""
    today = care_today(warehouse.serving()).isoformat()
    task = {"plan": "P", "occasion": "<b>中秋节</b>", "member_id": "M77", "channel": "call", "due_on": today}
    keep(warehouse.serving(), "care_task", {**task, "number": "G1"})
    keep(warehouse.serving(), "care_consent", {"member_id": "M77", "agrees": "yes", "said_on": today})
    return today


@pytest.mark.parametrize(
    ("role", "sees", "acts"), [("operator", True, True), ("party_b", False, True), ("party_a", False, False)]
)
def test_who_is_greeted_is_the_operators_and_how_many_is_everybodys(
    role: Role, sees: bool, acts: bool
) -> None:
    due_today()
    tab = Tab("care", role)
    assert "1 due, 1 left." in tab.words and "<b>中秋节</b>" in tab.words
    assert ("M77" in tab.words) == sees and bool(tab.app.button) == acts


def test_one_click_keeps_that_all_of_the_day_was_given() -> None:
    today = due_today()
    tab = Tab("care", "party_b", "zh")
    tab.app.button(key="care-given").click()
    words = tab.run().words
    assert "尚余 0 项" in words and "已标记为今日完成：1 项。 已保存。" in words
    (row,) = find(warehouse.serving(), record_type("care_task"), "operator", Asked()).rows
    assert str(row.values["given_on"]) == today


def test_the_file_of_a_day_is_the_operators(visitor: Visitor) -> None:
    path = f"/export/care/{due_today()}.csv"
    assert visitor.get(path).status_code == 401
    assert visitor.sign_in("party_b").get(path).status_code == 403
    visitor.sign_in("operator")
    assert "G1,<b>中秋节</b>,M77" in visitor.get(path).text
    assert visitor.get("/export/care/soon.csv").status_code == 404


def test_a_plan_for_a_class_is_entered_by_title_and_told_where_the_contract_has_the_class_no_more() -> None:
    house = warehouse.serving()
    load_contract(house, SOURCE)
    plan = {"number": "GIFT", "title": HOSTILE, "occasion": "birthday", "channel": "gift"}
    keep(house, "care_plan", {**plan, "in_force_on": "2026-01-01"})
    query = {"type": "care_plan", "record": "GIFT"}
    tab = Tab("records", "party_b", "zh", query)
    field = tab.app.selectbox(key="record-field-care_plan-GIFT-tier")
    assert field.options == ["全部会员", "潜在", "新", "老", "贵宾"] and field.value == ""
    field.select("vip")
    tab.app.button[0].click()
    assert "仅限该类客户: 贵宾" in tab.run().words
    for where in (query, {"type": "care_plan"}):
        assert "Vip" in Tab("records", "party_a", query=where).words
    warning = "Nobody is greeted by these plans"
    assert warning not in Tab("care", "party_a").words
    load_contract(house, supplement(SOURCE, "2026-04-01", (VIP, "")))
    tab = Tab("care", "party_a")
    assert warning in tab.words and f"{HOSTILE}: Vip" in tab.words and "<img" not in tab.markup
    assert Tab("records", "party_b", query=query).app.selectbox(key=field.key).value == "vip"


def test_the_example_has_care_of_every_quarter() -> None:
    use_example()
    words = Tab("care", "party_a", "zh").words
    assert "关怀及时率" in words and "会员日" in words

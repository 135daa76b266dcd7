"""The settlement: the pure ledger's own lines and totals, caps, what-if, and who may enter what."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

import warehouse
from contract import example_source
from contract.settlement import cap_use
from tests.pages.agreeing import use_contract, without_money
from tests.pages.conftest import Visitor
from tests.pages.opening import ROLES, Tab, use_example
from tests.warehouse.making import local
from warehouse.access import Role
from warehouse.contracts import current_contract
from warehouse.proceedings import proceedings
from warehouse.settling import Settlements, settlements, what_if_ledger

REPORTS = (
    example_source("deduction")
    .partition("  examples:")[0]
    .replace(
        "  consequences:\n",
        '  governance: {clause: "9.1", reportDueDays: 10, noReport: deemed_missed, disputeWindowDays: 15}\n'
        "  consequences:\n",
    )
    .replace(
        "    basePerPeriod: 300000.00\n",
        "    basePerPeriod: 300000.00\n    addedServices:\n"
        '      - {id: training, clause: "7.1", title: {zh: 培训, en: Training}, '
        "price: 1200.00, per: order}\n",
    )
)


def found() -> Settlements:
    settled = settlements(warehouse.serving())
    assert settled is not None
    return settled


def said(amount: Decimal) -> str:
    """As the page writes it, its hard space read as any other."""
    return f"CNY {abs(amount):,.2f}" if amount >= 0 else f"−CNY {abs(amount):,.2f}"


@pytest.fixture
def october(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A warehouse in October 2026, when the third quarter is over and its settlement can still change."""
    loaded = local("2025-12-01 09:00").astimezone(UTC)
    monkeypatch.setattr("warehouse.contract_loading.utc_now", lambda: loaded)
    for module in ("warehouse.entering", "warehouse.as_of"):
        monkeypatch.setattr(f"{module}.utc_now", lambda: local("2026-10-15 10:00").astimezone(UTC))
    use_contract(REPORTS)
    yield


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_and_total_is_that_of_the_pure_settlement(language: str) -> None:
    use_example()
    for ledger in found().ledgers:
        words = Tab("settlement", language=language, query={"period": ledger.period.name}).words
        for line in ledger.settlement.lines:
            assert " ".join(line.reason.words(language).split()) in words
            assert said(line.amount) in words
        assert f"{said(ledger.settlement.payable)} " in words and said(ledger.settlement.total) in words
        for one in cap_use(ledger.contract, ledger.settlement):
            assert said(one.limit) in words and said(one.left) in words


def test_the_latest_closed_period_comes_first_and_one_that_does_not_exist_is_ignored() -> None:
    use_example()
    latest = found().ledgers[-1].period.name
    assert f"Ledger of {latest}" in Tab("settlement").words
    assert f"Ledger of {latest}" in Tab("settlement", query={"period": "<img src=x>"}).words


def test_the_waterfall_runs_from_the_base_fee_to_what_is_payable() -> None:
    use_example()
    settled = next(each for each in found().ledgers if each.settlement.deducted).settlement
    tab = Tab("settlement", query={"period": settled.period.name})
    trace = json.loads(tab.figures[0])["data"][0]
    assert trace["x"][0] + sum(trace["x"][1:-1]) == pytest.approx(trace["x"][-1]) == float(settled.payable)
    assert trace["measure"][0] == trace["measure"][-1] == "absolute"


def test_what_if_shows_the_pure_what_if_and_writes_nothing() -> None:
    use_example()
    before = found()
    tab = Tab("settlement")
    period = before.ledgers[-1].period.name
    tab.app.selectbox(key="what-if-period").select(period)
    tab.run().app.selectbox(key="what-if-metric").select("csat_top2")
    tab.run().app.number_input(key=f"what-if-figure-{period}-csat_top2").set_value(71.0)
    tab.app.number_input(key=f"what-if-n-{period}-csat_top2").set_value(600)
    tab.run()
    pure = what_if_ledger(warehouse.serving(), period, "csat_top2", Decimal("71.0"), 600)
    less = before.ledgers[-1].settlement.payable - pure.payable
    assert less > 0
    assert f"{said(pure.deducted)} deducted, {said(pure.payable)} payable" in tab.words
    assert f"{said(less)} less than party B is paid now." in tab.words
    after = found()
    assert [each.settlement for each in after.ledgers] == [each.settlement for each in before.ledgers]


@pytest.mark.parametrize(("role", "side"), [("party_a", "A"), ("party_b", "B")])
@pytest.mark.usefixtures("october")
def test_a_party_approves_for_itself_and_takes_it_back(role: Role, side: str) -> None:
    tab = Tab("settlement", role, query={"period": "2026Q3"})
    tab.app.selectbox(key="relief-ground-2026Q3").select("caused_by_a")
    next(button for button in tab.app.button if button.label == f"Approve as party {side}").click()
    tab.run()
    loaded = current_contract(warehouse.serving())
    assert loaded is not None
    known = proceedings(warehouse.serving(), loaded, date(2027, 1, 1))["2026Q3"].relief
    assert [(one.metric, one.ground, one.approved_by) for one in known] == [
        ("csat_top2", "caused_by_a", frozenset({side}))
    ]
    assert f"waiting for Party {'B' if side == 'A' else 'A'}" in tab.words
    next(button for button in tab.app.button if button.label.startswith("Take back")).click()
    assert "Nobody has approved" in tab.run().words


@pytest.mark.usefixtures("october")
def test_relief_that_both_approved_in_time_takes_the_deduction_away() -> None:
    before = next(each for each in found().ledgers if each.period.name == "2026Q3").settlement
    assert before.deducted > 0  # no report came: deemed missed
    for role, side in (("party_a", "A"), ("party_b", "B")):
        tab = Tab("settlement", role, query={"period": "2026Q3"})
        next(button for button in tab.app.button if button.label == f"Approve as party {side}").click()
        tab.run()
    assert "granted" in tab.words and "grace or relief" in tab.words
    after = next(each for each in found().ledgers if each.period.name == "2026Q3").settlement
    assert after.deducted == 0 and f"Payable for the period {said(after.payable)}" in tab.words


@pytest.mark.usefixtures("october")
def test_the_operator_enters_the_report_and_the_orders_and_approves_nothing() -> None:
    tab = Tab("settlement", "operator", query={"period": "2026Q3"})
    assert not [button for button in tab.app.button if button.label.startswith("Approve")]
    tab.app.number_input[0].set_value(3)
    next(button for button in tab.app.button if button.label == "Keep the number of orders").click()
    tab.run()
    assert "Added service · Training" in tab.words and "Training: 3 × 1,200.00 = 3,600.00" in tab.words
    tab.app.button(key="report-handed-in").click()
    assert "handed in on 15 Oct 2026, too late" in tab.run().words


@pytest.mark.parametrize("role", [role for role in ROLES if role != "operator"])
@pytest.mark.usefixtures("october")
def test_only_the_operator_enters_and_the_mediator_only_reads(role: Role) -> None:
    tab = Tab("settlement", role, query={"period": "2026Q3"})
    labels = [button.label for button in tab.app.button]
    assert "Keep the number of orders" not in labels and "Keep the day of the report" not in labels
    assert bool(labels) == (role != "mediator")


def test_a_refusal_is_said_and_changes_nothing(october: None, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = Tab("settlement", "party_a", query={"period": "2026Q3"})

    def refused(*_: object, **__: object) -> None:
        raise warehouse.WarehouseError(warehouse.Problem("x-y", "2026Q3", "Not now.", "Later.", {}))

    monkeypatch.setattr("pages.ui.relief.approve_relief", refused)
    next(button for button in tab.app.button if button.label == "Approve as party A").click()
    assert "Nothing was changed" in tab.run().words


@pytest.mark.parametrize("role", ROLES)
def test_without_a_contract_or_without_fees_the_page_says_so(role: Role) -> None:
    assert "No contract is loaded yet." in Tab("settlement", role).words
    without_money()
    tab = Tab("settlement", role)
    assert "names no fees" in tab.words and not tab.figures


def test_fees_without_consequences_are_settled_without_what_if() -> None:
    free = example_source("deduction").split("  consequences:\n")[0]
    use_contract(free)
    tab = Tab("settlement")
    assert "has no consequences" in tab.words and "What if" not in tab.words


@pytest.mark.parametrize("name", ["pool_and_share", "tier_table", "score_to_pay"])
def test_every_scheme_has_its_ledger(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local("2026-11-22 10:00").astimezone(UTC))
    use_contract(example_source(name))
    ledger = found().ledgers[-1]
    words = Tab("settlement").words
    assert f"Ledger of {ledger.period.name}" in words and said(ledger.settlement.payable) in words


def test_the_exports_add_up_to_the_totals(visitor: Visitor) -> None:
    use_example()
    ledgers = {each.period.name: each.settlement for each in found().ledgers}
    text = visitor.sign_in("mediator").get("/export/settlement.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    for name, settled in ledgers.items():
        assert sum(Decimal(row["amount"]) for row in rows if row["period"] == name) == settled.total
    answer = visitor.get("/export/settlement.xlsx")
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.max_row == len(rows) + 1
    header = [cell.value for cell in sheet[1]]
    assert [row[header.index("amount")].value for row in sheet.iter_rows(min_row=2)] == [
        pytest.approx(float(row["amount"])) for row in rows
    ]

"""The report on a period: what the pages say, on one page for print, and party A's answer to it."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, date

import httpx
import pytest

import warehouse
from contract import example_source
from pages.web.reporting.course import course
from pages.web.reporting.duties import measure_state
from tests.pages.agreeing import HOSTILE, use_contract, without_money
from tests.pages.conftest import Visitor
from tests.pages.opening import ROLES, use_example
from tests.warehouse.making import local
from tests.warehouse.records.keeping import keep
from warehouse.access import Role
from warehouse.contracts import current_contract
from warehouse.entering import hand_in_report
from warehouse.proceedings import ReportAnswer, proceedings
from warehouse.records.catalogue import record_type
from warehouse.records.storing import withdraw
from warehouse.scorecard import scorecard
from warehouse.settling import settlements

WITH_REPORTS = (
    example_source("deduction")
    .partition("  examples:")[0]
    .replace(
        "  consequences:\n",
        '  governance: {clause: "9.1", reportDueDays: 10, noReport: deemed_missed, disputeWindowDays: 15}\n'
        "  consequences:\n",
    )
)


def words(answer: httpx.Response) -> str:
    """All text of the page, as a reader sees it, on one line."""
    plain = re.sub(r"<style>.*?</style>|<[^>]*>", " ", answer.text, flags=re.S)
    return " ".join(html.unescape(plain).split())


@pytest.fixture
def october(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """October 2026: the third quarter is over, its settlement can still change."""
    loaded = local("2025-12-01 09:00").astimezone(UTC)
    monkeypatch.setattr("warehouse.contract_loading.utc_now", lambda: loaded)
    for module in ("warehouse.entering", "warehouse.as_of"):
        monkeypatch.setattr(f"{module}.utc_now", lambda: local("2026-10-05 10:00").astimezone(UTC))
    use_contract(WITH_REPORTS)
    yield


def answers() -> tuple[ReportAnswer, ...]:
    loaded = current_contract(warehouse.serving())
    assert loaded is not None
    return proceedings(warehouse.serving(), loaded, date(2027, 1, 1))["2026Q3"].answers


def sent(
    visitor: Visitor, act: str, comment: str = "", figures: str | None = None, name: str = "顾澄"
) -> httpx.Response:
    """What the form of the report as it is shown now would send."""
    if figures is None:
        shown = re.search('name="figures" value="([0-9a-f]{64})"', visitor.get("/report/2026Q3").text)
        figures = shown[1] if shown else ""
    data = {"act": act, "name": name, "comment": comment, "figures": figures}
    return visitor.post("/report/2026Q3", data=data)


def current_figures(visitor: Visitor) -> str:
    """The fingerprint that the report tells everybody."""
    shown = re.search('<dd class="hash">([0-9a-f]{64})</dd></div></dl>', visitor.get("/report/2026Q3").text)
    assert shown is not None
    return shown[1]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_says_what_scorecard_and_settlement_say(visitor: Visitor, language: str) -> None:
    use_example()
    card, settled = scorecard(warehouse.serving()), settlements(warehouse.serving())
    assert card is not None and settled is not None
    ledger = settled.ledgers[-1]
    measure = {"title": HOSTILE, "due_on": "2026-08-31", "done_on": "2026-09-01", "metric": "csat_top2"}
    keep(warehouse.serving(), "improvement_action", measure)
    case = {"subject": "x", "category": "complaint", "severity": "low", "channel": "hotline"}
    keep(warehouse.serving(), "service_case", {**case, "received_at": "2026-09-30 23:59"})
    withdraw(warehouse.serving(), record_type("service_case"), "1", "party_b", "party_b", "a test call")
    answer = visitor.sign_in("party_a").get(f"/report/{ledger.period.name}?lang={language}")
    said = words(answer)
    assert answer.status_code == 200
    for row in card.rows:
        if row.period == ledger.period and not row.segment:
            assert " ".join(row.verdict.reason_in(language).split()) in said
    for line in ledger.settlement.lines:
        assert " ".join(line.reason.words(language).split()) in said
    assert f"{ledger.settlement.payable:,.2f}" in said and f"{ledger.settlement.total:,.2f}" in said
    assert ledger.seal is not None and ledger.seal.sha256 in said
    assert "AAPOR RR1" in said and HOSTILE in said and "<img" not in answer.text
    assert "a test call" in said and ("等待同意" if language == "zh" else "Waits for consent") in said
    late, coming = (
        ("逾期完成", "2027年1月1日 起可比较") if language == "zh" else ("Done late", "from 1 Jan 2027 on")
    )
    assert late in said and coming in said
    since, provisional = ("封存之后", "暂定") if language == "zh" else ("Since the seal", "Provisional")
    assert since in said and provisional not in said
    assert ("构成" if language == "zh" else "Made of") not in said, "a column that says nothing"
    if language == "zh":
        assert re.findall(r"[A-Za-z]{4,}(?: [A-Za-z]+){2,}", said) == []


@pytest.mark.parametrize("role", ROLES)
def test_everybody_signed_in_reads_it_and_nobody_else(visitor: Visitor, october: None, role: Role) -> None:
    assert visitor.get("/report/2026Q3").status_code == 401
    assert visitor.post("/report/2026Q3", data={"act": "approved"}).status_code == 401
    assert visitor.sign_in(role).get("/report/2026Q3").status_code == 200
    for unknown in ("2026Q4x", "2027Q1", "%3Cimg%20src=x%3E"):
        missing = visitor.get(f"/report/{unknown}")
        assert missing.status_code == 404 and 'action="/settlement"' in missing.text
    assert visitor.get("/report/2026Q3?contract=another").status_code == 404
    named = visitor.get("/report/2026Q3?contract=deduction-2026")
    assert 'href="/report/2026Q2?contract=deduction-2026"' in named.text


def test_only_its_own_stylesheet_is_let_in_and_no_script(visitor: Visitor, october: None) -> None:
    answer = visitor.sign_in("party_a").get("/report/2026Q3")
    assert "<script" not in answer.text and " style=" not in answer.text
    form = visitor.get("/s/customer-satisfaction").headers["content-security-policy"]
    own = answer.headers["content-security-policy"]
    assert "unsafe-inline" not in own and own != form
    assert re.sub("sha256-[^']*", "", own) == re.sub("sha256-[^']*", "", form)


def test_a_contract_without_money_has_a_report_without_a_settlement(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local("2026-10-05 10:00").astimezone(UTC))
    without_money()
    said = words(visitor.sign_in("party_b").get("/report/2026Q3"))
    assert "not sealed yet: what comes late would still change it" in said and "Payable" not in said
    assert "Provisional: see what can still change" in said
    assert "Interim: the period is still running" in words(visitor.get("/report/2026Q4"))


def test_party_a_approves_and_comments_once_the_report_came(visitor: Visitor, october: None) -> None:
    a = visitor.sign_in("party_a")
    assert "You can answer once" in words(a.get("/report/2026Q3"))
    assert sent(a, "approved", figures="0" * 64).status_code == 422
    operator = a.sign_in("operator")
    for day, status in (("2026-13-01", 422), ("2026-10-03", 303)):
        answer = operator.post("/report/2026Q3", data={"act": "hand_in", "day": day})
        assert answer.status_code == status
    assert sent(a.sign_in("party_a"), "returned").status_code == 422, "given back without a word"
    assert sent(a, "returned", "x" * 2_001).status_code == 422
    for name in ("", "\u3000", "x" * 101):
        assert sent(a, "approved", name=name).status_code == 422, "approved by nobody"
    assert sent(a, "returned", f"{HOSTILE} 第三季度投诉请按渠道列出").headers["location"] == "/report/2026Q3"
    figures = current_figures(visitor)
    assert sent(a, "approved", figures=figures).status_code == 422, "the same version was given back"
    again = {"act": "hand_in", "day": "2026-10-05"}
    assert a.sign_in("operator").post("/report/2026Q3", data=again).status_code == 303
    assert sent(a.sign_in("party_a"), "approved", name=HOSTILE).status_code == 303
    assert sent(a, "returned", "changed our mind", figures).status_code == 422, "it was approved"
    assert a.sign_in("operator").post("/report/2026Q3", data=again).status_code == 422, "nothing has changed"
    a.sign_in("party_a")
    first, last = answers()
    assert (first.answer, first.day, last.answer, last.comment) == (
        *("returned", date(2026, 10, 5), "approved"),
        "",
    )
    page = a.get("/report/2026Q3")
    said = words(page)
    assert (first.version, last.version, first.name, last.name) == (1, 2, "顾澄", HOSTILE)
    at = "(party A) on 5 Oct 2026, 10:00 (Asia/Shanghai)"
    assert said.index(f"Version 2: Approved by {HOSTILE} {at}") < said.index(
        f"Version 1: Given back by 顾澄 {at}"
    )
    assert "请按渠道列出" in said and "<img" not in page.text
    assert "请按渠道列出" not in str(warehouse.serving().read("audit/all")), (
        "the audit says only that it was done"
    )


def test_an_answer_to_figures_that_have_changed_since_is_not_kept(visitor: Visitor, october: None) -> None:
    hand_in_report(warehouse.serving(), "2026Q3")
    answer = sent(visitor.sign_in("party_a"), "returned", "keep this", figures="0" * 64)
    assert answer.status_code == 422 and "figures have changed since you opened" in words(answer)
    assert "keep this" in answer.text
    assert "2026Q3" in words(answer) and not answers()


@pytest.mark.parametrize(
    ("role", "act"),
    [("party_b", "approved"), ("mediator", "returned"), ("operator", "approved"), ("party_a", "hand_in")],
)
def test_nobody_answers_for_another(visitor: Visitor, october: None, role: Role, act: str) -> None:
    hand_in_report(warehouse.serving(), "2026Q3")
    assert sent(visitor.sign_in(role), act, "x").status_code == 403 and not answers()


def test_a_page_of_another_site_cannot_answer(visitor: Visitor, october: None) -> None:
    hand_in_report(warehouse.serving(), "2026Q3")
    visitor.sign_in("party_a")
    figures = re.search('name="figures" value="([0-9a-f]{64})"', visitor.get("/report/2026Q3").text)
    assert figures is not None
    # Without a referrer browsers would send the form with the origin "null", as a page of another site can.
    assert visitor.get("/report/2026Q3").headers["referrer-policy"] == "same-origin"
    data = {"act": "approved", "name": "Gu", "comment": "", "figures": figures[1]}
    for origin in ("http://evil.example", "null"):
        answer = visitor.post("/report/2026Q3", data=data, headers={"Origin": origin})
        assert answer.status_code == 403 and not answers()
    own = visitor.post("/report/2026Q3", data=data, headers={"Origin": "http://127.0.0.1"})
    assert own.status_code == 303 and len(answers()) == 1


def test_marks_of_the_small_chart_lie_within_it_with_better_figures_higher() -> None:
    use_example()
    card = scorecard(warehouse.serving())
    assert card is not None
    rows = [row for row in card.rows if row.metric.name == "nps" and not row.segment]
    drawn = course(rows)
    assert drawn is not None and course(rows[:1]) is None
    assert [mark.x for mark in drawn.marks] == sorted(mark.x for mark in drawn.marks)
    for mark in drawn.marks:
        for down in (mark.value, mark.low, mark.high, mark.target):
            assert down is not None and 0 <= down <= drawn.height and 0 <= mark.x <= drawn.width
    for each in (drawn, course(rows[:2])):
        assert each is not None and each.marks[0].x - each.dash / 2 >= 0
        assert each.marks[-1].x + each.dash / 2 <= each.width
    order = sorted(range(len(rows)), key=lambda place: rows[place].verdict.estimate.value or 0)
    assert order == sorted(order, key=lambda place: -(drawn.marks[place].value or 0))


def test_a_measure_is_late_from_the_day_after_its_day() -> None:
    due, after = date(2026, 9, 30), date(2026, 10, 1)
    assert measure_state(due, due, after) == "on_time" and measure_state(due, after, after) == "late"
    assert measure_state(due, None, due) == "open" and measure_state(due, None, after) == "overdue"

"""The settlement of a period in tables and one figure: lines, totals, caps, the way from fee to payable."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import plotly.graph_objects as go

from contract import Contract
from contract.settlement import Settlement, cap_use
from contract.settlement.line import Line
from pages.ui.contract_choice import contract_href
from pages.ui.contract_terms import clause_href
from pages.ui.numbers import NOTHING, amount, day, money
from pages.ui.seals import sealed_words
from pages.ui.standing import STANDINGS
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from pages.ui.waterfall import Step, waterfall
from survey import pick
from warehouse.scorecard import Row
from warehouse.settling import Ledger

_KINDS = {
    "base_fee": "Base fee",
    "added_service": "Added service",
    "deduction": "Deduction",
    "period_cap": "Cap of the period",
    "rolling_cap": "Rolling cap",
    "earn_back": "Earned back",
    "relief": "Relief granted later",
    "bonus": "Bonus",
    "bonus_cap": "Cap of the bonus",
    "carried_in": "Carried into the pool",
    "score": "Pay by score",
}


class Purse:
    """Writes amounts of one contract in one language."""

    def __init__(self, contract: Contract, language: str) -> None:
        fees = contract.spec.fees
        self.currency, self._scale = (fees.currency, fees.scale) if fees else ("", 2)
        self._language = language

    def said(self, value: Decimal | None, signed: bool = False) -> str:
        return money(value, self.currency, self._scale, self._language, signed)

    def bare(self, value: Decimal, signed: bool = False) -> str:
        """Without the currency, where there is little room."""
        return amount(value, "count", self._language, signed, decimals=self._scale)


def kind_title(line: Line, contract: Contract, titles: Mapping[str, str], language: str) -> str:
    """What a line is, with the metric or the added service that it is about."""
    title, fees = translate(_KINDS[line.kind], language), contract.spec.fees
    about = titles.get(line.metric, line.metric) if line.metric else None
    for service in fees.added_services if fees and line.kind == "added_service" else ():
        if line.reason.values.get("id") == service.id:
            about = pick(service.title, language, "zh")[0]
    return f"{title} · {about}" if about else title


def line_table(
    settled: Settlement,
    contract: Contract,
    titles: Mapping[str, str],
    rows: Sequence[Row],
    language: str,
    about: str | None = None,
) -> Table:
    """Every line with its arithmetic, verdict and clause, then the totals. `rows` are the scorecard's of the
    period; `about` leaves the arithmetic out of the lines of other metrics."""
    purse = Purse(contract, language)
    verdicts = {row.metric.name: row.verdict for row in rows}
    cells = []
    for line in settled.lines:
        verdict = verdicts.get(line.metric or "")
        standing = STANDINGS[verdict.word] if verdict and line.kind == "deduction" else None
        said = "" if about and line.metric not in (None, about) else line.reason.words(language)
        cells.append(
            [
                Cell(kind_title(line, contract, titles, language), said),
                Cell(purse.said(line.amount, signed=line.kind != "base_fee")),
                Cell(standing.said(language) if standing else "", standing=standing),
                Cell(line.clause, href=clause_href(line.clause)),
            ]
        )
    for name, total in (("Payable for the period", settled.payable), ("With added services", settled.total)):
        cells.append([Cell(translate(name, language)), Cell(purse.said(total)), *([Cell("")] * 2)])
    columns = [
        Column(translate("Line", language)),
        Column(translate("Amount", language), right=True),
        *(Column(translate(name, language)) for name in ("Verdict", "Clause")),
    ]
    return Table(translate("Ledger of {period}", language, period=settled.period.name), columns, cells)


def fee_waterfall(
    settled: Settlement, contract: Contract, titles: Mapping[str, str], language: str
) -> tuple[go.Figure, Sequence[Step]]:
    """From the base fee to what is payable, without added services; lines of nothing are left out. The steps
    tell where its axis begins."""
    purse = Purse(contract, language)
    lines = [line for line in settled.lines if line.kind not in ("base_fee", "added_service") and line.amount]
    base = sum((line.amount for line in settled.lines if line.kind == "base_fee"), Decimal(0))
    steps = [Step(translate("Base fee", language), float(base), total=True)]
    said = [purse.bare(base)]
    for line in lines:
        title = kind_title(line, contract, titles, language)
        if line.kind == "deduction" and line.metric:
            title = titles.get(line.metric, line.metric)
        steps.append(Step(title, float(line.amount), total=False))
        said.append(purse.bare(line.amount, signed=True))
    steps.append(Step(translate("Payable", language), float(settled.payable), total=True))
    said.append(purse.bare(settled.payable))
    return waterfall(steps, language, said), steps


def cap_table(ledger: Ledger, language: str) -> Table | None:
    """How far each cap is used up after the period; None without caps."""
    purse = Purse(ledger.contract, language)
    used = cap_use(ledger.contract, ledger.settlement)
    if not used:
        return None
    cells = []
    for one in used:
        title = translate("Cap of the period", language)
        if one.kind == "rolling_cap":
            title = translate("Rolling cap over {count} periods", language, count=one.periods)
        cells.append([Cell(title), *(Cell(purse.said(each)) for each in (one.limit, one.used, one.left))])
    columns = [Column(translate("Cap", language))]
    columns += [Column(translate(name, language), right=True) for name in ("Limit", "Used", "Still free")]
    return Table(translate("Caps after {period}", language, period=ledger.period.name), columns, cells)


def term_table(ledgers: Sequence[Ledger], language: str) -> Table:
    """A row a closed period, the latest first, and the sum of all."""
    cells = []
    for ledger in reversed(ledgers):
        settled, purse = ledger.settlement, Purse(ledger.contract, language)
        base = _base(settled)
        amounts = (
            base,
            -settled.deducted,
            settled.earned_back + settled.bonus,
            settled.payable,
            settled.total,
        )
        first = Cell(
            ledger.period.name,
            state_words(ledger, language),
            href=contract_href("/settlement", period=ledger.period.name),
        )
        cells.append([first, *(Cell(purse.said(each)) for each in amounts)])
    if ledgers:
        purse = Purse(ledgers[-1].contract, language)
        done = [each.settlement for each in ledgers]
        sums = (
            sum((_base(each) for each in done), Decimal(0)),
            -sum((each.deducted for each in done), Decimal(0)),
            sum((each.earned_back + each.bonus for each in done), Decimal(0)),
            sum((each.payable for each in done), Decimal(0)),
            sum((each.total for each in done), Decimal(0)),
        )
        cells.append([Cell(translate("Together", language)), *(Cell(purse.said(each)) for each in sums)])
    names = ("Base fee", "Deducted", "Earned back and bonus", "Payable", "With added services")
    columns = [Column(translate("Period", language))]
    columns += [Column(translate(name, language), right=True) for name in names]
    return Table(translate("All closed periods", language), columns, cells)


def state_words(ledger: Ledger, language: str) -> str:
    """Whether the settlement can still change, and until when; when it was sealed."""
    if ledger.seal:
        return sealed_words(ledger.seal, language)
    if ledger.is_provisional:
        until = day(ledger.settled_on, language)
        return translate("provisional until {day}", language, day=until)
    return translate("stands since {day}", language, day=day(ledger.settled_on, language))


def report_words(ledger: Ledger, language: str) -> str:
    """Whether party B's report came in time; a dash where the contract asks for none."""
    came, due = ledger.proceedings.report_day, ledger.report_due
    if due is None:
        return NOTHING
    values = {"due": day(due, language), "day": day(came, language) if came else ""}
    if came is None:
        return translate("not handed in; due by {due}", language, **values)
    if came > due:
        return translate("handed in on {day}, too late; it was due by {due}", language, **values)
    return translate("handed in on {day}, due by {due}", language, **values)


def _base(settled: Settlement) -> Decimal:
    return sum((line.amount for line in settled.lines if line.kind == "base_fee"), Decimal(0))

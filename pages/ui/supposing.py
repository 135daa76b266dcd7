"""What would a result cost? A figure somebody supposes, and the ledger it would give; nothing is written."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import streamlit as st

import warehouse
from contract import Contract
from contract.settlement import Settlement
from pages.ui.layout import notice, section
from pages.ui.ledger import Purse, line_table
from pages.ui.markup import show
from pages.ui.numbers import amount
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from warehouse.scorecard import Row
from warehouse.settling import Ledger, what_if_ledger

_BOUNDS = {"share": (0.0, 100.0), "nps": (-100.0, 100.0), "index": (0.0, 100.0), "census": (-100.0, 1000.0)}


def what_if_section(
    contract: Contract, ledgers: Sequence[Ledger], rows: Sequence[Row], titles: Mapping[str, str]
) -> None:
    """The fields and the answer. `contract` is the version in force, `rows` are the scorecard's."""
    section(
        t("What if"),
        t("Suppose a result and see what it would cost. Nothing is written: this only calculates."),
    )
    versions = {ledger.period.name: ledger.contract for ledger in reversed(ledgers)}
    running = [row.period.name for row in rows if row.state == "running"]
    fields = st.columns(4)
    names = [*dict.fromkeys(running), *versions]
    name = fields[0].selectbox(t("Period"), names, key="what-if-period")
    version = versions.get(name, contract)
    mine = {row.metric.name: row for row in rows if row.period.name == name}
    liable = [each for each in mine if version.liable(each)]
    if not liable:
        notice([t("No target of this period carries liability.")])
        return
    metric = fields[1].selectbox(
        t("Metric"),
        liable,
        format_func=lambda each: titles.get(each, each),
        key="what-if-metric",
    )
    row = mine[metric]
    low, high = _BOUNDS.get(row.metric.kind, (None, None))
    value = row.verdict.estimate.value
    figure = fields[2].number_input(
        t("Figure"),
        min_value=low,
        max_value=high,
        value=round(float(row.verdict.target.value if value is None else value), 1),
        step=0.1,
        format="%.2f",
        key=f"what-if-figure-{name}-{metric}",
    )
    n = 1
    if row.metric.kind not in ("census", "index"):
        n = fields[3].number_input(
            t("Answers"),
            min_value=1,
            max_value=1_000_000,
            value=max(1, row.verdict.estimate.n or 200),
            step=10,
            key=f"what-if-n-{name}-{metric}",
        )
    actual = next((each.settlement for each in ledgers if each.period.name == name), None)
    _answer(version, actual, row, Decimal(str(figure)), int(n), titles)


def _answer(
    contract: Contract,
    actual: Settlement | None,
    row: Row,
    figure: Decimal,
    n: int,
    titles: Mapping[str, str],
) -> None:
    chosen = language()
    try:
        supposed = what_if_ledger(
            warehouse.serving(), row.period.name, row.metric.name, figure, n, contract=contract.id
        )
    except warehouse.WarehouseError as error:
        notice([error.problem.words(chosen)], tone="bad")
        return
    purse = Purse(contract, chosen)
    at = amount(figure, row.metric.unit, chosen, decimals=2)
    values = {"figure": at, "n": amount(n, "count", chosen), "payable": purse.said(supposed.payable)}
    values |= {"deducted": purse.said(supposed.deducted), "metric": titles[row.metric.name]}
    lines = [_sentence(row.metric.kind in ("census", "index"), values)]
    if actual is not None:
        less = actual.payable - supposed.payable
        if less > 0:
            lines.append(t("{amount} less than party B is paid now.", amount=purse.said(less)))
        elif less < 0:
            lines.append(t("{amount} more than party B is paid now.", amount=purse.said(-less)))
        else:
            lines.append(t("As much as party B is paid now."))
    notice(lines)
    show("notes", notes=[t("Other results stand as they are, in a running period as if it closed now.")])
    show_table(line_table(supposed, contract, titles, (), chosen, about=row.metric.name))


def _sentence(counted: bool, values: Mapping[str, str]) -> str:
    if counted:
        return t("{metric} at {figure}: {deducted} deducted, {payable} payable.", **values)
    return t("{metric} at {figure} from {n} answers: {deducted} deducted, {payable} payable.", **values)

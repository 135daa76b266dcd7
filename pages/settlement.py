"""Settlement: what party A pays for a period, line by line, what each cap leaves, and what a result would
cost; relief is approved here by each party, reports and orders are entered by the operator."""

from collections.abc import Mapping

import streamlit as st

import warehouse
from pages.ui.access import require
from pages.ui.contract_choice import asked_contract, choose_contract, contract_href
from pages.ui.contract_terms import metric_titles
from pages.ui.downloads import contract_downloads
from pages.ui.figure_style import show_figure
from pages.ui.layout import Link, example_notice, framed, heading, links, notice, section
from pages.ui.ledger import Purse, cap_table, fee_waterfall, line_table, report_words, state_words, term_table
from pages.ui.markup import show
from pages.ui.no_contract import without_contract
from pages.ui.numbers import instant
from pages.ui.relief import operator_section, relief_section
from pages.ui.seals import late_words
from pages.ui.supposing import what_if_section
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from pages.ui.waterfall import axis_start
from survey import pick
from warehouse.contracts import current_contract
from warehouse.exports import RAW
from warehouse.scorecard import Row, scorecard
from warehouse.settling import Ledger, Settlements, settlements

role = require()


def page() -> None:
    """The ledger of the period in the address, the latest closed one where none is asked for."""
    house = warehouse.serving()
    with framed():
        asked = asked_contract(house)
        loaded = current_contract(house, contract=asked)
        if loaded is None:
            without_contract(t("Settlement"), role)
            return
        contract, found = loaded.contract, settlements(house, contract=asked)
        if found is None:
            heading(t("Settlement"), meta=[pick(contract.title, language(), "zh")[0]])
            choose_contract(house, contract.id)
            notice([t("This contract names no fees, so nothing of it is settled in money.")])
            links(
                Link(t("See the contract"), contract_href("/contract")),
                Link(t("See its targets"), contract_href("/targets")),
            )
            return
        card = scorecard(house, contract=asked)
        _settlement(found, [row for row in card.rows if not row.segment] if card else [])


def _settlement(found: Settlements, rows: list[Row]) -> None:
    contract, chosen = found.contract, language()
    heading(
        t("Settlement"),
        meta=[
            pick(contract.title, chosen, "zh")[0],
            t("as of {instant}", instant=instant(found.as_of, contract.term.timezone, chosen)),
        ],
    )
    choose_contract(warehouse.serving(), contract.id)
    if found.is_example:
        example_notice()
    if not contract.spec.consequences:
        notice([t("This contract has no consequences: a missed target costs nothing.")])
    titles = metric_titles(contract, chosen)
    for ledger in found.ledgers:
        titles = {**metric_titles(ledger.contract, chosen), **titles}
    if not found.ledgers:
        notice([t("The first period is still running: nothing is settled yet.")])
    else:
        ledger = _chosen(found)
        _ledger(ledger, titles, [row for row in rows if row.period == ledger.period])
        relief_section(ledger, titles, role)
        if role == "operator":
            operator_section(ledger)
        section(t("All closed periods"))
        show_table(term_table(found.ledgers, chosen))
        links(*contract_downloads("settlement", t("All lines as CSV"), t("All lines as Excel")))
    if rows and contract.spec.consequences:
        what_if_section(contract, found.ledgers, rows, titles)


def _chosen(found: Settlements) -> Ledger:
    """The field, and the ledger of the address; a period that does not exist is ignored."""
    ledgers = {ledger.period.name: ledger for ledger in reversed(found.ledgers)}
    asked = st.query_params.get("period", "")
    st.session_state["settlement-period"] = asked if asked in ledgers else next(iter(ledgers))
    name = st.selectbox(t("Period"), list(ledgers), key="settlement-period", on_change=_to_address, width=240)
    return ledgers[name]


def _to_address() -> None:
    st.query_params["period"] = st.session_state["settlement-period"]


def _ledger(ledger: Ledger, titles: Mapping[str, str], rows: list[Row]) -> None:
    chosen, settled = language(), ledger.settlement
    purse = Purse(ledger.contract, chosen)
    section(
        t("Ledger of {period}", period=ledger.period.name),
        t(
            "Version {version}, {state}. Report of party B: {report}.",
            version=ledger.contract.version,
            state=state_words(ledger, chosen),
            report=report_words(ledger, chosen),
        ),
    )
    _evidence(ledger, titles, rows)
    tiles = [
        (t("Payable for the period"), settled.payable, t("without added services")),
        (t("Deducted"), settled.deducted, t("after caps")),
        (t("Earned back and bonus"), settled.earned_back + settled.bonus, ""),
        (t("With added services"), settled.total, t("the sum of all lines")),
    ]
    show("tiles", tiles=[{"name": a, "value": purse.said(b), "words": c} for a, b, c in tiles])
    show_table(line_table(settled, ledger.contract, titles, rows, chosen))
    section(t("From base fee to what is payable"), t("In {currency}.", currency=purse.currency))
    figure, steps = fee_waterfall(settled, ledger.contract, titles, chosen)
    show_figure(
        figure,
        "fee-waterfall",
        t("From the base fee of {period} to what is payable", period=ledger.period.name),
    )
    if start := axis_start(steps):
        said = t("The axis begins at {start}, so that the movement can be seen.", start=f"{start:,}")
        show("notes", notes=[said])
    report = contract_href(f"/report/{ledger.period.name}")
    links(Link(t("Report for approval and print"), report), *contract_downloads("settlement"))
    if caps := cap_table(ledger, chosen):
        section(t("Caps after {period}", period=ledger.period.name))
        show_table(caps)


def _evidence(ledger: Ledger, titles: Mapping[str, str], rows: list[Row]) -> None:
    """The hash of the seal and what came since; that a settled period is not sealed yet."""
    if ledger.seal is None:
        if not ledger.is_provisional:
            notice([t("This period is settled and not sealed yet: what comes late would still change it.")])
        return
    show("facts", facts=[(t("Hash of the seal (SHA-256)"), ledger.seal.sha256)])
    if role in RAW:
        href = contract_href(f"/export/seal/{ledger.period.name}.json")
        links(Link(t("What was sealed, as the text that was hashed (JSON)"), href, download=True))
    late = [(row.metric.name, words) for row in rows if (words := late_words(row, language()))]
    if late:
        joined = t("{metric}: {words}")
        notice([joined.format(metric=titles.get(name, name), words=words) for name, words in late])


page()

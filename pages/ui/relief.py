"""Relief from consequences: who approved what, and each party's own approval; the operator's two entries."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

import warehouse
from contract import Contract
from pages.ui.layout import notice, section
from pages.ui.ledger import report_words
from pages.ui.literal import literal
from pages.ui.markup import show
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from survey import pick
from warehouse.entering import (
    Side,
    approve_relief,
    hand_in_report,
    local_today,
    order_service,
    take_back_report,
    withdraw_relief,
)
from warehouse.evidence.sealing import seal_period
from warehouse.settling import Ledger

_SIDES: Mapping[str, Side] = {"party_a": "A", "party_b": "B"}
_SIDE_TITLES = {"A": "Party A", "B": "Party B"}
_GROUNDS = {
    "force_majeure": "Force majeure",
    "caused_by_a": "Caused by party A",
    "caused_by_third_party": "Caused by a third party",
}


def relief_section(ledger: Ledger, titles: Mapping[str, str], role: str) -> None:
    """The approvals of the period, and for a party the fields of its own."""
    terms = ledger.contract.spec.relief
    if terms is None:
        return
    section(
        t("Relief"),
        t(
            "A missed target costs nothing once all who have to agree did (clause {clause}).",
            clause=terms.clause,
        ),
    )
    known = ledger.proceedings.approved
    if known:
        show_table(_approvals(ledger, titles))
    else:
        show("notes", notes=[t("Nobody has approved any relief for this period.")])
    if not ledger.is_open:
        notice([t("This settlement stands: relief approved now comes back in the period of the approval.")])
    side = _SIDES.get(role)
    if side is not None:
        _own(ledger, titles, side)


def operator_section(ledger: Ledger) -> None:
    """What only the operator enters: that the report came, how often a service was ordered, the sealing."""
    section(t("Report and orders"))
    name = ledger.period.name
    if not ledger.is_provisional and ledger.seal is None:
        show(
            "notes", notes=[t("Sealing keeps this and every earlier settled period as it is now, for good.")]
        )
        if st.button(t("Seal the period"), key=f"seal-{name}"):
            _do(partial(_seal, period=name, contract=ledger.contract.id))
    if ledger.report_due is not None:
        show("facts", facts=[(t("Report of party B"), report_words(ledger, language()))])
        _report(ledger)
    fees = ledger.contract.spec.fees
    for service in fees.added_services if fees else ():
        if service.per != "order" or not ledger.is_open:
            continue
        now = ledger.proceedings.orders.get(service.id, 0)
        with st.form(f"order-{name}-{service.id}"):
            show("notes", notes=[pick(service.title, language(), "zh")[0]])
            count = st.number_input(
                t("How often ordered in {period}", period=name),
                min_value=0,
                max_value=1_000_000,
                value=now,
                step=1,
            )
            if st.form_submit_button(t("Keep the number of orders")):
                contract = ledger.contract.id
                _do(
                    partial(
                        order_service, period=name, service=service.id, count=int(count), contract=contract
                    )
                )


def _report(ledger: Ledger) -> None:
    """The day on which the report came, until the period is sealed."""
    name, contract = ledger.period.name, ledger.contract.id
    if ledger.proceedings.report_day is None:
        today = local_today(warehouse.serving())
        with st.form(f"report-{name}"):
            came = st.date_input(
                t("Day on which the report came"),
                value=today,
                min_value=min(ledger.period.end, today),
                max_value=today,
                key="report-day",
            )
            if st.form_submit_button(t("Keep the day of the report"), key="report-handed-in"):
                _do(partial(hand_in_report, period=name, contract=contract, came=came))
    elif ledger.is_open and st.button(t("The report did not come on that day"), key="report-taken-back"):
        _do(partial(take_back_report, period=name, contract=contract))


def _seal(house: warehouse.Warehouse, period: str, contract: str) -> None:
    seal_period(house, period, contract)


def _own(ledger: Ledger, titles: Mapping[str, str], side: Side) -> None:
    terms, name, contract = ledger.contract.spec.relief, ledger.period.name, ledger.contract.id
    if terms is None or side not in terms.needs:
        return
    mine = [one for one in ledger.proceedings.approved if side in one.approved_by]
    for one in mine if ledger.is_open else ():
        label = t("Take back our approval: {metric}", metric=titles.get(one.metric, one.metric))
        if st.button(literal(label), key=f"withdraw-{name}-{one.metric}"):
            _do(partial(withdraw_relief, period=name, metric=one.metric, side=side, contract=contract))
    done = {one.metric for one in mine}
    open_ones = [metric for metric in _metrics(ledger.contract, name) if metric not in done]
    if not open_ones:
        return
    with st.form(f"relief-{name}"):
        metric = st.selectbox(
            t("Target"),
            open_ones,
            format_func=lambda each: titles.get(each, each),
            key=f"relief-metric-{name}",
        )
        ground = st.selectbox(
            t("Ground"),
            list(terms.grounds),
            format_func=lambda each: t(_GROUNDS[each]),
            key=f"relief-ground-{name}",
        )
        label = t("Approve as party A") if side == "A" else t("Approve as party B")
        if st.form_submit_button(label):
            _do(
                partial(
                    approve_relief, period=name, metric=metric, ground=ground, side=side, contract=contract
                )
            )


def _do(write: Callable[[warehouse.Warehouse], None]) -> None:
    """Write, and draw the page again with what it changed; a refusal is said and changes nothing.

    Not as a callback: those run before the page has asked who is there.
    """
    try:
        write(warehouse.serving())
    except warehouse.WarehouseError as error:
        notice([error.problem.words(language())], title=t("Nothing was changed"), tone="bad")
        return
    st.rerun()


def _metrics(contract: Contract, period: str) -> list[str]:
    """Targets of the period that carry liability."""
    return [
        terms.metric
        for terms in contract.spec.targets
        if contract.liable(terms.metric) and contract.target(terms.metric, period) is not None
    ]


def _approvals(ledger: Ledger, titles: Mapping[str, str]) -> Table:
    terms = ledger.contract.spec.relief
    needs = terms.needs if terms else ()
    rows = []
    for one in ledger.proceedings.approved:
        approved = [t(_SIDE_TITLES[side]) for side in needs if side in one.approved_by]
        missing = [t(_SIDE_TITLES[side]) for side in needs if side not in one.approved_by]
        state = t("granted")
        if missing:
            state = t("waiting for {sides}", sides=t(", ").join(missing))
        rows.append(
            [
                Cell(titles.get(one.metric, one.metric)),
                Cell(t(_GROUNDS[one.ground])),
                Cell(t(", ").join(approved)),
                Cell(state),
            ]
        )
    columns = [Column(t(name)) for name in ("Target", "Ground", "Approved by", "State")]
    return Table(t("Relief"), columns, rows)

"""The contract: who is bound, for how long, every clause with what hangs on it, examples and versions."""

from collections.abc import Mapping
from datetime import timedelta

import streamlit as st

import warehouse
from contract import Contract
from pages.ui.access import require
from pages.ui.contract_choice import asked_contract, choose_contract, contract_href
from pages.ui.contract_examples import example_table
from pages.ui.contract_terms import clauses_shown, metric_titles, term_facts, tier_table
from pages.ui.contract_upload import show_warnings
from pages.ui.contract_versions import changes, state_words, version_table
from pages.ui.layout import Link, example_notice, framed, heading, links, notice, section
from pages.ui.markup import show
from pages.ui.no_contract import without_contract
from pages.ui.numbers import day
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from survey import pick
from warehouse.as_of import as_of
from warehouse.contracts import LoadedContract, current_contract

role = require()


def page() -> None:
    """One version of the contract, that in force where no other is asked for."""
    house = warehouse.serving()
    with framed():
        loaded = current_contract(house, contract=asked_contract(house))
        if loaded is None:
            without_contract(t("Contract"), role)
            return
        today = as_of(house).until - timedelta(days=1)
        shown, chosen = _asked(loaded), language()
        heading(
            pick(shown.title, chosen, "zh")[0],
            meta=[
                shown.id,
                t("Version {version}", version=shown.version),
                state_words(loaded.versions, shown, today, chosen),
                t("from {day} on", day=day(shown.in_force_from, chosen)),
            ],
        )
        choose_contract(house, shown.id)
        if loaded.is_example:
            example_notice()
        show_warnings(shown)
        _terms(shown, loaded)
        section(t("Versions"), t("A signed version never changes. The days tell which one is in force."))
        show_table(version_table(loaded.versions, today, chosen))
        _differences(loaded, metric_titles(shown, chosen))


def _terms(shown: Contract, loaded: LoadedContract) -> None:
    chosen = language()
    clauses = clauses_shown(shown, chosen)
    asked = st.query_params.get("clause", "")
    for clause in clauses:
        if clause.number == asked:
            section(t("The clause you followed"))
            show("clause", clause=clause)
            links(Link(t("The whole contract"), contract_href("/contract")))
            return
    if len(loaded.versions) > 1:
        _choose_version(loaded, shown)
    section(t("Parties and term"))
    show("facts", facts=term_facts(shown, chosen))
    if tiers := tier_table(shown, chosen):
        section(t("Customer tiers"), t("A customer belongs to the last tier of which one bar is reached."))
        show_table(tiers)
    section(
        t("Clauses"),
        t("Under each clause, in plain words, what the software does for it: made from the contract file."),
    )
    show("places", places=clauses, label=t("Clauses"))
    for clause in clauses:
        show("clause", clause=clause)
    if not shown.spec.fees:
        notice([t("This contract names no fees, so nothing of it is settled in money.")])
    elif not shown.spec.consequences:
        notice([t("This contract has no consequences: a missed target costs nothing.")])
    if examples := example_table(shown, metric_titles(shown, chosen), chosen):
        section(
            t("Worked examples"),
            t("Worked through by both parties; the file is only read when each comes out as written."),
        )
        show_table(examples)


def _asked(loaded: LoadedContract) -> Contract:
    """The version of the address; one that does not exist is ignored."""
    versions = {str(each.version): each for each in loaded.versions}
    return versions.get(st.query_params.get("version", ""), loaded.contract)


def _choose_version(loaded: LoadedContract, shown: Contract) -> None:
    st.session_state["contract-version"] = shown.version
    st.selectbox(
        t("Version"),
        [each.version for each in loaded.versions],
        key="contract-version",
        on_change=_to_address,
        args=("version", "contract-version"),
        width=240,
    )


def _differences(loaded: LoadedContract, titles: Mapping[str, str]) -> None:
    section(t("What two versions differ in"))
    numbers = [each.version for each in loaded.versions]
    if len(numbers) < 2:
        notice([t("There is one version only, so nothing differs.")])
        return
    asked = {str(number): number for number in numbers}
    pair = {
        "from": asked.get(st.query_params.get("from", ""), numbers[-2]),
        "to": asked.get(st.query_params.get("to", ""), numbers[-1]),
    }
    labels = {"from": t("From version"), "to": t("To version")}
    for column, (name, label) in zip(st.columns(2), labels.items(), strict=True):
        key = f"contract-{name}"
        st.session_state[key] = pair[name]
        column.selectbox(label, numbers, key=key, on_change=_to_address, args=(name, key))
    versions = {each.version: each for each in loaded.versions}
    found = changes(versions[pair["from"]], versions[pair["to"]], titles, language())
    if not found:
        notice([t("These two versions say the same.")])
        return
    columns = [t("Place"), t("Change"), t("Before"), t("After")]
    show(
        "differences",
        caption=t("What two versions differ in"),
        columns=columns,
        rows=found,
        not_comparable="",
    )


def _to_address(name: str, key: str) -> None:
    st.query_params[name] = str(st.session_state[key])


page()

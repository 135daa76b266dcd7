"""The first start: an empty warehouse greets the operator with two choices, the example or an empty start."""

import streamlit as st

import warehouse
from pages.ui.contract_upload import upload_contract
from pages.ui.layout import Link, heading, links, notice, section
from pages.ui.markup import show
from pages.ui.texts import language, t
from warehouse.example import load_example, start_empty


def greet(role: str) -> None:
    """Greet whoever comes first; only the operator may choose."""
    heading(
        t("Welcome to Pactboard"),
        lead=t("Survey answers in, contract verdict out. This warehouse is still empty."),
    )
    if role != "operator":
        notice([t("The operator chooses how to start. Come back when the contract is loaded.")])
        return
    if failure := st.session_state.pop("first-start-failure", None):
        notice([failure], title=t("The example could not be loaded"), tone="bad")
    example, empty = st.columns(2, gap="medium")
    with example, st.container(border=True, height="stretch"):
        section(
            t("Look around with the example"),
            t("A membership club: 18 months of members, purchases and answers, and the contract over them."),
        )
        st.space("stretch")
        load = st.button(t("Load the example"), type="primary", key="load-example")
    with empty, st.container(border=True, height="stretch"):
        section(
            t("Start empty"),
            t("Your own survey, your own contract. The built-in questionnaire is ready to be sent."),
        )
        st.space("stretch")
        st.button(t("Start empty"), key="start-empty", on_click=_start_empty)
    if load:
        _load()


def next_steps(role: str) -> None:
    """What to do in a warehouse that has no contract yet."""
    heading(t("No contract is loaded yet"), lead=t("As soon as there is one, its targets stand here."))
    steps = [t("Send the link of the questionnaire to customers; each answer is kept from the first one on.")]
    if role == "operator":
        steps += [
            t("Import what there is already: answers, members, purchases and events (CSV, XLSX)."),
            t("Import or enter cases, care and the other records, each on its own page."),
            t("Load the contract: a YAML file like contract/example/contract.yaml."),
        ]
    show("steps", steps=steps)
    shown = [Link(t("Open the questionnaire"), "/s/customer-satisfaction")]
    if role == "operator":
        shown += [
            Link(t("Import answers and members"), "/import_data"),
            Link(t("Cases and other records"), "/records"),
        ]
    links(*shown)
    if role == "operator":
        upload_contract()


def _load() -> None:
    bar = st.progress(0.0, t("Loading the example"))

    def tell(share: float, step: str) -> None:
        bar.progress(share, step)

    try:
        load_example(warehouse.serving(), tell, language())
    except warehouse.WarehouseError as error:
        st.session_state["first-start-failure"] = error.problem.words(language())
    st.rerun()


def _start_empty() -> None:
    start_empty(warehouse.serving())

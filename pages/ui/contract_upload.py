"""Putting a contract in force: the operator chooses its file; what is wrong with it is said line by line."""

import streamlit as st

import warehouse
from contract import ContractError
from pages.ui.layout import notice
from pages.ui.texts import language, t
from warehouse.contracts import load_contract


def upload_contract() -> None:
    """The file chooser and its button. A contract that is refused changes nothing."""
    given = st.file_uploader(t("Contract file (YAML)"), type=["yaml", "yml"], key="contract-file")
    st.button(
        t("Load the contract"), type="primary", key="contract-load", disabled=given is None, on_click=_load
    )
    if problems := st.session_state.get("contract-problems"):
        notice(problems, title=t("The contract was not loaded"), tone="bad")


def _load() -> None:
    given = st.session_state["contract-file"]
    problems: list[str] = []
    try:
        load_contract(warehouse.serving(), given.getvalue().decode("utf-8"))
    except UnicodeDecodeError:
        problems = [t("The file is not UTF-8 text. Save it as UTF-8 and try again.")]
    except ContractError as error:
        problems = [problem.words(language()) for problem in error.problems]
    except warehouse.WarehouseError as error:
        problems = [error.problem.words(language())]
    st.session_state["contract-problems"] = problems

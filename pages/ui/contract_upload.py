"""The contract in force, and putting the next one there: what is wrong with a file is said line by line."""

import streamlit as st

import warehouse
from contract import Contract, ContractError
from pages.ui.layout import Link, links, notice, section
from pages.ui.numbers import day
from pages.ui.texts import language, t
from survey import pick
from warehouse.contract_loading import load_contract, withdraw_contract
from warehouse.contract_warnings import contract_warnings
from warehouse.contracts import LoadedContract, contracts, current_contract


def contract_section() -> None:
    """Which contract is in force and what in it looks like a mistake; below, the next version is loaded."""
    section(
        t("Contract"),
        t("A version never changes. A supplement is the next version: it is in force from its first day on."),
    )
    if loaded := current_contract(warehouse.serving()):
        _in_force(loaded)
    else:
        notice([t("No contract is loaded yet.")])
    upload_contract()
    _withdrawing()


def upload_contract() -> None:
    """The file chooser and its button. A contract that is refused changes nothing."""
    given = st.file_uploader(
        t("Contract file (YAML)"), type=["yaml", "yml"], key="contract-file", on_change=_forget
    )
    st.button(
        t("Load the contract"), type="primary", key="contract-load", disabled=given is None, on_click=_load
    )
    if problems := st.session_state.get("contract-problems"):
        notice(problems, title=t("The contract was not loaded"), tone="bad")


def _withdrawing() -> None:
    """Takes back a contract that was loaded by mistake, as long as no period is sealed by it."""
    house = warehouse.serving()
    unsealed = [one for one in contracts(house) if not one.seals and not one.is_example]
    known = {one.contract.id: one.contract for one in unsealed}
    if problems := st.session_state.pop("contract-kept", None):
        notice(problems, title=t("Nothing was changed"), tone="bad")
    if not known:
        return
    with st.expander(t("A contract was loaded by mistake")):
        st.selectbox(
            t("Contract"),
            list(known),
            format_func=lambda name: f"{pick(known[name].title, language(), 'zh')[0]} ({name})",
            key="contract-mistaken",
        )
        st.button(t("Withdraw the contract"), key="contract-withdraw", on_click=_withdraw)


def show_warnings(contract: Contract) -> None:
    """What in the contract looks like a mistake, or asks for what is not there yet."""
    lines = [problem.words(language()) for problem in contract.warnings]
    lines += [problem.words(language()) for problem in contract_warnings(warehouse.serving(), contract)]
    if lines:
        notice(lines, title=t("This may be a mistake in the contract: look again"), tone="bad")


def _in_force(loaded: LoadedContract) -> None:
    contract, chosen = loaded.contract, language()
    coming = [each for each in loaded.versions if each.in_force_from > contract.in_force_from]
    done = st.session_state.get("contract-done") == contract.sha256
    notice(
        [
            pick(contract.title, chosen, "zh")[0],
            t("Version {version}", version=contract.version),
            t(
                "{start} until before {end}",
                start=day(contract.term.start, chosen),
                end=day(contract.term.end, chosen),
            ),
            *(
                t(
                    "Version {version} is loaded too: it is in force from {day} on.",
                    version=each.version,
                    day=day(each.in_force_from, chosen),
                )
                for each in coming
            ),
        ],
        title=t("Loaded: in force from now on") if done else t("In force"),
        tone="good" if done else "open",
    )
    show_warnings(contract)
    links(Link(t("See its targets"), "/overview"))


def _load() -> None:
    _forget()
    given = st.session_state["contract-file"]
    problems: list[str] = []
    try:
        contract = load_contract(warehouse.serving(), given.getvalue().decode("utf-8"))
        st.session_state["contract-done"] = contract.sha256
    except UnicodeDecodeError:
        problems = [t("The file is not UTF-8 text. Save it as UTF-8 and try again.")]
    except ContractError as error:
        problems = [problem.words(language()) for problem in error.problems]
    except warehouse.WarehouseError as error:
        problems = [error.problem.words(language())]
    st.session_state["contract-problems"] = problems


def _withdraw() -> None:
    _forget()
    try:
        withdraw_contract(warehouse.serving(), st.session_state["contract-mistaken"])
    except warehouse.WarehouseError as error:
        st.session_state["contract-kept"] = [error.problem.words(language())]


def _forget() -> None:
    for name in ("contract-problems", "contract-done"):
        st.session_state.pop(name, None)

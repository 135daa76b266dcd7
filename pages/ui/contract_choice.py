"""Which contract a page shows, where several follow each other: `?contract=` in the address, else that in
force; links between such pages keep it."""

from collections.abc import Mapping
from urllib.parse import urlencode

import streamlit as st

from pages.ui.texts import language, t
from survey import pick
from warehouse import Warehouse
from warehouse.as_of import as_of
from warehouse.contracts import contracts, current_contract

_KEY = "contract"


def asked_contract(house: Warehouse) -> str | None:
    """The id in the address; None for the contract in force. One that does not count is taken out."""
    asked = st.query_params.get(_KEY)
    if asked is not None and current_contract(house, contract=asked) is None:
        del st.query_params[_KEY]
        return None
    return asked


def choose_contract(house: Warehouse, shown: str) -> None:
    """The field, where there are several contracts; `shown` is the id of the one on the page."""
    titles = _titles(house, language())
    if len(titles) < 2:
        return
    st.session_state["contract-shown"] = shown
    st.selectbox(
        t("Contract"),
        list(titles),
        format_func=lambda name: titles[name],
        key="contract-shown",
        on_change=_to_address,
        width=480,
    )


def _titles(house: Warehouse, language: str) -> Mapping[str, str]:
    """Of each contract by its id, in the version in force on the day of the figures, with its term; kept
    until something is committed or the day is over."""

    def read() -> Mapping[str, str]:
        known = {each.contract.id: each.contract for each in contracts(house)}
        return {
            name: f"{pick(one.title, language, 'zh')[0]} ({one.periods[0].name} – {one.periods[-1].name})"
            for name, one in known.items()
        }

    return house.while_unchanged(("contract-titles", language), read, as_of(house).until)


def contract_href(path: str, **query: str) -> str:
    """The address of a page or file of the contract that this page shows."""
    asked = st.query_params.get(_KEY)
    given = urlencode(query | ({_KEY: asked} if asked else {}))
    return f"{path}?{given}" if given else path


def _to_address() -> None:
    for name in ("period", "metric", "clause", "version", "from", "to"):  # the other contract's
        if name in st.query_params:
            del st.query_params[name]
    st.query_params[_KEY] = st.session_state["contract-shown"]

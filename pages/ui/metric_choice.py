"""Choosing one metric of the contract; the address is the truth, as `?metric=`."""

from collections.abc import Mapping, Sequence

import streamlit as st

from pages.ui.contract_choice import contract_href


def choose_metric(label: str, names: Sequence[str], titles: Mapping[str, str], everything: str = "") -> str:
    """The field, and the metric of the address; "" for all of them, which is offered where `everything`
    names it. A metric that does not exist is ignored."""
    offered = ["", *names] if everything else list(names)
    asked = st.query_params.get("metric", "")
    chosen = asked if asked in offered else offered[0]
    st.session_state["metric"] = chosen
    st.selectbox(
        label,
        offered,
        format_func=lambda name: titles[name] if name else everything,
        key="metric",
        on_change=_to_address,
        width=360,
    )
    return chosen


def computed_href(metric: str) -> str:
    """The page that says how the metric is computed."""
    return contract_href("/computed", metric=metric)


def target_href(metric: str) -> str:
    """The page that shows the metric's target over the term."""
    return contract_href("/targets", metric=metric)


def _to_address() -> None:
    st.query_params["metric"] = st.session_state["metric"]

"""Who may see a Streamlit page: each private page calls `require` before anything else."""

from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui.layout import NARROW, framed, heading, notice
from pages.ui.texts import t
from warehouse import serving
from warehouse.access import Role, session_role
from warehouse.audit.acting import VISITOR, ask

SESSION_COOKIE = "pactboard_session"
ROLE_TITLES = {"operator": "Operator", "party_a": "Party A", "party_b": "Party B", "mediator": "Mediator"}


def cookie() -> str | None:
    """The session cookie the browser sent when it connected; HttpOnly, so no script can read it."""
    return st.context.cookies.get(SESSION_COOKIE)


def current_role() -> Role | None:
    """The role of the signed-in visitor, asked of the warehouse at every run: signing out holds at once."""
    value = cookie()
    return session_role(value) if value else None


def _acting() -> str | None:
    """Who works in this run of a page; None outside of one. Buttons act before the page asks who is there."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return current_role() or VISITOR


ask(_acting)


def require(*roles: str) -> Role:
    """Let the page run on for these roles only, or for anyone signed in; others read why, and it stops.

    Returns:
        The visitor's role.
    """
    role = current_role()
    if role is None:
        _refuse(
            t("Please sign in"),
            t(
                "This page is for people with a signed-in link. Open the link that was printed when the "
                "server started, or ask the operator to make one for you."
            ),
            t("Questionnaires stay open to everybody; only figures and exports need the link."),
        )
    elif roles and role not in roles:
        serving().audit.note_refused("page-not-yours")
        _refuse(
            t("Not for this role"),
            t(
                "You are signed in as {role}; this page is for: {allowed}. Ask the operator if you need it.",
                role=t(ROLE_TITLES[role]),
                allowed=", ".join(t(ROLE_TITLES[allowed]) for allowed in roles),
            ),
        )
    return role


def _refuse(title: str, *lines: str) -> NoReturn:
    with framed(NARROW):
        heading(title)
        notice(lines)
    st.stop()

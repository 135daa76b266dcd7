"""The line above every page: the other language, who is signed in, and the way out."""

from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages.ui.access import ROLE_TITLES
from pages.ui.markup import show
from pages.ui.texts import LANGUAGE_NAMES, translate


def visitor_line(role: str | None, language: str) -> None:
    """Draw the line for a visitor with this role, None for one who is not signed in; the page that follows
    brings the stylesheet."""
    others = [(code, name) for code, name in LANGUAGE_NAMES.items() if code != language]
    show(
        "visitor",
        languages=[(code, name, _switch(code)) for code, name in others],
        role=translate(ROLE_TITLES[role], language) if role else "",
        sign_out=translate("Sign out", language),
    )


def _switch(code: str) -> str:
    """The address that changes the language and comes back to this page with its filters."""
    path = urlsplit(st.context.url or "").path or "/"
    kept = {name: st.query_params.get_all(name) for name in st.query_params if name != "lang"}
    here = f"{path}?{urlencode(kept, doseq=True)}" if kept else path
    return "/language?" + urlencode({"to": code, "next": here})

"""Wiring: the router when Streamlit runs this file as its script, the ASGI app when a server imports it,
and both in one process under `python dashboard.py`."""

import gc
import logging
import sys
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

HERE = Path(__file__).resolve().parent

if get_script_run_ctx(suppress_warning=True) is not None:
    from pages.ui.access import current_role
    from pages.ui.layout import ICON
    from pages.ui.menu import menu
    from pages.ui.texts import language
    from pages.ui.visitor import visitor_line

    st.set_page_config(page_title="Pactboard", page_icon=ICON, layout="wide")
    role, spoken = current_role(), language()
    # Visitors who are not signed in get no menu: they come to answer, or to be told how to sign in.
    chosen = st.navigation(menu(role, spoken), position="top" if role else "hidden")
    visitor_line(role, spoken)
    chosen.run()
else:
    # Some 1,500 modules are loaded below, and none goes: looking for garbage among them meanwhile takes a
    # tenth of a start, and looking through them again later a twentieth of each rerun.
    gc.disable()
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    # Called once at import: until then Streamlit would find pages/ by itself and run a page past this file.
    st.navigation([st.Page(HERE / "pages" / "overview.py")], position="hidden")

    from pages.ui.layout import show_failure
    from pages.web.guard import middleware
    from pages.web.routes import routes
    from pages.web.starting import lifespan, serve

    gc.freeze()
    gc.enable()
    app = st.App(
        HERE / "dashboard.py",
        routes=routes(),
        middleware=middleware(),
        lifespan=lifespan,
        on_script_error=show_failure,
    )
    if __name__ == "__main__":
        sys.exit(serve(app))

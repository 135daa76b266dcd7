"""`python -m tests.benchmarks.bare_page title|nothing`: the server of `python dashboard.py` with that script
of `bare/` instead of the pages, to measure beside them."""

import sys
from pathlib import Path

import streamlit as st

from pages.ui.layout import show_failure
from pages.web.guard import middleware
from pages.web.routes import routes
from pages.web.starting import lifespan, serve

if __name__ == "__main__":
    script = Path(__file__).parent / "bare" / f"{sys.argv[1]}.py"
    app = st.App(
        script, routes=routes(), middleware=middleware(), lifespan=lifespan, on_script_error=show_failure
    )
    sys.exit(serve(app))

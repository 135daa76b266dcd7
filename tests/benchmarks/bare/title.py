"""A page that is a title alone, behind the same guard and the same navigation as every page: what a rerun
costs before a page shows anything."""

import streamlit as st

from pages.ui.access import current_role
from pages.ui.menu import menu
from pages.ui.visitor import visitor_line

st.set_page_config(page_title="Pactboard", layout="wide")
role = current_role()
st.navigation(menu(role), position="top" if role else "hidden")
visitor_line(role)
st.title("Pactboard")

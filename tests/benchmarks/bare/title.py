"""A page that is a title alone, behind the same guard and the same navigation as every page: what a rerun
costs before a page shows anything."""

import streamlit as st

from pages.ui.access import current_role
from pages.ui.layout import ICON
from pages.ui.menu import menu
from pages.ui.texts import language
from pages.ui.visitor import visitor_line

st.set_page_config(page_title="Pactboard", page_icon=ICON, layout="wide")
role, spoken = current_role(), language()
st.navigation(menu(role, spoken), position="top" if role else "hidden")
visitor_line(role, spoken)
st.title("Pactboard")

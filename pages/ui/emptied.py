"""Fields that can be emptied again. A browser lets a number or a moment be emptied only where the widget's
own default is nothing, so what stands in the field at first comes from the session."""

import streamlit as st


def at_first(key: str, value: object) -> str:
    """The key of a widget, with what it holds when it is first drawn; give the widget `value=None`."""
    if key not in st.session_state:
        st.session_state[key] = value
    return key

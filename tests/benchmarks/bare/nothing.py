"""A script of Streamlit that does nothing: what a rerun costs at least."""

"""Our own HTTP routes beside Streamlit's: light form, exports, sign-in, health, and the guard of all."""

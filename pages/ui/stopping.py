"""Work that takes long: how far it is, and a button that stops it."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

import streamlit as st

from pages.ui.layout import notice
from pages.ui.texts import t

_STOPPED = "work-stopped"


@contextmanager
def stoppable(label: str) -> Generator[Callable[[int, int], None], None, None]:
    """A bar, and a button beneath it, for as long as the block takes; it is told how much is done.

    A click on the button runs the page anew. Streamlit breaks the run under way off where it next shows
    something: at the bar, which therefore stops the work between two of its steps and never within one."""
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, label)
        st.button(t("Stop"), key="work-stop", on_click=_stop)

    def tell(done: int, total: int) -> None:
        bar.progress(min(done / total, 1.0) if total else 1.0, label)

    try:
        yield tell
    finally:
        place.empty()


def was_stopped() -> None:
    """Say so, once, after the work was stopped by its button."""
    if st.session_state.pop(_STOPPED, False):
        notice(
            [
                t("What is stored already stays. Load the same file again, and it goes on from there."),
            ],
            title=t("Stopped"),
        )


def _stop() -> None:
    st.session_state[_STOPPED] = True

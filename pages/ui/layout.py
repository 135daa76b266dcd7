"""The frame of a page: our stylesheet, a readable width, headings, sections, notices and links."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st

from pages.ui.markup import HERE, Block, show
from pages.ui.texts import language, t
from warehouse import WarehouseError

WIDE = 1120
NARROW = 680
ICON = f"data:image/svg+xml;base64,{b64encode((HERE / 'mark.svg').read_bytes()).decode()}"
_LOOK = Block(f"<style>{(HERE / 'look.css').read_text(encoding='utf-8')}</style>")


@dataclass(frozen=True, slots=True)
class Link:
    """`download` for an export, which the browser then saves without leaving the page."""

    label: str
    href: str
    download: bool = False


@contextmanager
def framed(width: int = WIDE) -> Iterator[None]:
    """Everything of a page stands in here: with our stylesheet, centred, `width` pixels at most.

    A problem of the warehouse ends the page with its words, in the reader's language.
    """
    _LOOK.show()
    with st.container(horizontal_alignment="center"), st.container(width=width):
        try:
            yield
        except WarehouseError as error:
            _failed(error.problem.words(language()))


def show_failure(error: Exception) -> bool:
    """Instead of Streamlit's box of exceptions; Streamlit has logged the traceback on the server already.

    Returns:
        True: the reader has been told.
    """
    with framed():
        if isinstance(error, WarehouseError):
            raise error
        _failed(
            t("Something went wrong on the server. Nothing of yours is lost: what was confirmed is stored."),
            t("Load the page again. If it happens once more, tell the operator when it happened."),
        )
    return True


def _failed(*lines: str) -> None:
    notice(lines, title=t("This cannot be shown now"), tone="bad")


def heading(title: str, meta: Sequence[str] = (), lead: str = "") -> None:
    """The page's title, a quiet line of facts about it, and the sentence that answers the page's question."""
    show("heading", title=title, meta=meta, lead=lead)


def section(title: str, note: str = "") -> None:
    """The title of a part of the page, with one quiet line under it."""
    show("section", title=title, note=note)


def notice(lines: Sequence[str], title: str = "", tone: str = "open") -> None:
    """A framed message; `tone` is good, bad or open. `lines` may hold text from people."""
    show("notice", lines=lines, title=title, tone=tone)


def example_notice() -> None:
    """Says that what follows is the example; stands on every page that shows it."""
    notice([t("These are example data, made up for a look around: no real member or customer is in them.")])


def links(*shown: Link) -> None:
    """A line of links."""
    show("links", links=shown)


def text(body: str) -> None:
    """Text from people, line breaks kept."""
    show("text", body=body)

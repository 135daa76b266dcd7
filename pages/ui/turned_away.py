"""What both forms say to somebody whose answers a survey does not take: not yet, not now, no more."""

from collections.abc import Mapping

from pages.ui.numbers import LOCALES, instant
from pages.ui.texts import translate
from warehouse.gate import NotOpen

_TITLES: Mapping[str, str] = {
    "not_yet": "This survey is not open yet",
    "paused": "This survey is paused",
    "closed": "This survey is closed",
    "full": "This survey has enough answers",
}
_VISITORS: Mapping[str, str] = {
    "not_yet": "It opens on {when}. Please come back then.",
    "paused": "Please come back a little later.",
    "closed": "It has been closed since {when}. Thank you for wanting to take part.",
    "full": "All the answers that were needed have arrived. Thank you for wanting to take part.",
}
_WRITERS: Mapping[str, str] = {
    "not_yet": (
        "This survey opens on {when}. What you wrote stays on this page: leave it open and send it then."
    ),
    "paused": (
        "This survey is paused. What you wrote stays on this page: leave it open and send it again later."
    ),
    "closed": (
        "This survey has been closed since {when}, so your answers can no longer be stored. What you wrote "
        "still stands on this page, if you want to copy it."
    ),
    "full": "This survey has enough answers, so yours were not stored. Thank you for wanting to take part.",
}


def title(refused: NotOpen, language: str) -> str:
    """What it is, in a few words."""
    return translate(_TITLES[refused.state], language)


def to_visitor(refused: NotOpen, zone: str, language: str) -> str:
    """What to say to somebody who comes, below the title."""
    return translate(_VISITORS[refused.state], language, when=_when(refused, zone, language))


def to_writer(refused: NotOpen, zone: str, language: str) -> str:
    """What to say to somebody who has filled in the form, and sees it again with all that was written."""
    return translate(_WRITERS[refused.state], language, when=_when(refused, zone, language))


def _when(refused: NotOpen, zone: str, language: str) -> str:
    return instant(refused.at, zone, language if language in LOCALES else "en") if refused.at else ""

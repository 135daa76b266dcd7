"""What the pages say, in the reader's language: catalogue, choice of language, `t` for Streamlit pages."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from survey import negotiate, normalise_language
from survey.texts import Catalogue

LANGUAGES = ("en", "zh")
LANGUAGE_NAMES = {"en": "English", "zh": "中文"}
LANGUAGE_COOKIE = "pactboard_lang"

translate = Catalogue(Path(__file__).parents[1] / "locale").translate


def choose_language(
    asked: str | None,
    kept: str | None,
    browser: str | None,
    offered: Sequence[str] = LANGUAGES,
    default: str = "en",
) -> str:
    """The language to answer in: what the link asks for, else what the cookie keeps, else the browser's.

    Args:
        asked: value of `?lang=`, untrusted.
        kept: value of the language cookie, untrusted.
        browser: an Accept-Language header or one locale.
        offered: language codes that exist here.
        default: the code when nothing wished for is offered.
    """
    for wish in (asked, kept):
        if wish and (code := normalise_language(wish)) in offered:
            return code
    return negotiate(browser or "", offered, default)


def language() -> str:
    """The language of the running Streamlit page."""
    return choose_language(
        st.query_params.get("lang"),
        st.context.cookies.get(LANGUAGE_COOKIE),
        st.context.locale or st.context.headers.get("Accept-Language"),
    )


def t(message: str, /, **values: object) -> str:
    """`message`, the English source text, in the language of the running page, with `values` filled in."""
    return translate(message, language(), **values)

"""Languages and choosing a text: zh, zh-CN and zh_Hans_CN are one; "-" or blank is no translation."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

Text = Mapping[str, str]
"""A text by language code, e.g. {"zh": "满意", "en": "satisfied"}."""

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")
_MOST_RANGES = 30
_UNSEEN = frozenset(("Zs", "Zl", "Zp", "Cc", "Cf"))
_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and a symbol that are drawn as nothing."""


def normalise_language(tag: str) -> str:
    """The primary language of a BCP 47 or POSIX locale tag, lower case ("zh-Hans-CN" -> "zh"); "" when it is
    none."""
    found = _TAG.fullmatch(tag.strip().split(".")[0])
    return found[1].lower() if found else ""


def is_missing(text: str | None) -> bool:
    """Whether a translation is absent: None, nothing that can be seen, or the "-" by which XLSForm tools
    mark it."""
    if text is None or text.strip() in ("", "-"):
        return True
    return not text.isascii() and all(map(_is_invisible, text))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or character in _FILLERS


def pick(text: Text, language: str, default_language: str) -> tuple[str, bool]:
    """The text in that language and False; else in the default language, else in any, and True (a
    fallback)."""
    if not is_missing(text.get(language)):
        return text[language], False
    for other in (default_language, *text):
        if not is_missing(text.get(other)):
            return text[other], True
    return "", True


def negotiate(accept_language: str | None, offered: Sequence[str], default: str) -> str:
    """The offered language that an Accept-Language header (RFC 9110, 12.5.4) likes best; the default when
    none fits."""
    liked: list[tuple[float, str]] = []
    for part in (accept_language or "").split(",")[:_MOST_RANGES]:
        tag, _, parameter = part.partition(";")
        language = default if tag.strip() == "*" else normalise_language(tag)
        quality = _quality(parameter)
        if language in offered and quality > 0:
            liked.append((quality, language))
    # max keeps the first of equals, which is the browser's own order.
    return max(liked, key=lambda item: item[0])[1] if liked else default


def _quality(parameter: str) -> float:
    if not parameter.strip():
        return 1.0
    found = re.fullmatch(r"\s*q\s*=\s*(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*", parameter)
    return float(found[1]) if found else 0.0

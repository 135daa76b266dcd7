"""Texts in HTML as plain text: what a reader would see, without a way to run anything."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser

LONGEST = 65_000
"""Characters of a text that are looked at; other tools keep no longer ones."""

_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "tr",
        "table",
        "hr",
        "blockquote",
    ]
)
_UNREAD = frozenset({"script", "style", "title", "head"})
_LOST = frozenset(
    [
        "script",
        "img",
        "video",
        "audio",
        "iframe",
        "object",
        "embed",
        "svg",
        "input",
        "select",
        "button",
        "form",
    ]
)


@dataclass(frozen=True, slots=True)
class Plain:
    """The text; whether there was any markup; the elements that cannot be shown as text, each once."""

    text: str
    formatted: bool
    lost: tuple[str, ...] = ()


def plain_text(markup: str) -> Plain:
    """What the HTML says. Pictures leave their description, links their address."""
    if "<" not in markup and "&" not in markup:
        return Plain(markup.strip(), False)
    reader = _Reader()
    try:
        reader.feed(markup)
        reader.close()
    except AssertionError:  # an unknown declaration, as word processors write them
        reader = _Reader()
        reader.feed(re.sub(r"<![^>]*>", "", markup))
        reader.close()
    if not reader.tags:
        return Plain("".join(reader.pieces).strip(), False)
    text = re.sub(r"[ \t]*\n[ \t]*", "\n", "".join(reader.pieces).replace("\xa0", " "))
    text = re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]{2,}", " ", text))
    return Plain(text.strip(), True, tuple(dict.fromkeys(reader.lost)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.tags = 0
        self.lost: list[str] = []
        self._unread: list[str] = []
        self._link = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags += 1
        if tag in _LOST:
            self.lost.append(tag)
        if tag in _UNREAD:
            self._unread.append(tag)
        if tag in _BLOCKS:
            self.pieces.append("\n- " if tag == "li" else "\n")
        elif tag in ("td", "th"):
            self.pieces.append(" ")
        if tag == "img" and found.get("alt"):
            self.pieces.append(f"[{found['alt']}]")
        if tag == "a":
            self._link = found.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        self.tags += 1
        if tag in self._unread:
            self._unread.remove(tag)
        if tag == "a":
            said = "".join(self.pieces)
            if self._link.startswith(("http://", "https://")) and not said.endswith(self._link):
                self.pieces.append(f" ({self._link})")
            self._link = ""
        elif tag in _BLOCKS and tag not in ("br", "hr", "li"):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.pieces.append(re.sub(r"[ \t\r\n]+", " ", data) if self.tags else data)

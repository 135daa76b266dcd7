"""What a browser would send back for a form page, read from its HTML with the standard library."""

from html.parser import HTMLParser

from pages.web.assets import ADDRESSES

FORM = "/s/customer-satisfaction"
OUR_SCRIPTS = (ADDRESSES["form"], "/form-beacon.js")


class Sheet(HTMLParser):
    """The controls of a form page. `fields` holds what a browser would send now: name -> value, or a list of
    values where there are several; `options` what can be chosen, `texts` the names of what is typed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str | list[str]] = {}
        self.options: dict[str, list[str]] = {}
        self.texts: dict[str, str] = {}
        self.language = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._text: str | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        name, value, kind = found.get("name") or "", found.get("value") or "", found.get("type")
        if tag == "html":
            self.language = found.get("lang") or ""
        elif tag == "textarea":
            self._text = name
            self.fields[name] = ""
            self.texts[name] = tag
        elif tag == "select":
            self._select = name
            self._send(name, "")
        elif tag == "option":
            self.options.setdefault(self._select, []).append(value)
            if "selected" in found:
                self._choose(value)
        elif tag == "input" and kind in ("radio", "checkbox"):
            self.options.setdefault(name, []).append(value)
            if "checked" in found:
                self._send(name, value)
        elif tag == "input":
            self._send(name, value)
            if kind != "hidden":
                self.texts[name] = str(kind)

    def _send(self, name: str, value: str) -> None:
        before = self.fields.get(name)
        if before is None:
            self.fields[name] = value
        else:
            self.fields[name] = [*([before] if isinstance(before, str) else before), value]

    def _choose(self, value: str) -> None:
        """The option of the list that was opened last."""
        before = self.fields[self._select]
        self.fields[self._select] = value if isinstance(before, str) else [*before[:-1], value]

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.fields[self._text] = f"{self.fields[self._text]}{data}"

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            # HTML drops the first line end of a textarea.
            self.fields[self._text] = str(self.fields[self._text]).removeprefix("\n")
            self._text = None

    def ids(self) -> set[str]:
        """Every id on the page."""
        return {found["id"] or "" for _, found in self.tags if "id" in found}

"""What a browser would send back for a form page, read from its HTML with the standard library."""

from html.parser import HTMLParser

FORM = "/s/customer-satisfaction"


class Sheet(HTMLParser):
    """The controls of a form page. `fields` holds what a browser would send now: name -> value."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self.language = ""
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._text: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        name, value = found.get("name") or "", found.get("value") or ""
        if tag == "html":
            self.language = found.get("lang") or ""
        elif tag == "textarea":
            self._text = name
            self.fields[name] = ""
        elif tag == "input" and found.get("type") == "hidden":
            self.fields[name] = value
        elif tag == "input" and found.get("type") == "radio":
            self.options.setdefault(name, []).append(value)
            if "checked" in found:
                self.fields[name] = value

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            # HTML drops the first line end of a textarea.
            self.fields[self._text] = self.fields[self._text].removeprefix("\n")
            self._text = None

    def ids(self) -> set[str]:
        """Every id on the page."""
        return {found["id"] or "" for _, found in self.tags if "id" in found}

"""How each verdict looks: word, shape and tone. Filled shapes are final, hollow ones may still change."""

from dataclasses import dataclass

from pages.ui.texts import translate


@dataclass(frozen=True, slots=True)
class Standing:
    """`word` in English; `shape` circle, diamond, square, triangle or dash; `tone` good, bad or open."""

    word: str
    shape: str
    hollow: bool
    tone: str

    def said(self, language: str) -> str:
        """The word in that language."""
        return translate(self.word, language)

    @property
    def symbol(self) -> str:
        """The Plotly marker symbol of the shape."""
        name = {"triangle": "triangle-up", "dash": "line-ew"}.get(self.shape, self.shape)
        return f"{name}-open" if self.hollow else name


# Every word here is a message of locale/zh/watch.po.
STANDINGS = {
    "met": Standing("Met", "circle", False, "good"),
    "missed": Standing("Missed", "diamond", False, "bad"),
    "not_proven": Standing("Not proven", "square", False, "open"),
    "too_few": Standing("Too few answers", "triangle", False, "open"),
    "no_cases": Standing("No cases", "dash", False, "open"),
    "on_course": Standing("On course", "circle", True, "good"),
    "at_risk": Standing("At risk", "diamond", True, "bad"),
    "undecided": Standing("Undecided", "square", True, "open"),
}

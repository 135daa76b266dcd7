"""Random answer sheets of the questionnaire with every type of question, valid but for what is hidden."""

from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from survey import Questionnaire, read_questionnaire
from survey.answers import Raw

EVERYTHING = Path(__file__).parent / "survey" / "everything.yaml"
TODAY = date(2026, 7, 1)

_TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=40)
_SCORES = st.sampled_from(["", "1", "2", "3", "4", "5"])
_FIRST_DAY = date(2000, 1, 1)


def everything() -> Questionnaire:
    """The questionnaire with one question of every type, and some with conditions."""
    return read_questionnaire(EVERYTHING.read_text(encoding="utf-8"), EVERYTHING.name)


def _chosen(*codes: str, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(codes), max_size=most, unique=True)


@st.composite
def sheets(draw: st.DrawFn) -> dict[str, Raw]:
    """Item code -> what a form sends; left out or "" where nothing is answered. What conditions hide may be
    among it."""
    channels = draw(_chosen("shop", "web", "phone", "other", most=2))
    cents = draw(st.none() | st.integers(0, 9_999_950))
    joined = draw(st.none() | st.dates(_FIRST_DAY, TODAY))
    left = draw(st.none() | st.dates(joined or _FIRST_DAY, date(9999, 12, 31)))
    shop = draw(st.sampled_from(["", "before", "after", "other"]))
    sheet: dict[str, Raw] = {
        "overall": draw(_SCORES.filter(bool)),
        "why": draw(_TEXTS.filter(lambda text: any(map(str.isalnum, text)))),
        "channels": channels,
        "best": draw(_chosen("price", "staff", "place", most=2)),
        "grid_staff": draw(_SCORES),
        "grid_range": draw(_SCORES),
        "spent": "" if cents is None else f"{cents // 100}.{cents % 100:02}",
        "joined": "" if joined is None else joined.isoformat(),
        "left_on": "" if left is None else left.isoformat(),
        "again": draw(st.sampled_from(["", "yes", "no"])),
        "shop": shop,
        "agree": "yes",
        "signed": draw(_TEXTS),
        "comment": draw(st.text(st.characters(exclude_categories=["C"]), max_size=200)),
    }
    if "other" in channels:
        sheet["channels_other"] = draw(_TEXTS)
    if shop == "other":
        sheet["shop_other"] = draw(_TEXTS)
    return sheet

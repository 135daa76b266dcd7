"""One look: the colours of the theme, of the figures and of our own HTML are the same, and can be read."""

import re
import tomllib
from pathlib import Path

import pytest

from pages.ui import figure_style
from pages.ui.headline import CLOSED, RUNNING
from pages.ui.standing import STANDINGS
from pages.ui.texts import translate

PROJECT = Path(__file__).resolve().parents[3]
THEME = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
CSS = (PROJECT / "pages" / "ui" / "look.css").read_text(encoding="utf-8")
VALUE, INTERVAL, TARGET, MET, MISSED, OPEN, GOOD_SIDE, QUIET, GRID, PAPER = range(10)


def css_colour(name: str, mode: str) -> str:
    light, dark = re.search(rf"--pb-{name}: light-dark\((#\w+), (#\w+)\)", CSS).groups()
    return light if mode == "light" else dark


def contrast(first: str, second: str) -> float:
    """WCAG 2.2: the contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_figures_and_our_html_have_the_colours_of_the_theme(mode: str) -> None:
    colours = THEME[mode]["chartCategoricalColors"]
    assert len(colours) == 10
    for role, name in (
        (VALUE, "accent"),
        (INTERVAL, "band"),
        (TARGET, "ink"),
        (MISSED, "missed"),
        (OPEN, "quiet"),
    ):
        assert colours[role] == css_colour(name, mode)
    assert colours[TARGET] == THEME[mode]["textColor"] and colours[PAPER] == THEME[mode]["backgroundColor"]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("name", ["ink", "quiet", "accent", "missed"])
def test_words_can_be_read_on_page_and_card(name: str, mode: str) -> None:
    for surface in (THEME[mode]["backgroundColor"], css_colour("paper", mode)):
        assert contrast(css_colour(name, mode), surface) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_white_can_be_read_on_the_accent_of_a_button(mode: str) -> None:
    assert contrast("#FFFFFF", THEME[mode]["primaryColor"]) >= 4.5


def test_the_roles_are_names_that_streamlit_replaces_by_the_theme_s_colours() -> None:
    template = (PROJECT / "pages" / "ui" / "figure_style.py").read_text(encoding="utf-8")
    assert figure_style.VALUE == "#000001" and figure_style.PAPER == "#000010"
    assert not re.search(r"#[0-9A-Fa-f]{6}\b", template)


def test_every_verdict_has_a_word_in_both_languages_and_no_two_look_the_same() -> None:
    looks = {(standing.shape, standing.hollow) for standing in STANDINGS.values()}
    assert len(looks) == len(STANDINGS)
    for standing in STANDINGS.values():
        assert standing.said("zh") != standing.word == standing.said("en")
    assert {word for word, standing in STANDINGS.items() if standing.hollow} == set(RUNNING)
    assert {word for word, standing in STANDINGS.items() if not standing.hollow} == {"met", *CLOSED}


@pytest.mark.parametrize(
    "name", ["Meaning", "Judgement", "Interval", "Decision rule", "Counted", "Column", "Refused"]
)
def test_words_that_are_looked_up_by_a_variable_are_translated(name: str) -> None:
    assert translate(name, "zh") != name

"""What the tests of the operator's questionnaires share: a draft begun, opened, edited, published."""

from typing import Any

from streamlit.testing.v1.element_tree import Selectbox

import warehouse
from tests.pages.opening import Tab
from warehouse.drafts import draft

NAME = "club-2026"
BUILT_IN = "customer-satisfaction"
HOSTILE = "**x** <img src=x onerror=alert(1)> :red[y] $\\alpha$"


def begun(language: str = "en", name: str = NAME) -> Tab:
    """The page of a draft just begun from the library."""
    tab = Tab("questionnaires", "operator", language)
    tab.app.selectbox(key="new-library").select(BUILT_IN)
    tab.run()
    tab.app.text_input(key="new-name").input(name)
    tab.run()
    tab.app.button(key="new-begin").click()
    return tab.run()


def opened(name: str = BUILT_IN, language: str = "en") -> Tab:
    return Tab("questionnaires", "operator", language, {"survey": name})


def show(tab: Tab, part: str) -> Tab:
    """One of edit, differences and run."""
    tab.app.segmented_control(key="part").set_value(part)
    return tab.run()


def by(tab: Tab, way: str) -> Tab:
    tab.app.segmented_control(key="desk-by").set_value(way)
    return tab.run()


def field(tab: Tab, kind: str, name: object) -> Any:
    """The field bound to that place of the draft, or the button of that name."""
    key = f"desk-{tab.app.session_state['desk-generation']}-{name}"
    return getattr(tab.app, kind)(key=key)


def part_of(tab: Tab) -> Selectbox:
    """The list of the draft's parts."""
    return next(each for each in tab.app.selectbox if each.label == "Part")


def on_part(tab: Tab, number: int) -> Tab:
    part_of(tab).select(number)
    return tab.run()


def kept(name: str = NAME) -> str:
    found = draft(warehouse.serving(), name)
    assert found is not None
    return found.source


def published(tab: Tab) -> Tab:
    """The page after its draft was published."""
    show(tab, "run")
    tab.app.button(key="publish").click()
    tab.run()
    tab.app.button(key="publish-now").click()
    return tab.run()

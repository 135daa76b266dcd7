"""Every private page, opened cold from its own file: what each role sees, and that others see no figure."""

import re

import pytest

from tests.pages.opening import PAGES, PRIVATE, ROLES, Tab, use_example
from warehouse.access import Role


@pytest.mark.parametrize("page", PRIVATE)
def test_a_private_page_shows_nothing_of_its_own_without_a_session(page: str) -> None:
    use_example()
    tab = Tab(page, role=None)
    assert tab.words.startswith("Please sign in") and not re.search("[0-9]", tab.words)
    assert tab.figures == [] and not tab.app.selectbox and not tab.app.button


def test_every_page_but_the_questionnaire_is_tested_here() -> None:
    pages = {path.stem for path in PAGES.glob("*.py")} - {"__init__"}
    assert pages == {*PRIVATE, "respond"}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "page", ["overview", "satisfaction", "members", "fieldwork", "targets", "computed", "settlement"]
)
def test_everybody_signed_in_sees_the_figures_in_their_language(page: str, role: Role, language: str) -> None:
    use_example()
    tab = Tab(page, role, language)
    assert ("示例数据" if language == "zh" else "example data") in tab.words
    assert re.search(r"[0-9]+\.[0-9]", tab.words)
    if language == "zh":
        foreign = re.findall(
            r"[A-Za-z]{4,}(?: [A-Za-z]+){2,}", re.sub(r"<pre.*?</pre>", "", tab.markup, flags=re.S)
        )
        assert [text for text in foreign if "class" not in text] == []


@pytest.mark.parametrize("role", [role for role in ROLES if role != "operator"])
def test_only_the_operator_may_import(role: Role) -> None:
    tab = Tab("import_data", role)
    assert tab.words.startswith("Not for this role") and not tab.app.selectbox

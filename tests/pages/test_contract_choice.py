"""Pages of a contract where several follow each other: the address says which, links keep it."""

import pytest

import warehouse
from tests.pages.opening import Tab
from tests.warehouse.test_contract_succession import FIRST, NEXT
from warehouse.contract_loading import load_contract

PAGES = ("overview", "targets", "settlement", "contract", "computed")


@pytest.fixture
def both() -> None:
    for source in (FIRST, NEXT):
        load_contract(warehouse.serving(), source)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_shows_the_contract_in_force_and_the_one_of_the_address(both: None, page: str) -> None:
    shown = Tab(page).app.selectbox(key="contract-shown")
    assert shown.value == "deduction-2026" and len(shown.options) == 2
    asked = Tab(page, query={"contract": "renewed-2028"})
    assert asked.app.selectbox(key="contract-shown").value == "renewed-2028"


def test_links_and_downloads_keep_the_contract_and_a_choice_goes_into_the_address(both: None) -> None:
    tab = Tab("targets", query={"contract": "renewed-2028", "metric": "csat_top2"})
    assert "/export/targets.csv?contract=renewed-2028" in tab.markup
    assert "contract=renewed-2028" in tab.markup.partition("/computed?")[2][:60]
    tab.app.selectbox(key="contract-shown").set_value("deduction-2026")
    tab.run()
    assert dict(tab.app.query_params) == {"lang": "en", "contract": "deduction-2026"}


def test_a_contract_that_is_not_there_is_ignored(both: None) -> None:
    tab = Tab("overview", query={"contract": "<img src=x>"})
    assert tab.app.selectbox(key="contract-shown").value == "deduction-2026"
    assert "contract" not in tab.app.query_params


def test_with_one_contract_there_is_nothing_to_choose() -> None:
    load_contract(warehouse.serving(), FIRST)
    assert not [each for each in Tab("overview").app.selectbox if each.key == "contract-shown"]

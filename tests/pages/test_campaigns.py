"""The page of campaigns: cost and growth of each, sources of new members, small groups kept back."""

import pytest

import warehouse
from tests.pages.opening import Tab, use_example
from tests.warehouse.records.keeping import keep

HOSTILE = "**x** <img src=x onerror=alert(1)>"


def test_an_empty_warehouse_says_that_there_is_nothing_yet() -> None:
    words = Tab("campaigns").words
    assert "No campaign has been recorded yet." in words and "Nobody has joined yet." in words


@pytest.mark.parametrize(
    ("language", "said"), [("en", "New members by source"), ("zh", "按来源统计的新会员")]
)
def test_campaigns_and_sources_stand_there_with_their_downloads(language: str, said: str) -> None:
    use_example()
    row = {"title": HOSTILE, "started_on": "2026-11-01", "ended_on": "2026-11-10", "cost": "300.50"}
    keep(warehouse.serving(), "campaign", {**row, "new_members": "0"})
    tab = Tab("campaigns", "party_b", language)
    assert said in tab.words and "2026Q3" in tab.words and HOSTILE in tab.words and "<img" not in tab.markup
    for name in ("campaigns", "member-sources"):
        assert f"/export/{name}.csv" in tab.markup

"""Which websites may frame a form: what is kept, what is refused, survey by survey."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from survey import library_questionnaire
from tests.warehouse.inviting import SURVEY
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.embedding import MOST_HOSTS, allow_framing, frame_hosts, origin
from warehouse.surveys import publish


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    house = open_warehouse(tmp_path / "pactboard.duckdb")
    yield house
    house.close()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://www.example.org", "https://www.example.org"),
        (" HTTPS://WWW.Example.org/ ", "https://www.example.org"),
        ("www.example.org", "https://www.example.org"),
        ("http://intranet.example.org:8080", "http://intranet.example.org:8080"),
        ("https://example.org:443", "https://example.org"),
        ("https://*.example.org", "https://*.example.org"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        ("https://例子.中国", "https://xn--fsqu00a.xn--fiqs8s"),
    ],
)
def test_a_website_is_kept_as_browsers_name_it(given: str, kept: str) -> None:
    assert origin(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        *(
            "*",
            "https://*",
            "*.org",
            "https:",
            "'self'",
            "example",
            "javascript:alert(1)",
            "data:",
            "file://x",
        ),
        *("https://example.org/path", "https://example.org?x", "https://me@example.org", "https://a b.org"),
        *("https://example.org; script-src *", "https://example.org, https://b.org", "https://a.org\nX: y"),
        *(
            "https://example.org:0",
            "https://example.org:99999",
            "https://-a.org",
            "https://[::g]",
            "ftp://a.org",
        ),
        *("https://a.*.org", "https://..org", "https://a..org", "\x00", "https://" + "a" * 64 + ".org"),
    ],
)
def test_what_is_no_website_is_refused_and_changes_nothing(house: Warehouse, given: str) -> None:
    allow_framing(house, SURVEY, ["https://kept.example.org"])
    with pytest.raises(WarehouseError) as refused:
        allow_framing(house, SURVEY, ["https://www.example.org", given])
    assert refused.value.problem.code == "frame-host" and "{" not in refused.value.problem.words("zh")
    assert frame_hosts(house, SURVEY) == ("https://kept.example.org",)


def test_nobody_may_frame_a_form_at_first_and_each_survey_has_its_own_list(house: Warehouse) -> None:
    other = library_questionnaire("website")
    publish(house, other, "website", other.title, is_example=False)
    assert frame_hosts(house, SURVEY) == frame_hosts(house, "website") == ()
    assert allow_framing(house, SURVEY, ["a.example.org", "", "a.example.org", "b.example.org"]) == (
        "https://a.example.org",
        "https://b.example.org",
    )
    assert frame_hosts(house, "website") == frame_hosts(house, "no-such-survey") == ()
    house.close()
    with closing(open_warehouse(house.path)) as again:
        assert frame_hosts(again, SURVEY) == ("https://a.example.org", "https://b.example.org")
        assert allow_framing(again, SURVEY, []) == frame_hosts(again, SURVEY) == ()


def test_every_change_is_kept_as_a_row_of_its_own(house: Warehouse) -> None:
    for hosts in (["a.example.org"], [], ["b.example.org"]):
        allow_framing(house, SURVEY, hosts)
    with house.transaction() as cursor:
        kept = cursor.execute("SELECT value FROM survey_setting ORDER BY recorded_at").fetchall()
    assert kept == [("https://a.example.org",), ("",), ("https://b.example.org",)]


@pytest.mark.parametrize("survey", ["", "no-such-survey", "Customer-Satisfaction"])
def test_there_is_no_list_for_a_survey_that_there_is_not(house: Warehouse, survey: str) -> None:
    with pytest.raises(WarehouseError, match="share-survey"):
        allow_framing(house, survey, ["a.example.org"])


def test_the_list_has_an_end(house: Warehouse) -> None:
    with pytest.raises(WarehouseError, match="frame-hosts-many"):
        allow_framing(house, SURVEY, [f"a{number}.example.org" for number in range(MOST_HOSTS + 1)])

"""Addresses that are nearly right: each gets a page of ours, none falls through to the app."""

import pytest

from tests.pages.conftest import Visitor

SURVEY = "customer-satisfaction"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (f"/s/{SURVEY}%0A", "survey-unknown"),
        (f"/s/{SURVEY}%00", "survey-unknown"),
        (f"/s/{SURVEY}%20", "survey-unknown"),
        (f"/s/{SURVEY}%0A/", "survey-unknown"),
        (f"/s/{SURVEY}/more", "survey-unknown"),
        (f"/s//{SURVEY}", "survey-unknown"),
        ("/s", "survey-unknown"),
        ("/s/", "survey-unknown"),
        ("//s/customer-satisfaction", "survey-unknown"),
        ("//example.org/", "survey-unknown"),
        (f"/s/{SURVEY}/thanks%0A", "response-unknown"),
        ("/i/0123%0A", "invitation-closed"),
        ("/i/0123%0Amore", "invitation-closed"),
        ("/i/0123%0A/thanks", "invitation-closed"),
        ("/i/0123/thanks%0A", "invitation-closed"),
        ("/i/0123%0D%0A", "invitation-closed"),
        ("/i//0123", "invitation-closed"),
    ],
)
def test_an_address_with_something_too_much_says_so(visitor: Visitor, address: str, code: str) -> None:
    answer = visitor.get(f"http://127.0.0.1{address}")
    if answer.status_code == 307:
        answer = visitor.get(f"http://127.0.0.1{answer.headers['location']}")
    assert answer.status_code == 404 and code in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_slash_at_the_end_leads_to_the_survey_with_what_was_asked(visitor: Visitor) -> None:
    answer = visitor.get(f"/s/{SURVEY}/?score=9&lang=en")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"/s/{SURVEY}?score=9&lang=en"


@pytest.mark.parametrize(
    "slug", ["%2F%2Fexample.org", "..%2F..", "%5C%5Cexample.org", "example.org%0D%0AX:1"]
)
def test_no_slash_at_the_end_leads_to_another_server(visitor: Visitor, slug: str) -> None:
    answer = visitor.get(f"http://127.0.0.1/s/{slug}/")
    assert answer.headers.get("location", "/s/").startswith("/s/")

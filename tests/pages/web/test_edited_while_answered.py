"""A questionnaire edited while people fill it in: each is stored against the version that he or she saw."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

import warehouse
from pages.web.guard import middleware
from pages.web.routes import routes
from survey import Questionnaire, read_questionnaire
from tests.pages.opening import Tab
from tests.pages.web.filling import Sheet
from tests.pages.web.surveys import publish_survey
from tests.serving import free_port
from warehouse.invitations import invite
from warehouse.invitees import Invitee
from warehouse.keys import make_key
from warehouse.surveys import next_version

RESPONDENTS = 20

SHOP = """
slug: shop
version: 1
languages: [en]
default_language: en
title: {en: Shop}
intro: {en: Hello}
thanks: {en: Thanks}
questions:
  - code: overall
    type: rating
    required: true
    measures: csat
    text: {en: Overall?}
    scale: {min: 1, max: 5, low: {en: bad}, high: {en: good}}
  - code: gone
    type: rating
    text: {en: And this?}
    scale: {min: 1, max: 7, low: {en: bad}, high: {en: good}}
  - {code: comment, type: long_text, text: {en: Why?}, new_page: NEW_PAGE}
"""


def asked(pages: int) -> Questionnaire:
    slug = f"shop-{pages}"
    text = SHOP.replace("slug: shop", f"slug: {slug}").replace("NEW_PAGE", str(pages > 1).lower())
    return read_questionnaire(text, "shop.yaml")


def edited(before: Questionnaire) -> Questionnaire:
    """A question in front that must be answered and moves every score, one gone, the texts changed."""
    overall, _, comment = before.questions
    first = overall.model_copy(update={"code": "arrival", "measures": "none", "text": {"en": "Arrival?"}})
    return before.model_copy(
        update={"questions": (first, overall.model_copy(update={"text": {"en": "In all?"}}), comment)}
    )


@contextmanager
def http_server() -> Iterator[str]:
    """Our routes behind a real HTTP server in this process, so that the test can publish meanwhile."""
    port = free_port()
    application = Starlette(routes=routes(), middleware=middleware())
    server = uvicorn.Server(
        uvicorn.Config(application, port=port, log_level="error", ws="none", lifespan="off")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(30)


def rows(slug: str) -> list[tuple[object, ...]]:
    """What is stored: version, channel, scores by question, the text, in the order in which it came."""
    with warehouse.serving().transaction() as cursor:
        answers = cursor.execute(
            "SELECT ingest_seq, version, channel, question, score, body FROM answer WHERE survey = ? "
            "ORDER BY ingest_seq, question",
            [slug],
        ).fetchall()
    found: dict[int, tuple[int, str, dict[str, int], str]] = {}
    for number, version, channel, question, score, body in answers:
        _, _, scores, text = found.get(number, (version, channel, {}, ""))
        if score is not None:
            scores[question] = score
        found[number] = (version, channel, scores, body or text)
    return list(found.values())


@pytest.mark.parametrize("pages", [1, 2])
def test_twenty_respondents_are_stored_against_the_version_they_saw(pages: int) -> None:
    house = warehouse.serving()
    before = asked(pages)
    publish_survey(house, before)
    last_day = (datetime.now(UTC) + timedelta(days=2)).date()
    invited = invite(house, before.slug, [Invitee(f"M{n}") for n in range(RESPONDENTS)], "w", last_day).links
    key = make_key(house, "crm")
    published: list[Questionnaire] = []

    def publish() -> None:
        published.append(next_version(house, before.slug, edited(before)))

    # All have the form, and half of them have sent its first page, when the next version is published.
    everybody = threading.Barrier(RESPONDENTS, action=publish)

    def by_form(browser: httpx.Client, path: str, number: int) -> int:
        fields = Sheet(browser.get(path).text).fields | {"overall": str(1 + number % 5), "gone": "7"}
        if pages > 1 and number % 2:
            fields = Sheet(browser.post(path, data=fields).text).fields
        everybody.wait(60)
        if pages > 1 and not number % 2:
            fields = Sheet(browser.post(path, data=fields).text).fields
        sent = browser.post(path, data=fields | {"comment": f"from {number}"})
        assert browser.get(sent.headers["location"]).status_code == 200
        return sent.status_code

    def by_program(browser: httpx.Client, number: int) -> int:
        address = f"/api/v1/surveys/{before.slug}"
        program = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        seen = browser.get(address, headers=program).json()["questionnaire"]["version"]
        everybody.wait(60)
        answers = {"overall": 1 + number % 5, "gone": 7, "comment": f"from {number}"}
        content = json.dumps({"answers": answers, "language": "en", "version": seen})
        once = program | {"Idempotency-Key": f"n{number}"}
        return browser.post(f"{address}/responses", content=content, headers=once).status_code

    def respond(base_url: str, number: int) -> int:
        with httpx.Client(base_url=base_url, timeout=60) as browser:
            if number % 4 == 3:
                return by_program(browser, number)
            path = invited[number].path if number % 4 == 2 else f"/s/{before.slug}"
            return by_form(browser, path, number)

    with http_server() as base_url, ThreadPoolExecutor(RESPONDENTS) as people:
        statuses = list(people.map(lambda number: respond(base_url, number), range(RESPONDENTS)))
        late = Sheet(httpx.get(f"{base_url}/s/{before.slug}").text)
    assert statuses == [201 if number % 4 == 3 else 303 for number in range(RESPONDENTS)]
    channels = ("light_form", "light_form", "invitation", "api")
    expected = [
        (1, channels[number % 4], {"overall": 1 + number % 5, "gone": 7}, f"from {number}")
        for number in range(RESPONDENTS)
    ]
    assert sorted(rows(before.slug), key=str) == sorted(expected, key=str)
    assert published[0].version == 2 and "arrival" in late.options, "who comes now sees the new one"


@pytest.mark.parametrize("pages", [1, 2])
def test_the_page_inside_the_app_stores_against_the_version_it_showed(pages: int) -> None:
    house = warehouse.serving()
    before = asked(pages)
    publish_survey(house, before)
    tabs = [Tab("respond", role=None, query={"survey": before.slug}) for _ in range(3)]

    def go_on(tab: Tab) -> None:
        tab.app.form_submit_button[0].click()
        tab.run()

    def write(tab: Tab, code: str, value: str) -> None:
        tab.app.get_by_key(f"answer-{before.slug}-{code}").set_value(value)

    for number, tab in enumerate(tabs):
        write(tab, "overall", str(number + 1))
        if pages > 1 and number:
            go_on(tab)
    next_version(house, before.slug, edited(before))
    for number, tab in enumerate(tabs):
        if pages > 1 and not number:
            go_on(tab)
        write(tab, "comment", f"from {number}")
        go_on(tab)
        assert "Your receipt number" in tab.words
    assert rows(before.slug) == [(1, "page", {"overall": n + 1}, f"from {n}") for n in range(3)]
    assert "Arrival?" in Tab("respond", role=None, query={"survey": before.slug}).words


def respondent_of(version: int, **keys: object) -> Callable[[], httpx.Response]:
    house = warehouse.serving()
    before = asked(1)
    publish_survey(house, before)
    next_version(house, before.slug, edited(before))
    key = make_key(house, "crm")

    def send() -> httpx.Response:
        with http_server() as base_url:
            return httpx.post(
                f"{base_url}/api/v1/surveys/{before.slug}/responses",
                json={"language": "en", "version": version} | keys,
                headers={"Authorization": f"Bearer {key}", "Idempotency-Key": "once"},
            )

    return send


def test_a_program_that_names_a_version_is_checked_against_that_one() -> None:
    refused = respondent_of(2, answers={"overall": 5, "gone": 3})()
    told = {(each["code"], each["where"]) for each in refused.json()["problems"]}
    assert refused.status_code == 422 and ("answer-required", "arrival") in told


def test_a_version_that_was_never_published_is_refused() -> None:
    refused = respondent_of(3, answers={"overall": 5})()
    assert refused.status_code == 422
    assert [(each["code"], each["where"]) for each in refused.json()["problems"]] == [
        ("version-invalid", "version")
    ]

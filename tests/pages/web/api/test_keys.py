"""Who may use the API: programs with a live key, and they nothing else."""

import pytest

import warehouse
from pages.ui.access import SESSION_COOKIE
from tests.pages.conftest import Visitor
from tests.pages.web.api.calling import RESPONSES, SURVEY, Program, codes, good, stored
from warehouse.access import link_key
from warehouse.keys import end_key


@pytest.mark.parametrize("path", [SURVEY, "/api/v1/surveys/nothing"])
def test_without_a_key_nothing_is_told_not_even_which_surveys_there_are(program: Program, path: str) -> None:
    refused = program.get(path, authorization="")
    assert refused.status_code == 401 and refused.headers["www-authenticate"].startswith("Bearer")
    assert codes(refused) == [("key-missing", "Authorization")]


@pytest.mark.parametrize("sent", ["Basic {key}", "Bearer", "Bearer ", "{key}", "Token {key}"])
def test_a_key_sent_otherwise_is_none(program: Program, sent: str) -> None:
    refused = program.send(authorization=sent.format(key=program.key))
    assert refused.status_code == 401 and codes(refused) == [("key-missing", "Authorization")]


@pytest.mark.parametrize(
    "change", [str.upper, lambda key: key[:-1], lambda key: key + "x", lambda key: "x" * 9000]
)
def test_a_wrong_key_is_refused(program: Program, change: object) -> None:
    assert callable(change)
    refused = program.send(authorization=f"Bearer {change(program.key)}")
    assert refused.status_code == 401 and codes(refused) == [("key-refused", "Authorization")]
    assert stored() == 0


def test_the_scheme_may_be_written_in_any_case(program: Program) -> None:
    assert program.get(authorization=f"bEARER {program.key}").status_code == 200


def test_two_keys_in_one_request_are_refused(program: Program) -> None:
    headers = [("Authorization", f"Bearer {program.key}")] * 2
    assert program.visitor.get(SURVEY, headers=headers).status_code == 401


def test_a_revoked_key_is_refused_from_the_next_request_on(program: Program) -> None:
    assert program.get().status_code == 200
    end_key(warehouse.serving(), "crm")
    assert codes(program.get()) == [("key-refused", "Authorization")]
    assert program.send().status_code == 401


def test_no_session_gives_access(visitor: Visitor, program: Program) -> None:
    visitor.sign_in("operator")
    assert program.get(authorization="").status_code == 401
    assert program.send(authorization="").status_code == 401
    for role_key in (link_key("operator"), visitor.client.cookies[SESSION_COOKIE]):
        assert program.get(authorization=f"Bearer {role_key}").status_code == 401


def test_no_key_opens_a_page_or_an_export(visitor: Visitor, program: Program) -> None:
    bearer = {"Authorization": f"Bearer {program.key}"}
    assert visitor.get("/export/scorecard.csv", headers=bearer).status_code == 401
    assert visitor.get(f"/signin?key={program.key}", headers=bearer).status_code == 403
    visitor.client.cookies.set(SESSION_COOKIE, program.key)
    assert visitor.get("/export/scorecard.csv").status_code == 401


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/surveys/nothing", 404, "survey-unknown"),
        ("POST", "/api/v1/surveys/nothing/responses", 404, "survey-unknown"),
        ("GET", "/api", 404, "api-unknown"),
        ("GET", "/api/", 404, "api-unknown"),
        ("GET", "/api/v1/survey", 404, "api-unknown"),
        ("DELETE", "/api/v2/x", 404, "api-unknown"),
        ("GET", RESPONSES, 405, "method-refused"),
        ("PUT", SURVEY, 405, "method-refused"),
        ("DISPATCH", SURVEY, 405, "method-refused"),
        ("POST", "/api/v1/openapi.json", 405, "method-refused"),
    ],
)
def test_other_addresses_and_methods_are_refused_in_the_same_form(
    program: Program, method: str, path: str, status: int, code: str
) -> None:
    options = {"json": good()} if method == "POST" else {}
    headers = program.headers(content_type="")
    refused = program.visitor.send(method, path, headers=headers, **options)
    assert refused.status_code == status and codes(refused) == [(code, "")]
    assert ("allow" in refused.headers) == (status == 405)

"""The OpenAPI document: valid, open to all, and true of what the API does."""

from typing import Any

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from tests.pages.conftest import Visitor
from tests.pages.web.api.calling import RECORD, RESPONSES, SURVEY, Program, good

PLACES = {
    "/api/v1/surveys": "/api/v1/surveys",
    SURVEY: "/api/v1/surveys/{slug}",
    RESPONSES: "/api/v1/surveys/{slug}/responses",
    RECORD: "/api/v1/records/{type}/{number}",
    **{f"/api/v1/register/{kind}": f"/api/v1/register/{kind}" for kind in ("members", "purchases", "events")},
}


@pytest.fixture
def document(visitor: Visitor) -> dict[str, Any]:
    found: dict[str, Any] = visitor.get("/api/v1/openapi.json").json()
    return found


def fits(document: dict[str, Any], model: str, instance: object) -> bool:
    """Whether an instance is valid by a model of the document."""
    schema = {"$ref": f"#/components/schemas/{model}", "components": document["components"]}
    return jsonschema.Draft202012Validator(schema).is_valid(instance)


def test_it_is_valid_and_needs_no_key(document: dict[str, Any]) -> None:
    validate(document, cls=OpenAPIV31SpecValidator)
    assert set(document["paths"]) == set(PLACES.values())


@pytest.mark.parametrize(
    ("changed", "is_allowed"),
    [
        ({}, True),
        ({"weight": 0, "member_id": "M1", "tier": "gold", "submitted_at": "2026-01-01T00:00:00Z"}, True),
        ({"channel": "call_centre"}, True),
        ({"channel": "Call"}, False),
        ({"weight": -1}, False),
        ({"weight": "1"}, False),
        ({"member_id": ""}, False),
        ({"answers": [1]}, False),
        ({"answers": {"overall": {"score": 5}}}, False),
        ({"other": 1}, False),
    ],
)
def test_its_schema_of_a_response_and_the_server_agree(
    program: Program, document: dict[str, Any], changed: dict[str, object], is_allowed: bool
) -> None:
    assert fits(document, "Submission", good(**changed)) == is_allowed
    assert (program.send(good(**changed)).status_code == 201) == is_allowed


def test_every_answer_is_one_that_it_describes(program: Program, document: dict[str, Any]) -> None:
    answers = {
        201: program.send(idempotency_key="a"),
        200: program.send(idempotency_key="a"),
        409: program.send(good(weight=2), idempotency_key="a"),
        400: program.send(b"{"),
        401: program.send(authorization=""),
        404: program.send(path="/api/v1/surveys/nothing/responses"),
        405: program.get(RESPONSES),
        413: program.send(b" " * 70_000),
        415: program.send(content_type="text/plain"),
        422: program.send(good(answers={})),
    }
    described = document["paths"][PLACES[RESPONSES]]["post"]["responses"]
    assert set(described) == {str(status) for status in answers} | {"503"}
    for status, answer in answers.items():
        assert answer.status_code == status
        ((kind, content),) = described[str(status)]["content"].items()
        assert answer.headers["content-type"] == kind
        assert fits(document, content["schema"]["$ref"].rsplit("/", 1)[1], answer.json()), answer.text


def test_a_survey_is_told_as_it_describes(program: Program, document: dict[str, Any]) -> None:
    told = program.get().json()
    assert fits(document, "SurveyDocument", told)
    assert not fits(document, "SurveyDocument", told | {"questionnaire": {}})
    assert fits(document, "SurveyList", program.get("/api/v1/surveys").json())

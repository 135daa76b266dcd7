"""GET /api/v1/openapi.json: the description of the API for programs, made from the models it is read by."""

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from pages.web.api.endpoint import Endpoint
from pages.web.api.model import ProblemDocument, Stored, Submission, SurveyDocument, SurveyList
from pages.web.api.problems import MEDIA_TYPE
from pages.web.api.records import RecordDocument, RecordFields
from pages.web.api.register import ROWS, RowsStored
from warehouse.records.catalogue import record_types
from warehouse.registering.sending import MOST_ROWS

_MODELS: tuple[type[BaseModel], ...] = (
    Submission,
    Stored,
    SurveyDocument,
    SurveyList,
    ProblemDocument,
    RecordDocument,
    RecordFields,
    RowsStored,
    *ROWS.values(),
)
_SLUG = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
_NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "The record's own number, chosen by the program: up to 60 letters, digits and . _ -",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$"},
}
_LANGUAGE = {
    "name": "Accept-Language",
    "in": "header",
    "description": "The language of sentences in the answer: zh or en.",
    "schema": {"type": "string"},
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New for each response, such as a UUID; the same for each repeat of it.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,200}$"},
}
_REFUSALS = {
    400: "The body is not JSON, or the Idempotency-Key is missing.",
    401: "The key is missing, unknown or revoked.",
    404: "There is no such survey.",
    405: "This method is not taken here.",
    409: "Other content was stored under this Idempotency-Key, or the survey takes no answers now.",
    413: "The body has more than 64 KB; of rows of the register more than 1 MB or 1,000 rows.",
    415: "The body is not declared as JSON.",
    422: "Keys or answers are wrong: every problem is told.",
    503: "Too much to do, or not known to be on disk: send it again after Retry-After seconds.",
}


class Description(Endpoint):
    """GET: the OpenAPI 3.1 document; it tells no secret and needs no key."""

    async def get(self, request: Request) -> Response:
        """The document."""
        return JSONResponse(document())


def _type() -> dict[str, Any]:
    # Not when the module is loaded: reading the types takes a twentieth of a start.
    names = [each.name for each in record_types()]
    return {"name": "type", "in": "path", "required": True, "schema": {"enum": names}}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document of the API."""
    _, schemas = models_json_schema(
        [(model, "validation") for model in _MODELS], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pactboard",
            "version": "1",
            "description": "Sends responses, records and rows of the register. A key comes from "
            "`python -m warehouse key NAME`.",
        },
        "servers": [{"url": "/"}],
        "security": [{"key": []}],
        "paths": {
            "/api/v1/surveys": {
                "get": {
                    "operationId": "listSurveys",
                    "summary": "Every survey, with what it asks now.",
                    "parameters": [_LANGUAGE],
                    "responses": {
                        "200": _answer("The surveys, in the order of their names.", "SurveyList"),
                        **_refusals(401, 405, 503),
                    },
                }
            },
            "/api/v1/surveys/{slug}": {
                "get": {
                    "operationId": "readSurvey",
                    "summary": "What a survey asks now, and the JSON Schema of its answers.",
                    "parameters": [_SLUG, _LANGUAGE],
                    "responses": {
                        "200": _answer("The survey.", "SurveyDocument"),
                        **_refusals(401, 404, 405, 503),
                    },
                }
            },
            "/api/v1/surveys/{slug}/responses": {
                "post": {
                    "operationId": "sendResponse",
                    "summary": "Stores one response, once, and answers after it is on disk.",
                    "parameters": [_SLUG, _IDEMPOTENCY_KEY, _LANGUAGE],
                    "requestBody": {"required": True, "content": _content("Submission")},
                    "responses": {
                        "200": _answer("It was stored before: the same request again.", "Stored"),
                        "201": _answer("It is stored now.", "Stored"),
                        **_refusals(*_REFUSALS),
                    },
                }
            },
            "/api/v1/records/{type}/{number}": {
                "parameters": [_type(), _NUMBER, _LANGUAGE],
                "get": {
                    "operationId": "readRecord",
                    "summary": "A record as it counts now.",
                    "responses": {
                        "200": _answer("The record.", "RecordDocument"),
                        **_refusals(401, 404, 405, 503),
                    },
                },
                "put": {
                    "operationId": "writeRecord",
                    "summary": "Stores a record or corrects the fields sent; the same again changes nothing.",
                    "requestBody": {"required": True, "content": _content("RecordFields")},
                    "responses": {
                        "200": _answer("It was there, and is as sent now.", "RecordDocument"),
                        "201": _answer("It is stored now.", "RecordDocument"),
                        **_refusals(400, 401, 404, 405, 413, 415, 422, 503),
                    },
                },
            },
            **{f"/api/v1/register/{kind}": {"post": _sending(kind, model)} for kind, model in ROWS.items()},
        },
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": schemas["$defs"],
        },
    }


def _sending(kind: str, model: type[BaseModel]) -> dict[str, Any]:
    rows = {
        "type": "array",
        "maxItems": MOST_ROWS,
        "items": {"$ref": f"#/components/schemas/{model.__name__}"},
    }
    return {
        "operationId": f"send{kind.capitalize()}",
        "summary": f"Stores up to {MOST_ROWS:,} {kind}, all or none; each counts once by its id.",
        "parameters": [_LANGUAGE],
        "requestBody": {"required": True, "content": {"application/json": {"schema": rows}}},
        "responses": {
            "200": _answer("None was new: they are there as sent.", "RowsStored"),
            "201": _answer("They are stored now.", "RowsStored"),
            **_refusals(400, 401, 405, 413, 415, 422, 503),
        },
    }


def _content(model: str, media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{model}"}}}


def _answer(description: str, model: str) -> dict[str, Any]:
    return {"description": description, "content": _content(model)}


def _refusals(*statuses: int) -> dict[str, Any]:
    return {
        str(status): {
            "description": _REFUSALS[status],
            "content": _content("ProblemDocument", MEDIA_TYPE),
        }
        for status in statuses
    }

"""A program that uses the API, in this process."""

import json
from typing import Any
from uuid import uuid4

import httpx

import warehouse
from tests.pages.conftest import Visitor
from warehouse.keys import make_key

SURVEY = "/api/v1/surveys/customer-satisfaction"
RESPONSES = f"{SURVEY}/responses"
RECORD = "/api/v1/records/training/T1"


class Program:
    """Sends requests with a key of its own; `key` "" sends none."""

    def __init__(self, visitor: Visitor, name: str = "crm") -> None:
        self.visitor = visitor
        self.key = make_key(warehouse.serving(), name)

    def headers(self, **others: str) -> dict[str, str]:
        """What goes with each request; `others` are names with _ for -, and "" leaves one out."""
        named = {name.replace("_", "-"): value for name, value in others.items()}
        usual = {
            "authorization": f"Bearer {self.key}",
            "idempotency-key": str(uuid4()),
            "content-type": "application/json",
            "accept-language": "en",
        }
        return {name: value for name, value in (usual | named).items() if value}

    def send(self, body: object = None, path: str = RESPONSES, **headers: str) -> httpx.Response:
        """POST a body: as it is when bytes, else as JSON; a good one when None."""
        content = body if isinstance(body, bytes) else json.dumps(good() if body is None else body).encode()
        return self.visitor.post(path, content=content, headers=self.headers(**headers))

    def get(self, path: str = SURVEY, **headers: str) -> httpx.Response:
        """GET an address."""
        return self.visitor.get(path, headers=self.headers(**headers))


def good(**changed: Any) -> dict[str, Any]:
    """A body that is accepted, with other answers (`answers=`) or keys; None leaves a key out."""
    usual = {"answers": {"overall": 5, "recommend": 9, "touchpoint": "after"}, "language": "en"}
    return {key: value for key, value in (usual | changed).items() if value is not None}


def codes(answer: httpx.Response) -> list[tuple[str, str]]:
    """Code and place of each problem of a refusal."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    document = answer.json()
    assert document["status"] == answer.status_code and document["title"]
    assert all(problem["what"] and problem["todo"] for problem in document["problems"])
    return [(problem["code"], problem["where"]) for problem in document["problems"]]


def stored() -> int:
    """How many responses are on disk."""
    with warehouse.serving().transaction() as cursor:
        row = cursor.execute("SELECT count(*) FROM response").fetchone()
    assert row
    return int(row[0])

"""What a program reads about a survey, and that it can rely on it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import warehouse
from pages.web.api.wire import answers_schema
from survey import Questionnaire, library, read_questionnaire
from tests.pages.web.api.calling import SURVEY, Program, good
from warehouse.surveys import publish

DRAFT = jsonschema.Draft202012Validator
EVERYTHING = read_questionnaire(
    (Path(__file__).parents[3] / "survey" / "everything.yaml").read_text(encoding="utf-8"), "everything.yaml"
)


def test_a_survey_is_told_as_it_is_defined_with_the_schema_of_its_answers(program: Program) -> None:
    told = program.get().json()
    assert (told["survey"], told["takes_answers"]) == ("customer-satisfaction", True)
    definition = Questionnaire.model_validate_json(json.dumps(told["questionnaire"]))
    assert definition.sha256 == next(q for q in library() if q.slug == "customer-satisfaction").sha256
    assert told["answers"]["required"] == ["overall"]
    assert told["answers"]["properties"]["recommend"]["anyOf"][0] == {
        "type": "integer",
        "minimum": 0,
        "maximum": 10,
    }


def test_a_program_finds_every_survey_with_its_questions(program: Program) -> None:
    publish(warehouse.serving(), EVERYTHING, "another", EVERYTHING.title, is_example=False)
    told = program.get("/api/v1/surveys").json()["surveys"]
    assert [each["survey"] for each in told] == sorted(each["survey"] for each in told)
    assert {"another", "customer-satisfaction"} <= {each["survey"] for each in told}
    for each in told:
        assert each == program.get(f"/api/v1/surveys/{each['survey']}").json()
    program.key = ""
    assert program.get("/api/v1/surveys").status_code == 401


def test_titles_are_in_the_language_that_is_accepted(program: Program) -> None:
    chinese, english = (program.get(accept_language=language).json()["answers"] for language in ("zh", "en"))
    assert chinese["properties"]["overall"]["title"] != english["properties"]["overall"]["title"]
    assert chinese["properties"].keys() == english["properties"].keys()


@pytest.mark.parametrize("questionnaire", (EVERYTHING, *library()), ids=lambda each: each.slug)
def test_answers_made_by_the_schema_are_accepted(program: Program, questionnaire: Questionnaire) -> None:
    publish(warehouse.serving(), questionnaire, "asked", questionnaire.title, is_example=False)
    schema = program.get("/api/v1/surveys/asked").json()["answers"]
    DRAFT.check_schema(schema)
    files = {item.code for item in questionnaire.items if item.stored == "file"}
    assert schema["properties"].keys() == {item.code for item in questionnaire.items} - files
    always = [item for question in questionnaire.questions if not question.show_if for item in question.items]
    # A text for "other" counts as one more choice.
    asked = [item.code for item in always if not item.code.endswith("_other")]
    answers = {code: made(schema["properties"][code]) for code in asked if code in schema["properties"]}
    assert answers
    DRAFT(schema).validate(answers)
    sent = program.send(good(answers=answers), "/api/v1/surveys/asked/responses")
    assert sent.status_code == 201, sent.text


def made(schema: dict[str, Any]) -> object:
    """A value that the schema allows."""
    schema = schema["anyOf"][0] if "anyOf" in schema else schema
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") == "date":
        return "2026-02-01"
    if schema["type"] == "array":
        return schema["items"]["enum"][: schema["maxItems"]]
    return {"integer": schema.get("maximum"), "number": schema.get("minimum", 1), "string": "x"}[
        schema["type"]
    ]


@pytest.mark.parametrize(
    ("code", "value", "is_allowed"),
    [
        ("overall", 5, True),
        ("overall", 6, False),
        ("overall", None, False),
        ("recommend", 0, True),
        ("recommend", None, True),
        ("recommend", 11, False),
        ("touchpoint", "after", True),
        ("touchpoint", "elsewhere", False),
        ("comment", "x" * 2000, True),
        ("comment", "x" * 2001, False),
        ("other", "x", False),
    ],
)
def test_the_schema_and_the_server_agree(
    program: Program, code: str, value: object, is_allowed: bool
) -> None:
    answers = {"overall": 5, code: value}
    schema = answers_schema(next(q for q in library() if q.slug == "customer-satisfaction"), "en")
    assert DRAFT(schema).is_valid(answers) == is_allowed
    assert (program.send(good(answers=answers)).status_code == 201) == is_allowed


def test_the_address_of_a_survey_answers_a_head_too(program: Program) -> None:
    assert program.visitor.send("HEAD", SURVEY, headers=program.headers()).status_code == 200

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

import survey
from survey.schema import json_schema

SCHEMA = json.loads(json_schema())
FILES = [
    *sorted((Path(survey.__file__).parent / "library").glob("*.yaml")),
    Path(__file__).parent / "everything.yaml",
]


def content(path: Path) -> object:
    read = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return json.loads(json.dumps(read))  # keys as texts, as an editor sees them


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_accepted_fits_the_schema(path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(content(path), SCHEMA)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("colour", "red"),
        ("version", "1"),
        ("slug", "../x"),
        ("questions", {}),
        ("title", "t"),
        ("languages", [1]),
    ],
)
def test_what_an_editor_can_see_is_marked(key: str, value: object) -> None:
    good = content(FILES[0])
    assert isinstance(good, dict)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, key: value}, SCHEMA)


def test_every_key_of_a_question_is_offered() -> None:
    assert set(SCHEMA["$defs"]["Question"]["properties"]) == set(survey.Question.model_fields)

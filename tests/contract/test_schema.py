"""The JSON Schema: what is accepted fits it, and what an editor can see is marked."""

import json

import jsonschema
import pytest
from ruamel.yaml import YAML

from contract import example_source
from contract.reading import example_names
from contract.schema import json_schema

SCHEMA = json.loads(json_schema())


def content(name: str = "deduction") -> dict[str, dict[str, object]]:
    read = YAML(typ="rt").load(example_source(name))
    found: dict[str, dict[str, object]] = json.loads(json.dumps(read, default=str))
    return found


@pytest.mark.parametrize("name", example_names())
def test_what_is_accepted_fits_the_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(content(name), SCHEMA)


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("spec", "taget", []),
        ("spec", "consequences", {"scheme": "deductions", "clause": "9.1"}),
        ("spec", "consequences", {"scheme": "pool_and_share", "clause": "9.1"}),
        ("spec", "targets", {}),
        ("spec", "multiplicity", "bonferroni"),
        ("metadata", "version", "1"),
        ("metadata", "title", {"en": "T"}),
        ("metadata", "id", "Club 1"),
        ("metadata", "inForceFrom", "1 July 2026"),
    ],
)
def test_what_an_editor_can_see_is_marked(part: str, key: str, value: object) -> None:
    document = content()
    document[part][key] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)

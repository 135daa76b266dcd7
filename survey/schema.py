"""The JSON Schema of a questionnaire file, generated from the models, for editors that complete and check."""

import json

from survey.definition import Questionnaire


def json_schema() -> str:
    """The schema as indented JSON (draft 2020-12). It knows keys, types and shapes; what depends on several
    keys at once, and all expressions, only `read_questionnaire` checks."""
    schema = Questionnaire.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Pactboard questionnaire"}
    return json.dumps(schema | head, ensure_ascii=False, indent=2, sort_keys=True)

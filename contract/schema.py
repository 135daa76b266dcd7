"""The JSON Schema of a contract file, generated from the models, for editors that complete and check."""

import json

from contract.model.contract import Contract


def json_schema() -> str:
    """The schema as indented JSON (draft 2020-12). It knows keys, types and shapes; what several keys say
    together, only `read_contract` checks."""
    schema = Contract.model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Pactboard contract"}
    return json.dumps(schema | head, ensure_ascii=False, indent=2, sort_keys=True)

"""Contracts of every shape: from YAML to the model, its canonical text and hash, and back, unchanged."""

import json
from decimal import Decimal
from io import StringIO
from typing import Any

from hypothesis import HealthCheck, given, settings
from ruamel.yaml import YAML

from contract import differences, read_contract, stored_contract
from tests.contract.generating import Document, contracts


def as_yaml(document: object) -> str:
    """The document as a person's file: numbers bare, texts quoted where YAML needs it."""

    def bare(node: Any) -> Any:
        if isinstance(node, dict):
            return {name: bare(value) for name, value in node.items()}
        if isinstance(node, list):
            return [bare(value) for value in node]
        return float(node) if isinstance(node, Decimal) else node

    out = StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.dump(bare(document), out)
    return out.getvalue()


@settings(deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow])
@given(contracts())
def test_a_contract_keeps_its_hash_through_yaml_model_and_canonical_text(document: Document) -> None:
    contract = read_contract(as_yaml(document), "contract.yaml")
    text = contract.canonical_json()
    again = stored_contract(text)
    assert again == contract
    assert (again.canonical_json(), again.sha256) == (text, contract.sha256)
    assert again.targets == contract.targets
    assert differences(contract, again) == ()
    plain = json.dumps(document, default=str)
    turned = json.loads(plain, object_pairs_hook=lambda pairs: dict(pairs[::-1]))
    assert stored_contract(json.dumps(turned)).sha256 == contract.sha256

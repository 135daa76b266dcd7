"""The hash of a contract: what was signed keeps it, however the format grows."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from contract import Contract, ContractError, read_contract, stored_contract

# The example as it was loaded, and its hash stored, before a contract could say more.
FIRST_FORMAT = Path(__file__).parent / "files" / "first_format.yaml"
STORED = "b31c08b0a7b3e6ef04fdeff62372f297574f11ffd2a1e2b79ab5cfb38925411c"
FIRST = read_contract(FIRST_FORMAT.read_text(encoding="utf-8"), "contract.yaml")
# The keys of the first format that might be left out; every key added since must be of that kind.
REQUIRED_THEN = {
    "Contract": {"apiVersion", "kind", "metadata", "spec"},
    "Metadata": {"id", "version", "status", "title", "authoritativeLanguage"},
    "Spec": {"parties", "term", "clauses", "metrics", "targets"},
    "Parties": {"A", "B"},
    "Party": {"name"},
    "Mediator": {"name"},
    "Term": {"firstDay", "lastDay", "timezone", "periods", "fiscalStart"},
    "Clause": {"id", "title", "text"},
    "MetricUse": {"id", "kind", "direction", "clause"},
    "TargetTerms": {"metric", "ramp", "decision"},
    "Ramp": {"interpolate", "points"},
    "RampPoint": {"at", "value"},
    "Decision": {"rule"},
}
# A default never changes once released: contracts that left the key out would mean something else.
DEFAULTS = {
    "Decision.noCases": "open",
    "Fees.rounding": "half_up",
    "Governance.noReport": "flagged",
    "Governance.silence": "not_consent",
    "Liable.weight": "1",
    "PoolAndShare.partly": "nothing",
    "PoolAndShare.unearned": "kept_by_client",
    "Relief.evidence": "required",
    "Spec.multiplicity": "none",
}


def parts(annotation: object, seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """Every model that the type is made of, each once."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in seen:
        seen.add(annotation)
        yield annotation
        for field in annotation.model_fields.values():
            yield from parts(field.annotation, seen)
    for inner in get_args(annotation):
        yield from parts(inner, seen)


PARTS = {part.__name__: part for part in parts(Contract, set())}


def test_a_contract_of_the_first_format_keeps_the_hash_it_was_stored_with() -> None:
    assert FIRST.sha256 == STORED


def test_every_key_added_to_a_part_of_the_first_format_may_be_left_out() -> None:
    for name, then in REQUIRED_THEN.items():
        now = {field.alias for field in PARTS[name].model_fields.values() if field.is_required()}
        assert now == then, name


def test_what_is_meant_where_a_key_is_left_out_never_changes() -> None:
    defaults = {
        f"{name}.{field.alias}": str(field.default)
        for name, part in PARTS.items()
        for field in part.model_fields.values()
        if not field.is_required() and field.default not in (None, ())
    }
    assert defaults == DEFAULTS
    assert len(PARTS) > 30


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (("spec", "multiplicity"), "none"),
        (("spec", "tiers"), []),
        (("spec", "fees"), None),
        (("spec", "parties", "mediator", "powers"), []),
        (("metadata", "supersedes"), None),
    ],
)
def test_writing_out_what_is_meant_anyway_changes_no_hash(place: tuple[str, ...], written: object) -> None:
    document = json.loads(FIRST.canonical_json())
    part = document
    for key in place[:-1]:
        part = part[key]
    assert place[-1] not in part
    part[place[-1]] = written
    again = Contract.model_validate_json(json.dumps(document))
    assert again.sha256 == STORED
    assert json.loads(again.canonical_json()) == json.loads(FIRST.canonical_json())


def test_a_stored_contract_is_read_though_the_checks_have_become_stricter() -> None:
    document = json.loads(FIRST.canonical_json())
    document["metadata"]["version"] = 2  # a supplement had to name nothing when this was loaded
    text = json.dumps(document)
    with pytest.raises(ContractError, match="supersedes"):
        Contract.model_validate_json(text)
    assert stored_contract(text).version == 2

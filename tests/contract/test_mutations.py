"""Sound contracts with a part replaced, removed, doubled or put elsewhere: read, or refused with problems."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contract import ContractError, example_source, read_contract, stored_contract
from contract.reading import example_names
from contract.tree import read_tree

Path = tuple[str | int, ...]
DOCUMENTS = {name: read_tree(example_source(name)).data for name in example_names()}
ODD = st.sampled_from(
    [
        *(
            None,
            True,
            0,
            -1,
            1,
            2,
            0.5,
            85,
            10**12,
            -(10**12),
            "",
            "-",
            "NO",
            "0",
            "甲",
            "1.1",
            "simple",
            "\u202e",
        ),
        *(
            "2026Q1",
            "2026-07",
            "FY2026",
            "9999-12-31",
            "0001-01-01",
            "csat_top2",
            "missed",
            "x" * 70,
            "\u202e",
        ),
        *([], {}, [[]], [{}], {"a": 1}, ["A", "B"], {"percentOfFee": 5}, {"zh": "甲", "en": "A"}),
        *(
            [{"metric": "csat_top2"}],
            [{"at": "2026Q1", "value": 80}],
            {"1": 2},
            {"leadsTo": "pool_with_next"},
        ),
    ]
)


def paths(node: Any, path: Path = ()) -> Iterator[Path]:
    """The path of every part, the whole one first."""
    yield path
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in entries:
        yield from paths(value, (*path, key))


def at(node: Any, path: Path) -> Any:
    for step in path:
        node = node[step]
    return node


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """The text of an example with one to three parts changed."""
    document = copy.deepcopy(DOCUMENTS[draw(st.sampled_from(sorted(DOCUMENTS)))])
    for _ in range(draw(st.integers(1, 3))):
        places = list(paths(document))[1:]
        *above, last = draw(st.sampled_from(places))
        part = at(document, tuple(above))
        match draw(st.sampled_from(["odd", "odd", "odd", "gone", "elsewhere", "doubled"])):
            case "odd":
                part[last] = draw(ODD)
            case "gone":
                del part[last]
            case "elsewhere":
                part[last] = copy.deepcopy(at(document, draw(st.sampled_from(places))))
            case _ if isinstance(part, list):
                part.append(copy.deepcopy(part[last]))
            case _:
                part[f"{last}x"] = 1
    # JSON is YAML too; numbers as they are written, not in quotes.
    return json.dumps(document, ensure_ascii=False, default=float)


@settings(deadline=None, max_examples=300)
@given(mutants())
def test_a_changed_contract_is_read_or_refused_with_problems_and_nothing_else(source: str) -> None:
    try:
        contract = read_contract(source, "x")
    except ContractError as error:
        assert error.problems
        assert all(each.line and each.words("zh") and each.words("en") for each in error.problems)
    else:
        assert stored_contract(contract.canonical_json()) == contract


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_the_unchanged_documents_are_read(name: str) -> None:
    source = json.dumps(DOCUMENTS[name], ensure_ascii=False, default=float)
    assert read_contract(source, "x") == read_contract(example_source(name), "x")

"""Reads a contract file and says everything that is wrong with it, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from contract.checks import check
from contract.fields import shown
from contract.model import Clause, Contract, Metadata, MetricUse, Parties, TargetTerms, Term
from contract.problems import ContractError, Problem, problem
from contract.tree import Tree, read_tree

T = TypeVar("T")


def example_source() -> str:
    """The text of the example contract that comes with the package."""
    return (Path(__file__).parent / "example" / "contract.yaml").read_text(encoding="utf-8")


def read_contract(source: str, name: str) -> Contract:
    """The contract in the YAML text `source`; `name` is the file's name, for messages.

    Raises ContractError with all problems found, each with code, line, key, what is wrong and what to write.
    """
    tree = read_tree(source)
    problems = list(tree.problems)
    contract: Contract | None = None
    if not any(key == "" for key in tree.refused):
        try:
            contract = Contract.model_validate(_tuples(tree.data))
        except ContractError as error:
            problems += error.problems
        except ValidationError as error:
            problems += [_problem(details) for details in error.errors(include_url=False)]
            problems += _checks_of_what_is_readable(_tuples(tree.data))
    found = _placed(problems, tree, name)
    if found or contract is None:
        raise ContractError(found)
    return contract


def _placed(problems: list[Problem], tree: Tree, name: str) -> tuple[Problem, ...]:
    """The problems with file and line, in the order of the file, without consequences of a refused value."""
    placed = []
    for one in problems:
        if one.line is None and any(_within(one.key, refused) for refused in tree.refused):
            continue
        line = one.line if one.line is not None else _line(one.key, tree.lines)
        placed.append(replace(one, line=line, file=name))
    return tuple(sorted(placed, key=lambda one: one.line or 0))


def _within(key: str, refused: str) -> bool:
    return key == refused or key.startswith((f"{refused}.", f"{refused}["))


def _line(key: str, lines: Mapping[str, int]) -> int:
    while key and key not in lines:
        key = key[: max(key.rfind("."), key.rfind("["), 0)]
    return lines.get(key, 1)


def _tuples(data: object) -> Any:
    if isinstance(data, dict):
        return {key: _tuples(value) for key, value in data.items()}
    if isinstance(data, list):
        return tuple(_tuples(value) for value in data)
    return data


def _checks_of_what_is_readable(data: object) -> list[Problem]:
    spec = _entry(data, "spec")
    targets = _entry(spec, "targets")
    return check(
        _read(Metadata, _entry(data, "metadata")),
        _read(Parties, _entry(spec, "parties")),
        _read(Term, _entry(spec, "term")),
        _read(tuple[Clause, ...], _entry(spec, "clauses")),
        _read(tuple[MetricUse, ...], _entry(spec, "metrics")),
        [_read(TargetTerms, target) for target in targets] if isinstance(targets, tuple) else None,
    )


def _entry(data: object, key: str) -> object:
    return data.get(key) if isinstance(data, dict) else None


def _read(shape: type[T], data: object) -> T | None:
    try:
        return TypeAdapter(shape).validate_python(data)
    except ValidationError:
        return None


def _problem(error: ErrorDetails) -> Problem:
    """What pydantic found, in the words of this package."""
    place = tuple(step for step in error["loc"] if step != "[key]")
    key = _path(place)
    context = error.get("ctx", {})
    if "todo" in context:
        return Problem(error["type"], key, context["what"], context["todo"], context["values"])
    given = shown(error["input"])
    match error["type"]:
        case "extra_forbidden":
            known = _keys_at(place[:-1])
            near = get_close_matches(str(place[-1]), known, 1)
            todo = "Did you mean {near}?" if near else "The keys here are: {known}"
            return problem(
                "unknown-key",
                key,
                "There is no key {name}",
                todo,
                name=shown(place[-1]),
                near=near[0] if near else "",
                known=", ".join(known),
            )
        case "missing":
            return problem("missing-key", key, "The key {name} is missing", "Add it", name=place[-1])
        case "literal_error":
            expected = context["expected"].replace(" or ", ", ").replace("'", "")
            what = "“{given}” is not possible here"
            return problem(
                "not-one-of", key, what, "Write one of: {expected}", given=given, expected=expected
            )
        case "tuple_type":
            todo = "Begin each entry with - on a line of its own"
            return problem("not-a-list", key, "A list is expected here, not {given}", todo, given=given)
        case _:
            todo = "Write the keys below it, indented"
            what = "A group of keys is expected here, not {given}"
            return problem("not-a-group", key, what, todo, given=given)


def _path(place: tuple[int | str, ...]) -> str:
    path = ""
    for step in place:
        path += f"[{step}]" if isinstance(step, int) else f".{shown(step)}" if path else shown(step)
    return path


def _keys_at(place: tuple[int | str, ...]) -> list[str]:
    """The keys that the model knows at this place."""
    part: type[BaseModel] = Contract
    for step in place:
        if isinstance(step, str):
            field = next(field for field in part.model_fields.values() if field.alias == step)
            part = next(_parts(field.annotation))
    return [field.alias or name for name, field in part.model_fields.items()]


def _parts(annotation: object) -> Iterator[type[BaseModel]]:
    """The models named in a type such as `tuple[Clause, ...]` or `Party | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)

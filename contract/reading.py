"""Reads a contract file and says everything that is wrong with it, line by line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from contract.checks import Readable, check
from contract.fields import shown
from contract.model.contract import Contract, Spec
from contract.model.examples import Example
from contract.model.schemes import Scheme
from contract.model.target_terms import TargetTerms
from contract.model.term import Metadata
from contract.problems import ContractError, Problem, problem
from contract.reproducing import reproduce
from contract.settlement.examples import settle_example
from contract.tree import Mark, Tree, read_tree

# Lists of which the sound entries are checked when others cannot be read.
_ENTRIES = MappingProxyType({"targets": TargetTerms, "examples": Example})
_SCHEMES = MappingProxyType(
    {get_args(part.model_fields["scheme"].annotation)[0]: part for part in get_args(Scheme)}
)


EXAMPLES = Path(__file__).parent / "example"


def example_names() -> tuple[str, ...]:
    """The contract files that come with the package: the full example first, then one for each scheme."""
    return ("contract", *sorted(path.stem for path in EXAMPLES.glob("*.yaml") if path.stem != "contract"))


def example_source(name: str = "contract") -> str:
    """The text of one of `example_names`, the full example where none is named; KeyError for another name."""
    if name not in example_names():
        raise KeyError(name)
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


def read_contract(source: str, name: str) -> Contract:
    """The contract in the YAML text `source`; `name` is the file's name, for messages.

    Raises ContractError with all problems found, each with code, line, key, what is wrong and what to write;
    also for a worked example that does not come out as written.
    """
    return examine(source, name)[0]


@lru_cache(maxsize=8)  # who loads a file has had it checked before, and the example is compared with
def examine(source: str, name: str) -> tuple[Contract, tuple[Problem, ...]]:
    """The contract as `read_contract` gives it; what in it looks like a mistake and what its rules cost, with
    file and line."""
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
    if contract and not problems:
        problems += reproduce(contract, settle_example)
    found = _placed(problems, tree, name)
    if found or contract is None:
        raise ContractError(found)
    return contract, _placed([*contract.warnings, *contract.cautions], tree, name)


def place_of(source: str, name: str, key: str) -> str:
    """Where `key` stands in the YAML text: file, line, column and key, as `Problem.where` says it."""
    mark = _mark(key, read_tree(source).marks)
    return f"{name}:{mark.line}:{mark.column} {key}"


def _placed(problems: list[Problem], tree: Tree, name: str) -> tuple[Problem, ...]:
    """The problems with file and line, in the order of the file, without consequences of a refused value."""
    placed = []
    for one in problems:
        if one.line is None and any(_within(one.key, refused) for refused in tree.refused):
            continue
        mark = _mark(one.key, tree.marks) if one.line is None else Mark(one.line, one.column or 1)
        placed.append(replace(one, line=mark.line, column=mark.column, file=name))
    return tuple(sorted(placed, key=lambda one: one.line or 0))


def _within(key: str, refused: str) -> bool:
    return key == refused or key.startswith((f"{refused}.", f"{refused}["))


def _mark(key: str, marks: Mapping[str, Mark]) -> Mark:
    while key and key not in marks:
        key = key[: max(key.rfind("."), key.rfind("["), 0)]
    return marks.get(key, Mark(1, 1))


def _tuples(data: object) -> Any:
    if isinstance(data, dict):
        return {key: _tuples(value) for key, value in data.items()}
    if isinstance(data, list):
        return tuple(_tuples(value) for value in data)
    return data


def _checks_of_what_is_readable(data: object) -> list[Problem]:
    """The checks of a faulty file, part by part: one mistake does not hide the others."""
    spec = _entry(data, "spec")
    parts: dict[str, Any] = {}
    unread = set()
    for name, field in Spec.model_fields.items():
        value = _entry(spec, field.alias or name)
        entry = _ENTRIES.get(name)
        if entry is not None and isinstance(value, tuple):
            parts[name] = [_read(entry, each) for each in value]
        elif value is not None:
            parts[name] = _read(_part(name), value)
            if parts[name] is None:
                unread.add(name)
    metadata = _read(Metadata, _entry(data, "metadata"))
    return check(Readable(metadata=metadata, unread=frozenset(unread), **parts))


@cache
def _part(name: str) -> Any:
    field = Spec.model_fields[name]
    return Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation


def _entry(data: object, key: str) -> object:
    return data.get(key) if isinstance(data, dict) else None


def _read(shape: Any, data: object) -> Any:
    try:
        return TypeAdapter(shape).validate_python(data)
    except ValidationError:
        return None


def _problem(error: ErrorDetails) -> Problem:
    """What pydantic found, in the words of this package."""
    place = tuple(step for step in error["loc"] if step != "[key]")
    key = _path(tuple(step for step in place if step not in _SCHEMES))
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
        case "union_tag_not_found":
            what, todo = "The key {name} is missing", "Add it: one of {expected}"
            return problem("missing-key", key, what, todo, name="scheme", expected=", ".join(_SCHEMES))
        case "union_tag_invalid":
            key, given = f"{key}.scheme", shown(context["tag"])
            what = "“{given}” is not possible here"
            expected = ", ".join(_SCHEMES)
            return problem(
                "not-one-of", key, what, "Write one of: {expected}", given=given, expected=expected
            )
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
            fields = (field for field in part.model_fields.values() if field.alias == step)
            part = _SCHEMES[step] if step in _SCHEMES else next(_parts(next(fields).annotation))
    return [field.alias or name for name, field in part.model_fields.items()]


def _parts(annotation: object) -> Iterator[type[BaseModel]]:
    """The models named in a type such as `tuple[Clause, ...]` or `Party | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _parts(inner)

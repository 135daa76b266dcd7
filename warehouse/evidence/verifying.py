"""Works a sealed period out again, from the rows there were then: the mediator's check of the evidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose
from typing import TYPE_CHECKING

from pydantic_core import to_jsonable_python

from warehouse.as_of import as_of
from warehouse.contracts import LoadedContract, contracts
from warehouse.evidence.problems import problem, refusal
from warehouse.evidence.sealed import Seal, Sealed, sealed_from
from warehouse.evidence.sealing import perform
from warehouse.problems import Problem, WarehouseError
from warehouse.wordings import refusal as counting_refusal

if TYPE_CHECKING:
    from warehouse.database import Warehouse

# The hash of the seal before has a check of its own; seals of earlier releases name no unit, and words are
# compared as they are said, not by what they were made from.
_NOT_COMPARED = frozenset({"sealed_at", "before", "unit", "template", "values"})
_SAME_FLOAT = 1e-9  # another build of the statistics may differ in the last digits


@dataclass(frozen=True, slots=True)
class Verified:
    """A seal, and what is wrong with it: nothing where the period comes out as it was sealed. Without a seal
    it is gone, though the audit says that there was one."""

    period: str
    seal: Seal | None
    problems: tuple[Problem, ...]


def verify(
    warehouse: "Warehouse", period: str | None = None, contract: str | None = None
) -> tuple[Verified, ...]:
    """Check the seal of a period, of all when None, of the contract of that id, of all when None, in order:
    its text against its hash, that hash against the audit's, the hash of the seal before, the contract by its
    hash, and every count, verdict and line, worked out again.

    Raises WarehouseError: "contract-none", "seal-none" for a period that is not sealed, "seal-broken" for a
    text that cannot be read.
    """
    known = [one for one in contracts(warehouse) if contract in (None, one.contract.id)]
    if not known:
        raise counting_refusal("contract-none")
    noted: dict[str, str | None] = dict(warehouse.read("evidence/noted"))
    found = []
    for loaded in known:
        before = None
        for name, seal in loaded.seals.items():
            if period in (None, name):
                problems = tuple(_problems(warehouse, loaded, seal, before, noted.get(seal.subject)))
                found.append(Verified(name, seal, problems))
            before = seal.sha256
        found += _gone(loaded, period, noted)
    if period is not None and not found:
        raise refusal("seal-none", period, period=period)
    return tuple(found)


def _problems(
    warehouse: "Warehouse", loaded: LoadedContract, seal: Seal, before: str | None, noted: str | None
) -> Iterator[Problem]:
    name = seal.sealed.period.name
    if not seal.is_whole:
        yield problem("seal-broken", name)
    if seal.sealed.before != before:
        yield problem("seal-chain", name)
    # Seals of earlier releases were noted without their hash.
    if noted is not None and noted != seal.sha256:
        yield problem("seal-unwritten", name, written=noted, sha256=seal.sha256)
    try:
        at = as_of(warehouse, seal.sealed.as_of)
        again = perform(warehouse, loaded, name, at, seal.sealed.basis)
    except WarehouseError as error:
        yield error.problem
        return
    for figure, then, now in _differences(_plain(seal.sealed), _plain(sealed_from(again.document())), ()):
        said = {"figure": " · ".join(figure), "sealed": _shown(then), "again": _shown(now)}
        yield problem("seal-words" if "said" in figure else "seal-differs", name, **said)


def _gone(loaded: LoadedContract, period: str | None, noted: Mapping[str, str | None]) -> Iterator[Verified]:
    """The periods that the audit says were sealed by this contract, and that have no seal."""
    for subject, sha256 in noted.items():
        contract, _, name = subject.partition(" ")
        if contract == loaded.contract.id and name not in loaded.seals and period in (None, name):
            yield Verified(name, None, (problem("seal-gone", name, sha256=sha256 or "–"),))


def _plain(sealed: Sealed) -> object:
    return to_jsonable_python(sealed)


def _differences(
    then: object, now: object, place: Sequence[str]
) -> Iterator[tuple[Sequence[str], object, object]]:
    """The leaves that are not equal, with the keys that lead there."""
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        for key in dict.fromkeys([*then, *now]):
            if key not in _NOT_COMPARED:
                yield from _differences(then.get(key), now.get(key), (*place, str(key)))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for number, (one, other) in enumerate(zip(then, now, strict=True), start=1):
            yield from _differences(one, other, (*place, str(number)))
    elif not _same(then, now):
        yield place, then, now


def _same(then: object, now: object) -> bool:
    if isinstance(then, float) and isinstance(now, float):
        return isclose(then, now, rel_tol=_SAME_FLOAT, abs_tol=_SAME_FLOAT)
    return then == now


def _shown(leaf: object) -> str:
    return "–" if leaf is None else str(leaf)

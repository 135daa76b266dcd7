"""Sealing settled periods: each once, in order, from the rows there are then."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from contract import Contract, Counts
from contract.deciding import Decided
from contract.settlement import Settlement
from warehouse.as_of import AsOf, as_of
from warehouse.audit.chain import record
from warehouse.calendar import from_stored, local_day, utc_now
from warehouse.contracts import LoadedContract, contracts, current_contract
from warehouse.evidence.basis import Basis, all_so_far
from warehouse.evidence.problems import refusal
from warehouse.evidence.sealed import FORMAT, Seal, Sealed, SealedTarget
from warehouse.evidence.store import store_seal
from warehouse.judging import CountedTerm, count_term, judge_contract
from warehouse.proceedings import proceedings, settled_on
from warehouse.settling import settle_closed
from warehouse.wordings import refusal as counting_refusal

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(frozen=True, slots=True)
class Sealable:
    """A closed period, from which day on it can be sealed, and its seal; `is_due` where it can and is not."""

    period: str
    contract: Contract
    settled_on: date
    seal: Seal | None
    is_due: bool


def closed_periods(warehouse: "Warehouse", contract: str | None = None) -> tuple[Sealable, ...]:
    """Every closed period of the contract of that id, of all when None, in order; none without a contract."""
    at = as_of(warehouse)
    found = []
    for loaded in contracts(warehouse, at.until - timedelta(days=1)):
        for period, version in loaded.periods if contract in (None, loaded.contract.id) else ():
            if at.begun(period.start) and at.state(period.end) == "closed":
                day, seal = settled_on(version, period), loaded.seals.get(period.name)
                found.append(Sealable(period.name, version, day, seal, seal is None and at.until > day))
    return tuple(found)


def seal_period(warehouse: "Warehouse", period: str, contract: str | None = None) -> tuple[Seal, ...]:
    """Seal the period, and before it every earlier one of its contract that is not sealed, since its pools
    and caps begin with what those left. The seals made, none where it was sealed before.

    Raises WarehouseError: "contract-none", "period-unknown" for one that is not closed, "seal-contracts"
    where no contract is asked for and two have a period of that name, "seal-too-early" until it is settled,
    and those of `judge_contract`.
    """
    known = closed_periods(warehouse, contract)
    asked = [one for one in known if one.period == period]
    if not asked:
        if current_contract(warehouse, contract=contract) is None:
            raise counting_refusal("contract-none")
        first, last = (known[0].period, known[-1].period) if known else ("–", "–")
        raise counting_refusal("period-unknown", period, first=first, last=last)
    if len(asked) > 1:
        raise refusal("seal-contracts", period, known=", ".join(one.contract.id for one in asked))
    upto = tuple(one for one in known[: known.index(asked[0]) + 1] if one.contract.id == asked[0].contract.id)
    for one in upto:
        if one.seal is None and not one.is_due:
            raise refusal("seal-too-early", one.period, day=one.settled_on.isoformat())
    return _seal_all(warehouse, upto)


def seal_due(warehouse: "Warehouse") -> tuple[Seal, ...]:
    """Seal what is settled, without being asked: the periods up to the last one that was settled after its
    contract was loaded. What was over by then may still have answers to be imported: it waits for
    `seal_period`, or for the first period that is settled later."""
    made: list[Seal] = []
    for loaded in contracts(warehouse):
        closed = closed_periods(warehouse, loaded.contract.id)
        known = list(takewhile(lambda one: one.seal is not None or one.is_due, closed))
        # Those of the example are due even where whoever loaded it left before they were sealed.
        while known and (known[-1].seal or not (loaded.is_example or _was_loaded(warehouse, known[-1]))):
            known.pop()
        made += _seal_all(warehouse, known)
    return tuple(made)


def perform(
    warehouse: "Warehouse",
    loaded: LoadedContract,
    name: str,
    at: AsOf,
    basis: Basis,
    known: CountedTerm | None = None,
) -> Sealed:
    """What the period comes to as of an instant, from the rows of `basis` and the seals before it. Whether it
    is a first sealing or a check of one: the same work, so that the same has to come out. `known` as for
    `judge_contract`."""
    order = [period.name for period, _ in loaded.periods]
    place = order.index(name)
    before = {each: seal for each, seal in loaded.seals.items() if each in order[:place]}
    period, contract = next((one, version) for one, version in loaded.periods if one.name == name)
    judged = judge_contract(warehouse, loaded, at, basis, before, known)
    done = proceedings(warehouse, loaded, at.until, basis)
    settled = {one.period.name: settlement for one, settlement in settle_closed(judged, at, done)}
    begun = next(one for one in judged.begun if one.period.name == name)
    decided = judged.decided[name]
    counted: dict[str, dict[str, Counts]] = {}
    for metric, (_, found) in judged.counts[begun.contract.version].items():
        for each in found:
            if each.period == name:
                counted.setdefault(metric, {})[each.segment] = each.counts
    return Sealed(
        format=FORMAT,
        contract=contract.id,
        version=contract.version,
        contract_sha256=contract.sha256,
        zone=contract.term.timezone,
        period=period,
        settled_on=settled_on(contract, period),
        as_of=at.instant,
        sealed_at=utc_now().replace(microsecond=0),
        before=list(before.values())[-1].sha256 if before else None,
        basis=basis,
        counted=counted,
        targets={
            metric: SealedTarget(one.counts, one.response_rate, one.relieved, _said(decided[metric]))
            for metric, one in begun.counted.items()
        },
        settlement=_worded(settled.get(name)),
    )


def _seal_all(warehouse: "Warehouse", periods: Sequence[Sealable]) -> tuple[Seal, ...]:
    """Seal those of one contract that are not yet, from the same rows, which are counted once."""
    open_ones = [one for one in periods if one.seal is None]
    if not open_ones:
        return ()
    at, contract = as_of(warehouse), open_ones[0].contract.id
    loaded = current_contract(warehouse, at.until - timedelta(days=1), contract)
    if loaded is None:
        return ()
    with warehouse.transaction() as cursor:
        basis = all_so_far(cursor)
    known = count_term(warehouse, loaded, at, basis)
    made = (_seal(warehouse, contract, one.period, at, basis, known) for one in open_ones)
    return tuple(seal for seal in made if seal is not None)


def _seal(
    warehouse: "Warehouse", contract: str, name: str, at: AsOf, basis: Basis, known: CountedTerm
) -> Seal | None:
    """Seal one period; None where somebody else did meanwhile."""
    loaded = current_contract(warehouse, at.until - timedelta(days=1), contract)
    if loaded is None:
        return None
    sealed = perform(warehouse, loaded, name, at, basis, known)
    with warehouse.transaction() as cursor:
        seal = store_seal(cursor, sealed)
        if seal is not None:
            record(cursor, "sealed", seal.subject, sha256=seal.sha256)
    return seal


def _was_loaded(warehouse: "Warehouse", one: Sealable) -> bool:
    """Whether its contract was there already when the period was settled."""
    rows = warehouse.read("evidence/loaded_at", sha256=one.contract.sha256)
    zone = warehouse.reporting_zone
    return bool(rows) and local_day(from_stored(rows[0][0]), zone) <= one.settled_on


def _said(decided: Decided) -> Decided:
    """The verdict with its reason as it is worded now."""
    return replace(decided, verdict=replace(decided.verdict, reason=decided.verdict.reason.kept()))


def _worded(settlement: Settlement | None) -> Settlement | None:
    """The ledger with its reasons as they are worded now."""
    if settlement is None:
        return None
    return replace(
        settlement, lines=tuple(replace(line, reason=line.reason.kept()) for line in settlement.lines)
    )

"""What a result would cost: the same ledger from an assumed figure; nothing is written anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, ShareCounts, index_figure
from contract.deciding import Counted, judge_term
from contract.metrics import KindName
from contract.model.contract import Contract
from contract.settlement.facts import Facts, decided_result
from contract.settlement.history import History
from contract.settlement.ledger import Settlement, settle


def what_if(
    term: Sequence[tuple[Contract, Mapping[str, Counted]]],
    facts: Facts,
    metric: str,
    figure: Decimal,
    n: int,
    history: History | None = None,
) -> Settlement:
    """The ledger of the period in `facts`, had `metric` come to `figure`, in its unit, from `n` answers.

    `term` is what was counted from the first period to this one, which is its last: pooling looks back.
    Raises KeyError for a metric that has no target in the period, ValueError for a figure that no `n` answers
    of its kind can give.
    """
    contract, counted = term[-1]
    target = contract.target(metric, facts.period.name)
    use = next((one for one in contract.metrics if one.metric == metric), None)
    if target is None or use is None:
        raise KeyError(metric)
    scale = (use.scale.lowest, use.scale.highest) if use.scale else (1, 5)
    counts = counts_at(use.kind, figure, n, scale)
    if isinstance(counts, CensusCounts) and use.kind == "census":
        counts = replace(counts, unit=use.measured_in)
    known = counted.get(metric)
    assumed = replace(known, counts=counts) if known else Counted(target, counts)
    decided = judge_term([*term[:-1], (contract, {**counted, metric: assumed})])[-1]
    results = {**facts.results, **{name: decided_result(one) for name, one in decided.items()}}
    return settle(contract, replace(facts, results=results), history)


def counts_at(kind: KindName, figure: Decimal, n: int, scale: tuple[int, int] = (1, 5)) -> Counts:
    """Counts of `n` answers whose figure is nearest to `figure`: a share in percent, NPS in points, a mean on
    its `scale` with answers at the two points around it; a census is the figure itself.

    NPS leaves out passives, which is the widest spread. Raises ValueError for a figure out of range or no
    answers.
    """
    if not figure.is_finite():
        raise ValueError(f"{figure} is not a figure")
    if kind == "census":
        return CensusCounts(float(figure), 0, 0)
    if kind == "index":
        return index_figure(float(figure))
    if n < 1:
        raise ValueError("at least one answer is needed")
    lowest, highest = {"share": (0, 100), "nps": (-100, 100)}.get(kind, scale)
    if not lowest <= figure <= highest:
        raise ValueError(f"{figure} does not lie between {lowest} and {highest}")
    if kind == "share":
        return ShareCounts(round(figure * n / 100), n)
    if kind == "nps":
        promoters = round((100 + figure) * n / 200)
        return NpsCounts(n - promoters, 0, promoters)
    below = min(int(figure), highest - 1)
    above = round((figure - below) * n)
    points = dict.fromkeys(range(lowest, highest + 1), 0)
    return MeanCounts(points | {below: n - above, below + 1: above})

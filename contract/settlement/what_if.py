"""What a result would cost: the same ledger from an assumed figure; nothing is written anywhere."""

from dataclasses import replace
from decimal import Decimal

from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, ShareCounts
from contract.metrics import KindName
from contract.model.contract import Contract
from contract.settlement.facts import Facts, result
from contract.settlement.ledger import History, Settlement, settle


def what_if(
    contract: Contract, facts: Facts, metric: str, figure: Decimal, n: int, history: History | None = None
) -> Settlement:
    """The ledger of the period in `facts`, had `metric` come to `figure`, in its unit, from `n` answers.

    Raises KeyError for a metric that has no target in the period, ValueError for a figure that no `n` answers
    of its kind can give.
    """
    target = contract.target(metric, facts.period.name)
    use = next((one for one in contract.metrics if one.metric == metric), None)
    if target is None or use is None:
        raise KeyError(metric)
    scale = (use.scale.lowest, use.scale.highest) if use.scale else (1, 5)
    assumed = result(target, counts_at(use.kind, figure, n, scale))
    return settle(contract, replace(facts, results={**facts.results, metric: assumed}), history)


def counts_at(kind: KindName, figure: Decimal, n: int, scale: tuple[int, int] = (1, 5)) -> Counts:
    """Counts of `n` answers whose figure is nearest to `figure`: a share in percent, NPS in points, a mean on
    its `scale` with answers at the two points around it; a census is the figure itself.

    NPS leaves out passives, which is the widest spread. Raises ValueError for a figure out of range or no
    answers.
    """
    if kind in ("census", "index"):
        return CensusCounts(float(figure), 0, 0)
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

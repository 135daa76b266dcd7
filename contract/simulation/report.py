"""The simulation in words: what was assumed, how often each word comes, what it costs, what n would find."""

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from contract.fields import canonical_number
from contract.metrics import KINDS
from contract.model.contract import Contract
from contract.model.examples import ClosedWord
from contract.simulation.paying import AMOUNTS
from contract.simulation.simulating import Cost, Frequencies, Power, Share, Simulation
from contract.simulation.truths import Truth
from contract.texts import translate
from contract.wording import WORDS

_COLUMNS: tuple[ClosedWord, ...] = ("met", "missed", "not_proven", "too_few")
_NAMES = {
    "deducted": "deducted",
    "earned_back": "earned back",
    "bonus": "bonus",
    "payable": "payable",
}


def report(contract: Contract, simulation: Simulation, language: str) -> Iterator[str]:
    """The lines of the report in `language` ("zh" or "en")."""
    yield from _assumed(contract, simulation, language)
    for one in simulation.over_term:
        yield ""
        yield from _frequencies(simulation, one, language)
    yield ""
    if simulation.term_cost is None:
        yield translate("The contract names no fees, so nothing is paid or deducted.", language)
    else:
        yield from _money(contract, simulation, simulation.term_cost, language)
    if simulation.powers:
        yield ""
        yield from _powers(simulation.powers, language)


def _assumed(contract: Contract, simulation: Simulation, language: str) -> Iterator[str]:
    yield translate(
        "{runs} simulated terms of {periods} periods (seed {seed}); ± is one standard error",
        language,
        runs=f"{simulation.runs:,}",
        periods=len(contract.periods),
        seed=simulation.seed,
    )
    for metric, truth in simulation.truths.items():
        if truth.kind == "census":
            yield translate("{metric}: true figure {figure}", language, metric=metric, figure=_truth(truth))
        else:
            yield translate(
                "{metric}: true figure {figure}, {n} answers a period ({answers})",
                language,
                metric=metric,
                figure=_truth(truth),
                n=f"{simulation.n[metric]:,}",
                answers=_answers(truth),
            )
    for target in {one.metric: one for one in contract.targets}.values():
        if target.min_response_rate is not None and target.metric not in simulation.response_rates:
            yield translate(
                "{metric}: the response rate is not looked at; --response-rate names it",
                language,
                metric=target.metric,
            )
    yield translate(
        "Assumed: answers independent of each other, every report in time, no relief, nothing ordered.",
        language,
    )


def _truth(truth: Truth) -> str:
    unit = " %" if KINDS[truth.kind].unit == "percent" else ""
    first, last = _short(truth.first.figure), _short(truth.last.figure)
    spread = f" ~ {truth.first.spread:g}" if truth.first.spread else ""
    return f"{first}{unit}{spread}" if first == last else f"{first}..{last}{unit}{spread}"


def _answers(truth: Truth) -> str:
    """How likely each answer is in the first period: the assumption that a bare figure needs."""
    names = ("-", "0", "+") if truth.kind == "nps" else [str(point) for point in truth.points]
    if truth.kind == "share":
        names = ["-", "+"]
    parts = zip(names, truth.first.chances, strict=True)
    return ", ".join(f"{name} {100 * chance:.1f} %" for name, chance in parts)


def _frequencies(simulation: Simulation, term: Frequencies, language: str) -> Iterator[str]:
    heads = ("target", "truth", *(WORDS[word].template for word in _COLUMNS), "kept", "pooled on")
    table = [[term.metric, *(translate(head, language) for head in heads)]]
    for one in simulation.frequencies:
        if one.metric == term.metric and one.target is not None and one.truth is not None:
            table.append([one.period or "", canonical_number(one.target), _short(one.truth), *_cells(one)])
    table.append([translate("mean of the term", language), "", "", *_cells(term)])
    if not term.carried.value:
        table = [row[:-1] for row in table]
    yield from _aligned(table)
    if term.never_missed is not None:
        yield translate(
            "{metric} is kept or open in every period of the term in {share} of the runs",
            language,
            metric=term.metric,
            share=_percent(term.never_missed),
        )


def _cells(one: Frequencies) -> list[str]:
    return [*(_percent(one.words[word]) for word in _COLUMNS), _percent(one.kept), _percent(one.carried)]


def _money(contract: Contract, simulation: Simulation, term: Cost, language: str) -> Iterator[str]:
    currency = contract.spec.fees.currency if contract.spec.fees else ""
    heads = ("mean", "5 % at most", "half at most", "95 % at most")
    over = translate("over the term, {currency}", language, currency=currency)
    table = [[over, *(translate(head, language) for head in heads)]]
    for name in AMOUNTS:
        table.append([translate(_NAMES[name], language), *_spread(term, name)])
    yield from _aligned(table)
    for name in AMOUNTS:
        if all(not cost.amounts[name].high and not cost.amounts[name].mean for cost in simulation.costs):
            continue
        yield ""
        title = f"{translate(_NAMES[name], language)}, {currency}"
        table = [[title, *(translate(head, language) for head in heads)]]
        yield from _aligned(
            [*table, *([cost.period or "", *_spread(cost, name)] for cost in simulation.costs)]
        )
    yield ""
    chances = ("something is deducted", "though the truth is good enough", "nothing, though it is not")
    table = [["", *(translate(chance, language) for chance in chances)]]
    for cost in (*simulation.costs, term):
        period = cost.period or translate("in the term", language)
        shares = (cost.deducted, cost.wrongly, cost.spared)
        table.append([period, *("-" if share is None else _percent(share) for share in shares)])
    yield from _aligned(table)


def _spread(cost: Cost, name: str) -> list[str]:
    spread = cost.amounts[name]
    return [f"{amount:,f}" for amount in (spread.mean, spread.low, spread.middle, spread.high)]


def _powers(powers: Sequence[Power], language: str) -> Iterator[str]:
    yield translate("How often a true miss is found, by the number of answers:", language)
    rows: dict[tuple[str, Decimal, int], dict[int, float]] = {}
    for one in powers:
        rows.setdefault((one.metric, one.target, one.miss), {})[one.n] = one.chance
    sizes = sorted({one.n for one in powers})
    table = [["n", *(f"{size:,}" for size in sizes)]]
    for (metric, target, miss), chances in rows.items():
        name = translate(
            "{metric}, {miss} points worse than {target} %",
            language,
            metric=metric,
            miss=miss,
            target=canonical_number(target),
        )
        table.append([name, *(f"{100 * chances[n]:.0f} %" if n in chances else "" for n in sizes)])
    yield from _aligned(table)


def _percent(share: Share) -> str:
    error = 100 * share.error
    return f"{100 * share.value:.1f} ±{error:.{1 if error >= 0.05 else 2}f} %"


def _short(number: Fraction) -> str:
    return f"{float(number):.2f}".rstrip("0").rstrip(".")


def _aligned(table: Sequence[Sequence[str]]) -> Iterator[str]:
    """The rows with the first column to the left and the others to the right; a Chinese letter takes two."""
    widths = [max(_width(row[place]) for row in table) for place in range(len(table[0]))]
    for row in table:
        first = row[0] + " " * (widths[0] - _width(row[0]))
        rest = (" " * (width - _width(cell)) + cell for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join((first, *rest)).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)

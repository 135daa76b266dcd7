"""Many terms judged at once come out as `judge_term` says of each of them."""

from decimal import Decimal

import numpy as np
import pytest

from contract import CensusCounts, Contract, Counts, MeanCounts, NpsCounts, ShareCounts, read_contract
from contract.deciding import Counted, judge_term
from contract.simulation.judging import CENSUS_UNIT, OPEN, WORDS, Drawn, judge_runs

HEAD = """
apiVersion: pactboard/v1
kind: Contract
metadata:
  {id: c, version: 1, status: draft, title: {zh: 合同, en: Contract}, authoritativeLanguage: zh}
spec:
  parties: {A: {name: {zh: 青屿, en: Qingyu}}, B: {name: {zh: 拾光, en: Shiguang}}}
  term: {firstDay: 2026-01-01, lastDay: 2027-03-31, timezone: Asia/Shanghai, periods: quarter, fiscalStart: 1}
  clauses: [{id: "1", title: {zh: 条款, en: Clause}, text: {zh: 正文, en: Text}}]
  metrics:
    - {id: csat_top2, kind: share, direction: higher, clause: "1", survey: customer-satisfaction}
    - {id: churn, kind: share, direction: lower, clause: "1", survey: customer-satisfaction}
    - {id: nps, kind: nps, direction: higher, clause: "1", survey: customer-satisfaction}
    - id: ces
      kind: mean
      direction: higher
      clause: "1"
      survey: customer-satisfaction
      scale: {lowest: 1, highest: 5}
    - {id: member_growth, kind: census, direction: higher, clause: "1"}
"""
VALUES = {"csat_top2": (80, 84), "churn": (12, 10), "nps": (30, 40), "ces": (4, 4.2), "member_growth": (2, 3)}
RULES = {"csat_top2": "breach_must_be_proven", "churn": "success_must_be_proven", "nps": "RULE"}


def contract(rule: str, doubt: str, multiplicity: str, min_n: int = 20) -> Contract:
    lines = [HEAD.replace("\n    - {id: churn", "\n    - {id: churn, metric: low_share", 1), "  targets:"]
    for metric, (first, last) in VALUES.items():
        lines.append(f"    - metric: {metric}")
        points = f"[{{at: 2026Q1, value: {first}}}, {{at: 2027Q1, value: {last}}}]"
        lines.append(f"      ramp: {{interpolate: linear, points: {points}}}")
        if metric == "member_growth":
            lines.append("      decision: {rule: simple}")
            continue
        lines.append("      grace: [2026Q3]" if metric == "nps" else "      grace: []")
        response = ", minResponseRate: 20" if metric == "ces" else ""
        lines.append(
            f"      decision: {{rule: {RULES.get(metric, 'RULE')}, confidence: 0.9, minN: {min_n}{response},"
            f" notProven: {doubt}}}".replace("RULE", rule)
        )
    lines.append(f"  multiplicity: {multiplicity}")
    lines.append('  fees: {clause: "1", currency: CNY, scale: 2, basePerPeriod: 1000.00}')
    liable = ", ".join(f"{{metric: {metric}}}" for metric in VALUES)
    lines.append('  consequences: {scheme: deduction, clause: "1", severity: [{name: any, points: 1}],')
    lines.append(f"    pointValue: {{percentOfFee: 1.0}}, liable: [{liable}]}}")
    return read_contract("\n".join(lines), "contract.yaml")


def drawn(n: int, runs: int, rate: Decimal | None) -> dict[str, Drawn]:
    rng = np.random.default_rng(n)

    def sample(kind: str, points: list[int], chances: list[float]) -> Drawn:
        counts = rng.multinomial(n, chances, size=(5, runs))
        return Drawn(kind, np.array(points), counts, rate)

    growth = np.rint(rng.normal(2.5, 0.6, (5, runs, 1)) * CENSUS_UNIT).astype(np.int64)
    growth[:, 0] = 2 * CENSUS_UNIT  # one run right on the first target
    return {
        "csat_top2": sample("share", [0, 100], [0.17, 0.83]),
        "churn": sample("share", [0, 100], [0.9, 0.1]),
        "nps": sample("nps", [-100, 0, 100], [0.15, 0.35, 0.5]),
        "ces": sample("mean", [1, 2, 3, 4, 5], [0.04, 0.06, 0.1, 0.3, 0.5]),
        "member_growth": Drawn("census", np.array([1]), growth),
    }


def counts_of(each: Drawn, period: int, run: int) -> Counts:
    row = [int(count) for count in each.counts[period, run]]
    match each.kind:
        case "share":
            return ShareCounts(row[1], sum(row))
        case "nps":
            return NpsCounts(*row)
        case "mean":
            return MeanCounts(dict(zip(map(int, each.points), row, strict=True)))
    return CensusCounts(row[0] / CENSUS_UNIT, 0, 0)


@pytest.mark.parametrize("multiplicity", ["none", "holm"])
@pytest.mark.parametrize(
    ("rule", "doubt", "n", "rate"),
    [
        ("breach_must_be_proven", "{leadsTo: nothing}", 60, None),
        ("success_must_be_proven", "{leadsTo: pool_with_next, maxCarries: 2}", 60, Decimal(30)),
        ("breach_must_be_proven", "{leadsTo: pool_with_next, maxCarries: 1}", 15, None),
        ("success_must_be_proven", "{leadsTo: simple}", 45, Decimal(10)),
        ("simple", "{leadsTo: pool_with_next, maxCarries: 1}", 15, None),
    ],
)
def test_every_run_is_judged_as_its_own_counts_are(
    rule: str, doubt: str, n: int, rate: Decimal | None, multiplicity: str
) -> None:
    agreed, runs = contract(rule, doubt, multiplicity), 5
    draws = drawn(n, runs, rate)
    at_once = judge_runs(agreed, draws)
    seen = set()
    for run in range(runs):
        periods = []
        for number, period in enumerate(agreed.periods):
            counted = {}
            for metric, each in draws.items():
                target = agreed.target(metric, period.name)
                assert target is not None
                counted[metric] = Counted(target, counts_of(each, number, run), each.response_rate)
            periods.append((agreed, counted))
        for number, decided in enumerate(judge_term(periods)):
            for metric, one in decided.items():
                found = at_once[number][metric]
                place = (number, metric, run)
                seen.add(one.verdict.word)
                assert (WORDS[found.words[run]], bool(found.carried[run])) == (
                    one.verdict.word,
                    one.carried,
                ), place
                assert found.kept[run] == (OPEN if one.verdict.kept is None else one.verdict.kept), place
                assert found.targets[found.held[run]] == one.verdict.target, place
                assert found.sums[run] / found.sizes[run] == pytest.approx(float(one.counts.exact() or 0))
    assert len(seen) >= 3

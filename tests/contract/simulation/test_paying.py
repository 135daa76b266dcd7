"""Runs that are settled together cost what each of them costs when it is settled by itself."""

from fractions import Fraction

import numpy as np
import pytest

from contract import Contract, example_source, read_contract
from contract.settlement import Facts, Result, settle_term
from contract.simulation import read_asked
from contract.simulation.judging import CENSUS_UNIT, OPEN, WORDS, Drawn, judge_runs
from contract.simulation.paying import AMOUNTS, pay_runs

# Truths near the targets, so that every word, price and history comes up.
TRUTHS = {
    "contract": ["csat_top2=0.80..0.88", "nps=40", "member_growth=2.6~1"],
    "deduction": ["csat_top2=0.80..0.84"],
    "pool_and_share": ["csat_top2=0.83", "member_growth=2~1.5"],
    "score_to_pay": ["csat_top2=0.8", "nps=20", "member_growth=3~2"],
}


def agreed(name: str) -> Contract:
    return read_contract(example_source(name).partition("  examples:")[0], name)


def drawn(contract: Contract, truths: list[str], runs: int) -> dict[str, Drawn]:
    asked, rng, found = read_asked(contract, truths, ["300"]), np.random.default_rng(4), {}
    for metric, truth in asked.truths.items():
        laws = [truth.at(number, len(contract.periods)) for number in range(len(contract.periods))]
        if truth.kind == "census":
            figures = np.stack([float(law.figure) + law.spread * rng.standard_normal(runs) for law in laws])
            units = np.rint(figures * CENSUS_UNIT).astype(np.int64)
            found[metric] = Drawn("census", np.array([1]), units[:, :, None])
        else:
            counts = np.stack([rng.multinomial(300, law.chances, size=runs) for law in laws])
            found[metric] = Drawn(truth.kind, np.array(truth.points), counts)
    return found


@pytest.mark.parametrize("name", TRUTHS)
def test_every_run_costs_what_its_own_ledgers_say(name: str) -> None:
    contract, runs = agreed(name), 40
    judged = judge_runs(contract, drawn(contract, TRUTHS[name], runs))
    reached = [dict.fromkeys(verdicts, True) for verdicts in judged]
    paid = pay_runs(contract, judged, reached)
    seen: dict[str, set[int]] = {each: set() for each in AMOUNTS}
    scale = contract.spec.fees.scale if contract.spec.fees else 0
    for run in range(runs):
        facts = []
        for period, verdicts in zip(contract.periods, judged, strict=True):
            results = {
                metric: Result(
                    one.targets[one.held[run]],
                    WORDS[one.words[run]],
                    None if one.kept[run] == OPEN else bool(one.kept[run]),
                    Fraction(int(one.sums[run]), int(one.sizes[run])),
                    bool(one.at_stretch[run]),
                    bool(one.carried[run]),
                )
                for metric, one in verdicts.items()
            }
            facts.append(Facts(period, results))
        for settled, period_paid in zip(settle_term(contract, facts), paid, strict=True):
            for each in AMOUNTS:
                amount = int(getattr(settled, each).scaleb(scale))
                seen[each].add(amount)
                assert period_paid.amounts[each][run] == amount, (run, settled.period.name, each)
    assert len(seen["payable"]) > 3


def test_a_deduction_is_wrong_where_the_truth_is_good_enough_and_right_where_it_is_not() -> None:
    contract = agreed("deduction")
    judged = judge_runs(contract, drawn(contract, ["csat_top2=0"], 3))
    for good in (True, False):
        for place, one in enumerate(pay_runs(contract, judged, [{"csat_top2": good}] * len(judged))):
            charged = place > 0  # the first period is one of grace
            assert one.wrongly.all() == (good and charged)
            assert one.rightly.all() == (not good and charged)

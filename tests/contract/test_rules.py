"""The figures that RULES.md states are those that come out."""

import re
from pathlib import Path

import numpy as np
from scipy.stats import binom

import contract

RULES = (Path(contract.__file__).parent / "RULES.md").read_text(encoding="utf-8")


def false_misses(n: int, share: float, carries: int, alpha: float = 0.05) -> list[float]:
    """By period, the chance that a truth on its target is called missed there: every outcome, summed."""
    mass, found = np.array([1.0]), []
    for place in range(carries + 1):
        mass = np.convolve(mass, binom.pmf(np.arange(n + 1), n, share))
        total = n * (place + 1)
        k = np.arange(total + 1)
        missed, met = binom.cdf(k, total, share) <= alpha, binom.sf(k - 1, total, share) <= alpha
        if place == carries:  # the figure decides
            missed = k < share * total - 1e-9
        found.append(float(mass[missed].sum()))
        mass = np.where(missed | met, 0, mass)
    return found


def test_the_price_of_letting_the_figure_decide_after_pooling_is_as_stated() -> None:
    stated = re.search(r"falsely with a chance of (\d+) %.*?\((\d+) %\)", RULES, re.DOTALL)
    assert stated
    found = false_misses(400, 0.85, 2)
    assert (round(100 * sum(found)), round(100 * found[-1])) == (int(stated[1]), int(stated[2]))

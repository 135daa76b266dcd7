"""The change between two periods or groups: the difference of two independent figures with its interval."""

from dataclasses import dataclass
from math import hypot, sqrt

from contract.statistics.values import Estimate, check_confidence, check_share, spelled

METHODS = {
    "newcombe": "newcombe",
    "newcomb": "newcombe",
    "hybrid_score": "newcombe",
    "newcombe_wilson": "newcombe",
    "newcombe_cc": "newcombe_cc",
    "newcombe_corrected": "newcombe_cc",
    "hybrid_score_cc": "newcombe_cc",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """The first figure less the second, with its two-sided interval; `n` counts the answers of both.

    Of shares it is in proportions (-1..1), of other figures in their unit. 0 outside [low, high] means that
    the two differ by more than chance at this confidence.
    """

    value: float
    low: float
    high: float
    n: int
    confidence: float
    method: str


def share_difference(
    k1: int, n1: int, k2: int, n2: int, confidence: float = 0.95, method: str = "newcombe"
) -> Difference:
    """k1 / n1 less k2 / n2, two independent samples; value, low and high in -1..1.

    Newcombe's hybrid score interval: Newcombe 1998, Statistics in Medicine 17:873-890, method 10 ("newcombe")
    or, with continuity correction, 11 ("newcombe_cc"; R's prop.test has another correction). It is made of
    the two Wilson intervals and never leaves -1..1. Raises ValueError
    for counts, levels or methods that cannot be.
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    k1, n1 = check_share(k1, n1)
    k2, n2 = check_share(k2, n2)
    confidence = check_confidence(confidence)
    method = spelled(method, METHODS, "method")
    value = k1 / n1 - k2 / n2
    if method == "newcombe":
        low, high = confint_proportions_2indep(
            k1, n1, k2, n2, method="newcomb", compare="diff", alpha=1 - confidence
        )
    else:
        (l1, h1), (l2, h2) = _corrected(k1, n1, confidence), _corrected(k2, n2, confidence)
        low = value - hypot(k1 / n1 - l1, h2 - k2 / n2)
        high = value + hypot(h1 - k1 / n1, k2 / n2 - l2)
    # Rounding may put a limit a hair past the ends, or past the value where both shares are 0 or 1.
    low, high = max(-1.0, min(float(low), value)), min(1.0, max(float(high), value))
    return Difference(value, low, high, n1 + n2, confidence, method)


def _corrected(k: int, n: int, confidence: float) -> tuple[float, float]:
    """Wilson's interval with continuity correction (Newcombe 1998, Statistics in Medicine 17:857-872)."""
    from scipy.stats import norm

    z, p = float(norm.isf((1 - confidence) / 2)), k / n
    doubled, middle = 2 * (n + z**2), 2 * k + z**2
    low = (middle - 1 - z * sqrt(max(0.0, z**2 - 2 - 1 / n + 4 * p * (n - k + 1)))) / doubled
    high = (middle + 1 + z * sqrt(max(0.0, z**2 + 2 - 1 / n + 4 * p * (n - k - 1)))) / doubled
    return (0.0 if k == 0 else max(0.0, low)), (1.0 if k == n else min(1.0, high))


def difference(first: Estimate, second: Estimate) -> Difference:
    """`first` less `second`, two independent estimates of one kind and confidence, in their unit.

    MOVER (Zou & Donner 2008, Statistics in Medicine 27:1693-1702) builds it from the two intervals, whatever
    made them; of two Wilson intervals it is Newcombe's. Raises ValueError for estimates of two kinds or
    confidences, and for one without an interval.
    """
    if not (isinstance(first, Estimate) and isinstance(second, Estimate)):
        raise ValueError("a difference is that of two estimates")
    if (first.kind, first.confidence) != (second.kind, second.confidence):
        raise ValueError("both estimates have to be of one kind, at one confidence")
    figures = []
    for one in (first, second):
        if one.value is None or one.low is None or one.high is None or one.n is None:
            raise ValueError("an estimate without an interval has no difference with one")
        figures.append((one.value, one.low, one.high, one.n))
    (v1, l1, h1, n1), (v2, l2, h2, n2) = figures
    value = v1 - v2
    low = value - sqrt((v1 - l1) ** 2 + (h2 - v2) ** 2)
    high = value + sqrt((h1 - v1) ** 2 + (v2 - l2) ** 2)
    return Difference(value, low, high, n1 + n2, first.confidence or 0.0, "mover")

"""How well the questions of a scale measure one thing: Cronbach's alpha with Feldt's interval."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from contract.statistics.values import Floats, check_confidence, numbers


@dataclass(frozen=True, slots=True)
class Alpha:
    """Cronbach's alpha, with its interval; at most 1, and below 0 where items contradict each other.

    `if_dropped` holds alpha without each item in turn (None where only one item would be left), in the order
    of the columns: an item without which alpha is higher does not belong.
    """

    value: float
    low: float
    high: float
    n: int
    confidence: float
    method: str
    items: int
    if_dropped: tuple[float | None, ...]


def cronbach_alpha(matrix: ArrayLike, confidence: float = 0.95) -> Alpha:
    """Alpha of a table of answers, one row a person and one column an item (list of rows, array or frame).

    Raw alpha, from covariances: Cronbach 1951, Psychometrika 16:297-334. The interval is exact for normal
    parallel items: Feldt 1965, Psychometrika 30:357-370; Feldt, Woodruff & Salih 1987, Applied Psychological
    Measurement 11:95, formulas 6 and 7. Raises ValueError for fewer than two persons or items, for missing
    answers (leave out persons with gaps first, and say so), and where everybody's sum is the same.
    """
    confidence = check_confidence(confidence)
    answers = numbers("the table of answers", matrix, dimensions=2)
    n, items = answers.shape
    if n < 2 or items < 2:
        raise ValueError(f"alpha needs two persons and two items at least, not {n} and {items}")
    value = _alpha(answers)
    if value is None:
        raise ValueError("everybody's answers add up to the same sum, so there is nothing to measure")
    low, high = alpha_interval(value, n, items, confidence)
    if_dropped = tuple(
        _alpha(answers[:, [other for other in range(items) if other != item]]) for item in range(items)
    )
    return Alpha(value, low, high, n, confidence, "feldt", items, if_dropped)


def alpha_interval(value: float, n: int, items: int, confidence: float = 0.95) -> tuple[float, float]:
    """Lower and upper limit of an alpha of `value` from `n` persons and `items` items; Feldt, as above."""
    from scipy.stats import f

    if n < 2 or items < 2 or value > 1:
        raise ValueError(f"no alpha of {value} comes from {n} persons and {items} items")
    confidence = check_confidence(confidence)
    tail, freedom = (1 - confidence) / 2, (n - 1, (n - 1) * (items - 1))
    return 1 - (1 - value) * float(f.isf(tail, *freedom)), 1 - (1 - value) * float(f.ppf(tail, *freedom))


def _alpha(answers: Floats) -> float | None:
    items = answers.shape[1]
    total = float(answers.sum(axis=1).var(ddof=1))
    if items < 2 or total <= 1e-12 * float(answers.var(axis=0).sum()) or total == 0:
        return None
    parts = float(answers.var(axis=0, ddof=1).sum())
    return float(items / (items - 1) * (1 - parts / total))

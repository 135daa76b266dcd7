"""Several tests at once: Holm's step-down adjustment, which keeps the chance of any false finding."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from contract.statistics.values import check_proportion, number, numbers


@dataclass(frozen=True, slots=True)
class Holm:
    """In the order given: the `adjusted` p-values, and which hypotheses are `rejected` (adjusted <= alpha).

    `levels` are the levels that the plain p-values were held against: alpha / m for the smallest, alpha /
    (m - 1) for the next, up to the first that was not rejected; those after it share its level.
    """

    adjusted: tuple[float, ...]
    rejected: tuple[bool, ...]
    levels: tuple[float, ...]
    alpha: float
    method: str = "holm"


def holm(pvalues: ArrayLike, alpha: float = 0.05) -> Holm:
    """Adjust p-values so that any false rejection among them has at most the chance `alpha`.

    Holm 1979, Scandinavian Journal of Statistics 6:65-70; it needs no assumption on how the tests depend on
    each other. Raises ValueError without p-values, and for p-values or an alpha outside 0..1.
    """
    from statsmodels.stats.multitest import multipletests

    given = numbers("pvalues", pvalues)
    for p in given:
        check_proportion("a p-value", p)
    alpha = number("alpha", alpha)
    if not 0 < alpha < 1:
        raise ValueError(f"alpha is between 0 and 1 (write 0.05 for 5 %), not {alpha}")
    rejected, adjusted, _, _ = multipletests(given, alpha, method="holm")
    count, stopped = len(given), int(rejected.sum())
    rank = {int(place): order for order, place in enumerate(given.argsort(kind="stable"))}
    levels = tuple(alpha / (count - min(rank[place], stopped, count - 1)) for place in range(count))
    return Holm(tuple(map(float, adjusted)), tuple(map(bool, rejected)), levels, alpha)

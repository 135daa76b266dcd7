"""Raking: weights that make a sample agree with known totals of several groupings at once."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contract.statistics.values import Floats, numbers

_MOST_ROUNDS = 1000
_NEAR = 1e-10  # of the total
Margin = tuple[Sequence[Hashable], Mapping[Hashable, float]]


@dataclass(frozen=True, slots=True, eq=False)
class Raked:
    """`weights` in the shape that was given; `rounds` is how often all margins were gone through.

    `gap` is the largest remaining difference to a target, as a share of the total. `effective_n` and
    `design_effect` tell what the weights cost (Kish 1965); for a table they are those of its cells.
    """

    weights: Floats
    rounds: int
    gap: float
    effective_n: float
    design_effect: float
    method: str = "raking"


def rake(
    weights: ArrayLike,
    margins: Sequence[ArrayLike] | Sequence[Margin] | Mapping[str, Margin],
) -> Raked:
    """Scale weights until each grouping has its target totals (iterative proportional fitting).

    Deming & Stephan 1940, Annals of Mathematical Statistics 11:427-444. Two forms:

    - persons: `weights` one a person (all 1 at first, or design weights); `margins` a list, or a mapping by
      name, of pairs (the group of each person, {group: target} or a
      pandas Series of targets by group). Targets are totals, or shares that add up
      to 1, which are scaled to the sum of the weights:
      rake([1, 1, 1], [(["a", "a", "b"], {"a": 0.5, "b": 0.5})]).
    - a table: `weights` an array of two or more dimensions, `margins` the target totals of each dimension in
      turn, as a list or a mapping by name: rake([[30, 20], [10, 40]], [[60, 40], [50, 50]]).

    Raises ValueError for weights that are negative or not numbers, groups without a target or without
    anybody, targets that are negative or whose sums differ, and where no weights fit all the margins.
    """
    given = _floats("weights", weights)
    if given.size == 0 or not np.isfinite(given).all() or given.min() < 0 or given.sum() == 0:
        raise ValueError("weights are numbers that are not negative, nor missing, nor all zero")
    if given.ndim == 0:
        raise ValueError("weights are one a person, or a table")
    if given.ndim > 1:
        groupings = _of_table(given.shape, margins)
    else:
        groupings = _of_persons(float(given.sum()), len(given), margins)
    if not groupings:
        raise ValueError("there is no margin to fit")
    sums = [float(targets.sum()) for _, targets in groupings]
    if max(sums) - min(sums) > 1e-6 * max(sums):
        raise ValueError(f"the targets of every grouping have to add up to one total, not to {sums}")
    flat, rounds, gap = _fit(given.ravel(), groupings)
    positive = flat[flat > 0]
    effective_n = float(positive.sum() ** 2 / (positive @ positive))
    return Raked(flat.reshape(given.shape), rounds, gap, effective_n, len(positive) / effective_n)


Grouping = tuple[NDArray[np.int64], Floats]


def _of_table(shape: tuple[int, ...], margins: Any) -> list[Grouping]:
    by_name = isinstance(margins, Mapping)
    targets = [numbers("a margin", margin) for margin in _listed(margins.values() if by_name else margins)]
    if [len(target) for target in targets] != list(shape):
        raise ValueError(f"a table of {shape} needs one list of totals for each dimension, as long as that")
    places = np.indices(shape).reshape(len(shape), -1)
    return [_checked(place, target) for place, target in zip(places, targets, strict=True)]


def _of_persons(total: float, n: int, margins: Any) -> list[Grouping]:
    groupings = []
    for margin in _listed(margins.values() if isinstance(margins, Mapping) else margins):
        if isinstance(margin, str) or len(_listed(margin)) != 2:
            raise ValueError("a grouping is a pair: the group of each person, and the target of each group")
        groups, targets = margin
        if not hasattr(targets, "keys"):
            raise ValueError("the targets of a grouping are a mapping of each group to its target")
        members, names = _listed(groups), list(targets.keys())
        if len(members) != n:
            raise ValueError(f"{len(members)} groups cannot belong to {n} weights")
        unknown = set(members) - set(names)
        if unknown:
            raise ValueError(f"there is no target for {', '.join(sorted(map(str, unknown)))}")
        wanted = _floats("targets", [targets[name] for name in names])
        if abs(wanted.sum() - 1) < 1e-9:
            wanted *= total
        place = {name: number for number, name in enumerate(names)}
        groupings.append(_checked(np.array([place[member] for member in members]), wanted))
    return groupings


def _listed(values: Any) -> list[Any]:
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        raise ValueError(f"margins and groups are lists, not {values!r}")
    return list(values)


def _floats(name: str, values: Any) -> Floats:
    try:
        return np.array(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} have to be numbers") from None


def _checked(places: NDArray[np.int64], targets: Floats) -> Grouping:
    if not np.isfinite(targets).all() or targets.min() < 0 or targets.sum() == 0:
        raise ValueError("targets are numbers that are not negative, nor missing, nor all zero")
    return places, targets


def _fit(weights: Floats, groupings: list[Grouping]) -> tuple[Floats, int, float]:
    total = float(groupings[0][1].sum())
    gap = 1.0
    for done in range(1, _MOST_ROUNDS + 1):
        for places, targets in groupings:
            sums = np.bincount(places, weights, len(targets))
            if ((sums == 0) & (targets > 0)).any():
                raise ValueError("a group that has a target has nobody with a weight above zero")
            weights = weights * np.divide(targets, sums, out=np.zeros_like(sums), where=sums > 0)[places]
        gap = max(
            float(np.abs(np.bincount(places, weights, len(targets)) - targets).max()) / total
            for places, targets in groupings
        )
        if gap < _NEAR:
            return weights, done, gap
    raise ValueError(f"no weights fit all the margins: after {_MOST_ROUNDS} rounds {gap:.2%} are still amiss")

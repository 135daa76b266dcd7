"""Chance for the example, from one bit stream only, so that a seed gives the same club on every machine."""

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np

T = TypeVar("T")
_STANDARD = NormalDist()


class Chance:
    """Draws from `numpy.random.Generator.random` alone: other samplers may change with numpy (NEP 19)."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.Generator(np.random.PCG64(seed))

    def unit(self) -> float:
        """A number in [0, 1)."""
        return float(self._generator.random())

    def happens(self, probability: float) -> bool:
        """True with a probability."""
        return self.unit() < probability

    def below(self, count: int) -> int:
        """A whole number from 0 to count - 1."""
        return int(self.unit() * count)

    def one_of(self, things: Sequence[T]) -> T:
        """One of the things, each as likely."""
        return things[self.below(len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight among all."""
        point = self.unit() * sum(weights.values())
        for thing, weight in weights.items():
            point -= weight
            if point < 0:
                return thing
        return next(reversed(list(weights)))

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """A normal number."""
        return mean + deviation * _STANDARD.inv_cdf(min(max(self.unit(), 1e-12), 1 - 1e-12))

    def wait(self, rate: float) -> float:
        """An exponential waiting time, in the unit of 1 / rate."""
        return -math.log(1.0 - self.unit()) / rate

    def sample(self, weights: Mapping[T, float], count: int) -> list[T]:
        """Several different keys, likelier with more weight (Efraimidis and Spirakis 2006)."""
        keys = {thing: self.wait(weight) for thing, weight in weights.items()}
        return sorted(keys, key=lambda thing: keys[thing])[:count]

"""How long members stay: the Kaplan-Meier curve of first stays, with those still members censored."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from contract.statistics import Survival, kaplan_meier
from warehouse.database import Warehouse

DAYS_A_MONTH = 365.25 / 12
MONTHS = (3, 6, 12, 24, 36)


@dataclass(frozen=True, slots=True)
class Staying:
    """The curve in months, over `n` first stays of which `ended` ended in leaving."""

    curve: Survival
    n: int
    ended: int
    longest: float

    @property
    def marks(self) -> tuple[tuple[int, float, float | None, float | None], ...]:
        """Months, share still there in percent, and its limits, as far as stays were watched."""
        found = []
        for months in MONTHS:
            if months > self.longest:
                break
            at = [place for place, time in enumerate(self.curve.times) if time <= months]
            low = self.curve.survival_low[at[-1]] if at else None
            high = self.curve.survival_high[at[-1]] if at else None
            found.append((months, 100 * self.curve.at(months), _percent(low), _percent(high)))
        return tuple(found)


def staying(warehouse: Warehouse, until: date) -> Staying | None:
    """How long members stayed, by what happened before the local day `until`; None without members."""
    rows = warehouse.read("members/stays", until=until)
    if not rows:
        return None
    counts = np.array([n for _, _, n in rows])
    days = np.repeat(np.array([days for days, _, _ in rows], float), counts)
    left = np.repeat(np.array([has_left for _, has_left, _ in rows]), counts)
    curve = kaplan_meier(days / DAYS_A_MONTH, left)
    return Staying(curve, len(days), int(left.sum()), float(days.max() / DAYS_A_MONTH))


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share

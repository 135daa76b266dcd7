"""How long members stay: the Kaplan-Meier curve of first stays, with those still members censored."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from contract.statistics import Survival, kaplan_meier
from warehouse.database import Warehouse

LONGEST_MONTH = 31
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
    """How long members stayed, by what happened before the local day `until`; None without members.

    A stay lasts from the day of joining to the last day as a member, in calendar months: who joined on 30
    March and was a member until 30 June stayed 3 months, as tenure is told. Days beyond are parts of 31.
    """
    rows = warehouse.read("members/stays", until=until)
    if not rows:
        return None
    counts = np.array([n for *_, n in rows])
    lasted = np.array([months + days / LONGEST_MONTH for months, days, _, _ in rows])
    months = np.repeat(lasted, counts)
    left = np.repeat(np.array([has_left for _, _, has_left, _ in rows]), counts)
    return Staying(kaplan_meier(months, left), len(months), int(left.sum()), float(lasted.max()))


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share

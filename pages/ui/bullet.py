"""Where the marks of a bullet row stand: value, interval, target and its good side on one track."""

from dataclasses import dataclass

BOUNDS = {"percent": (0.0, 100.0), "points": (-100.0, 100.0)}
_NEVER_BELOW_0 = ("count", "days", "per_1000")
_LEAST_SPAN = {
    "percent": 8.0,
    "points": 20.0,
    "scale": 1.0,
    "count": 4.0,
    "days": 20.0,
    "per_1000": 2.0,
}  # a narrower axis would make noise look like news


@dataclass(frozen=True, slots=True)
class Bullet:
    """Places in percent of the track's width, 0 left; `axis_low` and `axis_high` in the metric's unit.
    `pace` is None where none is asked; `side` and `pace_side` say where the label of the mark goes."""

    value: float
    low: float
    width: float
    target: float
    good_from: float
    good_width: float
    has_interval: bool
    side: str
    axis_low: float
    axis_high: float
    pace: float | None
    pace_side: str


def bullet(
    value: float,
    low: float | None,
    high: float | None,
    target: float,
    unit: str,
    direction: str,
    bounded: bool,
    pace: float | None = None,
) -> Bullet:
    """Lay one row out. The axis holds all marks with room around them; `bounded` keeps it within what the
    unit can be (a share cannot pass 100 %, a growth rate can)."""
    marks = [mark for mark in (value, low, high, target, pace) if mark is not None]
    middle = (min(marks) + max(marks)) / 2
    least = _LEAST_SPAN.get(unit, abs(middle) * 0.1 or 1.0)
    reach = max((max(marks) - min(marks)) * 0.75, least / 2)
    axis_low, axis_high = middle - reach, middle + reach
    if bounded and unit in BOUNDS:
        axis_low, axis_high = max(axis_low, BOUNDS[unit][0]), min(axis_high, BOUNDS[unit][1])
    if unit in _NEVER_BELOW_0:
        axis_low = max(axis_low, 0.0)

    def place(mark: float) -> float:
        return round(100 * (mark - axis_low) / (axis_high - axis_low), 2)

    def side(at: float) -> str:
        return "left" if at < 15 else "right" if at > 85 else "middle"

    at = place(target)
    due = None if pace is None else place(pace)
    return Bullet(
        value=place(value),
        low=place(value if low is None else low),
        width=0.0 if low is None or high is None else round(place(high) - place(low), 2),
        target=at,
        good_from=at if direction == "higher" else 0.0,
        good_width=round(100 - at, 2) if direction == "higher" else at,
        has_interval=low is not None and high is not None,
        side=side(at),
        axis_low=axis_low,
        axis_high=axis_high,
        pace=due,
        pace_side="middle" if due is None else side(due),
    )

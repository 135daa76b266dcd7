"""A small run chart of one target as static SVG: where each period's marks stand, in user units."""

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse.scorecard import Row

WIDTH, HEIGHT = 170.0, 46.0
_SIDE, _TOP = 8.0, 6.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One period: across and, from the top, the value, the interval's ends (None without one) and the
    target; `hollow` while the period runs."""

    x: float
    value: float | None
    low: float | None
    high: float | None
    target: float
    hollow: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The marks in the order of the periods, and the width of a period's target line."""

    marks: Sequence[Mark]
    dash: float
    width: float = WIDTH
    height: float = HEIGHT

    @property
    def line(self) -> str:
        """The points of the line that joins the values."""
        return " ".join(f"{mark.x},{mark.value}" for mark in self.marks if mark.value is not None)


def course(rows: Sequence[Row]) -> Course | None:
    """The chart of one target's rows in the order of their periods; None where a line says nothing."""
    figures = [
        float(each)
        for row in rows
        for each in (
            row.verdict.estimate.value,
            row.verdict.estimate.low,
            row.verdict.estimate.high,
            row.verdict.target.value,
        )
        if each is not None
    ]
    if sum(row.verdict.estimate.value is not None for row in rows) < 2:
        return None
    least, most = min(figures), max(figures)
    reach = (most - least) or 1.0
    step = (WIDTH - 2 * _SIDE) / (len(rows) - 1)

    def down(figure: float | None) -> float | None:
        if figure is None:
            return None
        return round(_TOP + (HEIGHT - 2 * _TOP) * (most - figure) / reach, 2)

    marks = []
    for place, row in enumerate(rows):
        estimate = row.verdict.estimate
        marks.append(
            Mark(
                x=round(_SIDE + step * place, 2),
                value=down(estimate.value),
                low=down(estimate.low),
                high=down(estimate.high),
                target=down(float(row.verdict.target.value)) or 0.0,
                hollow=row.state == "running",
            )
        )
    return Course(marks, min(round(step / 2, 2), 2 * _SIDE))  # of two periods it would leave the picture

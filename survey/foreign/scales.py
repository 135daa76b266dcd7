"""Scales from answers that a foreign form lists one by one."""

from collections.abc import Mapping

from survey.foreign.content import Content
from survey.languages import Text

_MOST_POINTS = 21


def scale_of_points(points: Mapping[int, Text], default: str) -> Content | None:
    """The scale with these points, score -> text; None when there is a gap, or they are too few or many."""
    scores = sorted(points)
    if not 2 <= len(scores) <= _MOST_POINTS or scores != list(range(scores[0], scores[-1] + 1)):
        return None
    if scores[0] < -100 or scores[-1] > 100:
        return None
    scale: Content = {
        "min": scores[0],
        "max": scores[-1],
        "low": dict(points[scores[0]]),
        "high": dict(points[scores[-1]]),
    }
    if any(text != {default: str(score)} for score, text in points.items()):
        scale["labels"] = {str(score): dict(points[score]) for score in scores}
    return scale


def numbered_scale(low: int, high: int, default: str) -> Content:
    """A scale whose points are just numbers."""
    return {"min": low, "max": high, "low": {default: str(low)}, "high": {default: str(high)}}

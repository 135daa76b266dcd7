"""The points that the answers of an array are, when they can be told."""

import re
from collections.abc import Mapping, Sequence

from survey.foreign.content import Content
from survey.foreign.scales import scale_of_points
from survey.languages import Text


def points_of(codes: Sequence[str], labels: Sequence[Text], default: str) -> Mapping[str, int] | None:
    """Code of an answer -> its score: the code itself, else the number its text begins with, else the number
    at the end of its code. None when none of these runs without a gap."""
    written = (
        [re.fullmatch("(-?[0-9]{1,3})", code) for code in codes],
        [re.match(r"\s*(-?[0-9]{1,3})(?![0-9]|[.,/][0-9])", label.get(default, "")) for label in labels],
        [re.fullmatch("[A-Za-z_]+([0-9]{1,3})", code) for code in codes],
    )
    for found in written:
        scores = [int(match[1]) for match in found if match]
        if len(scores) == len(codes) == len(set(scores)) and _runs(scores):
            return dict(zip(codes, scores, strict=True))
    return None


def scale_for(
    codes: Sequence[str], labels: Sequence[Text], default: str
) -> tuple[Content, Mapping[str, int]] | None:
    """The scale of these answers and the score of each code; None when they are no scale."""
    points = points_of(codes, labels, default)
    if points is None:
        return None
    scale = scale_of_points({points[code]: text for code, text in zip(codes, labels, strict=True)}, default)
    return None if scale is None else (scale, points)


def _runs(scores: Sequence[int]) -> bool:
    return bool(scores) and sorted(scores) == list(range(min(scores), max(scores) + 1))

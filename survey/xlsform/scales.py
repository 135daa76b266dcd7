"""Scales of ours as choice lists, and back: the choices of a rating are its points."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from survey.foreign.content import Content
from survey.xlsform.lists import Listed, is_integer

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")


def scale_of(
    listed: Sequence[Listed], low: Mapping[str, str] | None, high: Mapping[str, str] | None
) -> Content | None:
    """The scale whose points are these choices; None when they are not whole numbers without a gap."""
    if len(listed) < 2 or not all(is_integer(choice.raw) for choice in listed):
        return None
    points = sorted(listed, key=lambda choice: int(choice.raw))
    first, last = int(points[0].raw), int(points[-1].raw)
    if [int(choice.raw) for choice in points] != list(range(first, last + 1)):
        return None
    scale: Content = {
        "min": first,
        "max": last,
        "low": dict(low or points[0].text),
        "high": dict(high or points[-1].text),
    }
    ends = {points[0].raw: low or {}, points[-1].raw: high or {}}
    if not all(
        text in (choice.raw, end_label(choice.raw, ends.get(choice.raw, {}).get(language, "")))
        for choice in points
        for language, text in choice.text.items()
    ):
        scale["labels"] = {choice.raw: dict(choice.text) for choice in points}
    return scale


def end_label(point: str, words: str) -> str:
    """What other tools show at an end of a scale whose points have no labels of their own."""
    return f"{point} – {words}" if words else point


def range_of(parameters: Mapping[str, str], default: str) -> Content | None:
    """The scale of a question of type range; None when it is not one of at most 21 whole numbers."""
    first, last = parameters.get("start", "1"), parameters.get("end", "10")
    if parameters.get("step", "1") not in ("1", "1.0") or not (is_integer(first) and is_integer(last)):
        return None
    if not (-100 <= int(first) < int(last) <= 100) or int(last) - int(first) > 20:
        return None
    return {"min": int(first), "max": int(last), "low": {default: first}, "high": {default: last}}


def bounds_of(parameters: Mapping[str, str]) -> Content:
    """The range of a number with the limits of a question of type range, and the decimals of its step. What
    is no plain number, or would leave no number at all, is no limit."""
    written = [parameters.get("start", "1"), parameters.get("end", "10"), parameters.get("step", "1")]
    if not all(_NUMBER.fullmatch(each) for each in written) or Decimal(written[0]) > Decimal(written[1]):
        return {"decimals": 6}
    return {
        "min": written[0],
        "max": written[1],
        "decimals": max(len(each.partition(".")[2]) for each in written),
    }

"""Why a verdict is what it is, as one sentence that both parties read, in Chinese and English."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

from contract.bounds import Bounds, Lack
from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, SampleCounts, ShareCounts
from contract.targets import Target
from contract.texts import Message

WORDS = {
    "met": Message("met"),
    "missed": Message("missed"),
    "not_proven": Message("not proven"),
    "too_few": Message("too few"),
    "no_cases": Message("no cases"),
    "on_course": Message("on course"),
    "at_risk": Message("at risk"),
    "undecided": Message("undecided"),
}

_MOST_DECIMALS = 6
_MOST_WRITTEN = 4  # decimals of a target in a file; one with more is the mean of several, after pooling
_OF_MEANS = 2
DECIMALS: Mapping[str, int] = MappingProxyType(  # the least
    {"percent": 1, "points": 1, "scale": 2, "count": 0, "days": 0, "money": 2, "per_1000": 1}
)
_STYLES: Mapping[str, str] = MappingProxyType(
    {
        "percent": "{number} %",
        "points": "{number} points",
        "scale": "{number}",
        "count": "{number}",
        "days": "{number} days",
        "money": "{number}",
        "per_1000": "{number} per 1,000",
    }
)


def no_cases_reason(target: Target, counts: Counts) -> Message:
    """The sentence for a closed period in which nothing was counted."""
    return Message("no cases in the period; {goal}", {"goal": _goal(target, _formatter(counts, target))})


def census_reason(word: str, target: Target, counts: CensusCounts) -> Message:
    """The sentence for a census in a closed period."""
    exact = counts.exact()
    if exact is None:
        return no_cases_reason(target, counts)
    show = _formatter(counts, target, exact)
    values = {"head": _census_head(counts, show(exact)), "goal": _goal(target, show), "word": WORDS[word]}
    return Message("{head}; {goal}; {word}", values)


def sample_reason(
    word: str,
    target: Target,
    counts: SampleCounts,
    bounds: Bounds,
    lack: Lack | None,
    response_rate: Decimal | Fraction | None,
    together: int,
) -> Message:
    """The sentence for a sample with answers in a closed period."""
    exact = Fraction(counts.exact() or 0)
    from_below = speaks_from_below(word, target, exact)
    bound, confidence = (
        (bounds.low, bounds.low_confidence) if from_below else (bounds.high, bounds.high_confidence)
    )
    show = _formatter(counts, target, exact, *([] if bound is None else [Fraction(bound)]))
    values: dict[str, str | Message] = {
        "head": _sample_head(counts, show(exact)),
        "goal": _goal(target, show),
        "word": _qualified(word, target, lack, response_rate, together),
    }
    if target.rule == "simple" and not lack:
        return Message("{head}; {goal}; {word}, by the figure itself", values)
    if bound is None:
        return Message("{head}; no bound can be given; {goal}; {word}", values)
    values |= {"bound": show(Fraction(bound)), "confidence": percent(confidence)}
    if from_below:
        return Message("{head}; at least {bound} with {confidence} confidence; {goal}; {word}", values)
    return Message("{head}; at most {bound} with {confidence} confidence; {goal}; {word}", values)


def speaks_from_below(word: str, target: Target, figure: Fraction | float) -> bool:
    """Which bound a reason names: how far a figure on the good side could fall, one on the bad side could
    rise."""
    on_good_side = word == "met" or (word != "missed" and target.reached_by(figure))
    return on_good_side == (target.direction == "higher")


def _qualified(
    word: str,
    target: Target,
    lack: Lack | None,
    response_rate: Decimal | Fraction | None,
    together: int,
) -> Message:
    """The word, with what was asked for and is lacking, or what else it rests on, in brackets."""
    least = target.min_response_rate
    asked = "" if least is None else _plain_percent(least)
    if word == "too_few" and lack == "answers":
        return Message("too few (the contract asks for {min_n})", {"min_n": f"{target.min_n:,}"})
    if word == "too_few" and response_rate is not None:
        return Message(
            "too few (a response rate of {rate}; the contract asks for {least})",
            {"rate": _plain_percent(response_rate, below=least), "least": asked},
        )
    said = WORDS[word]
    if together > 1:
        said = Message(
            "{word} ({confidence} confidence for {count} targets together, after Holm)",
            {"word": said, "confidence": percent(target.confidence), "count": str(together)},
        )
    if least is not None and response_rate is None and word != "missed":
        said = Message(
            "{word}; response rate not known, the contract asks for {least}", {"word": said, "least": asked}
        )
    return said


def sample_so_far_reason(
    word: str, target: Target, counts: SampleCounts, low: float | None, high: float | None
) -> Message:
    """The sentence for a sample in a running period; the bounds are those of the confidence sequence."""
    exact = counts.exact()
    figures = [Fraction(figure) for figure in (exact, low, high) if figure is not None]
    show = _formatter(counts, target, *figures)
    values: dict[str, str | Message] = {"goal": _goal(target, show), "word": WORDS[word]}
    if exact is None:
        return Message("no answers yet; {goal}; {word}", values)
    values["head"] = _sample_head(counts, show(exact))
    if low is None or high is None:
        return Message("so far {head}; no bound can be given; {goal}; {word}", values)
    values |= {
        "low": show(Fraction(low)),
        "high": show(Fraction(high)),
        "confidence": percent(target.confidence),
    }
    return Message(
        "so far {head}; between {low} and {high} with {confidence} confidence at every look; {goal}; {word}",
        values,
    )


def census_so_far_reason(
    word: str, target: Target, counts: CensusCounts, pace: Fraction, elapsed: float
) -> Message:
    """The sentence for a census in a period that still runs, compared with the pace."""
    exact = counts.exact()
    show = _formatter(counts, target, *([] if exact is None else [exact]), against=pace)
    values: dict[str, str | Message] = {"goal": _goal(target, show), "word": WORDS[word]}
    if exact is None:
        return Message("no cases so far; {goal}; {word}", values)
    values |= {"head": _census_head(counts, show(exact)), "elapsed": percent(elapsed)}
    if word == "undecided":
        return Message(
            "so far {head}; only {elapsed} of the period is over, too early to tell; {goal}; {word}", values
        )
    values["pace"] = show(pace)
    return Message(
        "so far {head}; the pace asks for {pace} after {elapsed} of the period; {goal}; {word}", values
    )


def level_so_far_reason(word: str, target: Target, counts: CensusCounts) -> Message:
    """The sentence for a census in a period that still runs, compared with the target itself."""
    exact = counts.exact()
    show = _formatter(counts, target, *([] if exact is None else [exact]))
    values: dict[str, str | Message] = {"goal": _goal(target, show), "word": WORDS[word]}
    if exact is None:
        return Message("no cases so far; {goal}; {word}", values)
    values["head"] = _census_head(counts, show(exact))
    return Message("so far {head}; compared as it stands; {goal}; {word}", values)


def outlook_words(probability: float, remaining: int) -> Message:
    """What the end of a running period looks like; a chance below 1 % or above 99 % is not told closer."""
    chance = "< 1 %" if probability < 0.01 else "> 99 %" if probability > 0.99 else f"{probability:.0%}"
    return Message(
        "if some {remaining} more answers come like those so far, the chance that the final figure reaches "
        "the target is {chance}",
        {"remaining": f"{remaining:,}", "chance": chance.replace("%", " %").replace("  ", " ")},
    )


def percent(proportion: float) -> str:
    """A proportion as percent with up to two decimals: 0.95 is "95 %", 0.975 is "97.5 %"."""
    return f"{Decimal(f'{100 * proportion:.2f}').normalize():f} %"


def _plain_percent(rate: Decimal | Fraction, below: Decimal | None = None) -> str:
    """A rate that is in percent already; with as many decimals as tell that it is `below` another."""
    decimals = 1 if below is None else telling_decimals(1, Fraction(below), Fraction(rate))
    return f"{_rounded(Fraction(rate), decimals).normalize():f} %"


_Show = Callable[[Fraction], Message]


def _goal(target: Target, show: _Show) -> Message:
    template = "target {target}" if target.direction == "higher" else "target at most {target}"
    return Message(template, {"target": show(Fraction(target.value))})


def _sample_head(counts: SampleCounts, value: Message) -> Message:
    template = "{value} of {n}" if isinstance(counts, ShareCounts) else "{value} from {n}"
    return Message(template, {"value": value, "n": f"{counts.n:,}"})


def _census_head(counts: CensusCounts, value: Message) -> Message:
    if counts.unit == "points":
        return Message("{value}, made of its components", {"value": value})
    if counts.unit != "percent" or counts.opening == counts.closing == 0:
        return Message("{value}, counted in full", {"value": value})
    return Message(
        "{value}, counted in full ({closing} of {opening})"
        if counts.is_part
        else "{value}, counted in full ({opening} to {closing})",
        {"value": value, "opening": f"{counts.opening:,}", "closing": f"{counts.closing:,}"},
    )


def decimals_of(value: Decimal) -> int:
    """How many decimals the value needs: 1 for 2.60, 0 for 80."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def telling_decimals(least: int, goal: Fraction, *figures: Fraction) -> int:
    """The number of decimals, `least` or more, that shows on which side of `goal` each of `figures` lies."""
    decimals = least
    while decimals < _MOST_DECIMALS and any(
        _order(figure, goal) != _order(_rounded(figure, decimals), _rounded(goal, decimals))
        for figure in figures
    ):
        decimals += 1
    return decimals


def decimals_beside(target: float | Decimal | None, unit: str, *figures: float | None) -> int:
    """The decimals of a target and of all that stands beside it, as the reason of its verdict writes them:
    those of the target, and as many as show on which side of it each figure lies. None is no target, no
    figure."""
    return DECIMALS[unit] if target is None else _decimals_beside(target, unit, figures)


@lru_cache(maxsize=8192)  # the same figures come again with every page
def _decimals_beside(target: float | Decimal, unit: str, figures: tuple[float | None, ...]) -> int:
    goal = Decimal(str(target))
    written = decimals_of(goal)
    if written > _MOST_WRITTEN:
        written = _OF_MEANS
    # Rounded, since 100 * 0.8291 is not quite 82.91 for a computer.
    shown = [Fraction(str(round(figure, 9))) for figure in figures if figure is not None]
    return telling_decimals(max(DECIMALS[unit], written), Fraction(goal), *shown)


def _formatter(counts: Counts, target: Target, *figures: Fraction, against: Fraction | None = None) -> _Show:
    """Writes all figures of a sentence with one number of decimals.

    It is that of the kind, or of the target, or as many as it takes to see on which side of the target (or of
    `against`) each of `figures` lies: 84.96 against 85 is not shown as 85.0.
    """
    goal = Fraction(target.value) if against is None else against
    template, least = _style(counts)
    written = decimals_of(target.value)
    if written > _MOST_WRITTEN:
        written = _OF_MEANS
    decimals = telling_decimals(max(least, written), goal, *figures)
    return lambda figure: Message(template, {"number": f"{_rounded(figure, decimals):,f}"})


def _style(counts: Counts) -> tuple[str, int]:
    """How a figure of this kind is written, and its least number of decimals."""
    match counts:
        case CensusCounts(unit=unit):
            return _STYLES[unit], DECIMALS[unit]
        case ShareCounts():
            return _STYLES["percent"], DECIMALS["percent"]
        case NpsCounts():
            return _STYLES["points"], DECIMALS["points"]
        case MeanCounts():
            return _STYLES["scale"], DECIMALS["scale"]


def _order(one: Fraction | Decimal, other: Fraction | Decimal) -> int:
    return (one > other) - (one < other)


def _rounded(figure: Fraction, decimals: int) -> Decimal:
    quotient = Decimal(figure.numerator) / Decimal(figure.denominator)
    return quotient.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_EVEN) + 0  # "+ 0" writes -0.0 as 0.0

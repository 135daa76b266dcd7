"""Where a running period is heading: the chance that its final figure reaches the target."""

from dataclasses import dataclass

from contract.counts import Counts, MeanCounts, NpsCounts, ShareCounts
from contract.live import SETTLING_IN
from contract.statistics import Projection, projection
from contract.targets import Target
from contract.texts import Message
from contract.wording import outlook_words


@dataclass(frozen=True, slots=True)
class Outlook:
    """`projection` in the metric's unit, and its sentence. It is no verdict and decides nothing."""

    projection: Projection
    reason: Message

    def reason_in(self, language: str) -> str:
        """The sentence in `language` ("zh" or "en")."""
        return self.reason.words(language)


def outlook(target: Target, counts: Counts, elapsed: float) -> Outlook | None:
    """The end of a period of which the share `elapsed` (0..1) is over, if answers keep coming as they came.

    The figure itself is projected, not the verdict of a sample, which has to be proven. None for a census,
    without answers, for a mean whose scale is not named, and while hardly any of the period is over.
    """
    if not 0 <= elapsed <= 1:
        raise ValueError(f"the share of the period that is over lies between 0 and 1, not {elapsed}")
    points = _points(counts)
    n = sum(points.values())
    if len(points) < 2 or n == 0 or elapsed < SETTLING_IN:
        return None
    remaining = round(n * (1 - elapsed) / elapsed)
    higher = target.direction == "higher"
    found = projection(points, remaining, float(target.value), higher)
    return Outlook(found, outlook_words(found.probability, found.remaining))


def _points(counts: Counts) -> dict[int, int]:
    """Answers by what each adds to the figure, in the metric's unit; nothing for a census."""
    match counts:
        case ShareCounts(successes=successes, n=n):
            return {0: n - successes, 100: successes}
        case NpsCounts(detractors=detractors, passives=passives, promoters=promoters):
            return {-100: detractors, 0: passives, 100: promoters}
        case MeanCounts(counts=points):
            return dict(points)
    return {}

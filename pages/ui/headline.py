"""Is the contract kept? In a sentence: what was decided last, and how the running period stands."""

from collections import Counter
from collections.abc import Mapping, Sequence

from contract.verdict import Word
from pages.ui.texts import translate
from warehouse.scorecard import Row

# A miss is named before what is open.
CLOSED: Mapping[Word, str] = {
    "missed": "{count} missed",
    "not_proven": "{count} not proven",
    "too_few": "{count} with too few answers",
    "no_cases": "{count} without cases",
}
RUNNING: Mapping[Word, str] = {
    "at_risk": "{count} at risk",
    "on_course": "{count} on course",
    "undecided": "{count} undecided",
}


def headline(closed: Sequence[Row], running: Sequence[Row], language: str) -> str:
    """ "2026Q3: 2 of 3 targets met, 1 not proven. 2026Q4 so far: 3 undecided."

    Each argument holds the rows of one period, one a target, or none.
    """
    sentences = []
    if closed:
        words = Counter(row.verdict.word for row in closed)
        met = translate("{met} of {total} targets met", language, met=words["met"], total=len(closed))
        others = [translate(CLOSED[word], language, count=words[word]) for word in CLOSED if words[word]]
        summary = translate(", ", language).join([met, *others])
        sentences.append(
            translate("{period}: {summary}.", language, period=closed[0].period.name, summary=summary)
        )
    else:
        sentences.append(
            translate("The first period is still running: nothing has been decided yet.", language)
        )
    if running:
        words = Counter(row.verdict.word for row in running)
        parts = [translate(RUNNING[word], language, count=words[word]) for word in RUNNING if words[word]]
        summary = translate(", ", language).join(parts)
        sentences.append(
            translate("{period} so far: {summary}.", language, period=running[0].period.name, summary=summary)
        )
    return ("" if language == "zh" else " ").join(sentences)

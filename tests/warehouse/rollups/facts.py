"""Made-up rows and the figures counted from them one by one: what the rollups have to come to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

QUESTIONS = ("overall", "recommend", "ease")  # in the order of a response's scores
MEASURES = {"overall": "csat", "recommend": "nps", "ease": "ces"}
SCALES = {"overall": range(1, 6), "recommend": range(11), "ease": range(1, 8)}
Rows = list[tuple[Any, ...]]
# What queries of pages come to, asked of the rows.
HISTORY = {
    "first_day": "SELECT min(day) FROM member_history WHERE day < $until",
    "joined_cohorts": """
        SELECT CAST(date_trunc($grain, f.joined_on) AS DATE), CAST(date_trunc($grain, s.day) AS DATE),
               sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END), count(*) FILTER (s.step = 'joined')
        FROM member_step AS s
        JOIN (SELECT member_id, min(day) AS joined_on FROM member_step GROUP BY ALL) AS f USING (member_id)
        WHERE s.day < $until GROUP BY ALL ORDER BY ALL""",
    "buying_cohorts": """
        SELECT CAST(date_trunc($grain, f.bought_on) AS DATE), CAST(date_trunc($grain, h.day) AS DATE),
               count(DISTINCT h.member_id)
        FROM member_history AS h
        JOIN (SELECT member_id, min(day) AS bought_on FROM member_history WHERE event = 'purchase'
              GROUP BY member_id) AS f USING (member_id)
        WHERE h.event = 'purchase' AND h.day < $until GROUP BY ALL ORDER BY ALL""",
    "stays": """
        SELECT z.months,
               date_diff('day', CAST(z.joined_on + to_months(CAST(z.months AS INTEGER)) AS DATE), z.last_on),
               z.has_left, count(*)
        FROM (SELECT *, datesub('month', y.joined_on, y.last_on) AS months
              FROM (SELECT x.joined_on, x.left_on IS NOT NULL AS has_left,
                           greatest(x.joined_on, coalesce(x.left_on, $until) - 1) AS last_on
                    FROM (SELECT min(day) AS joined_on, min(day) FILTER (step = 'left') AS left_on
                          FROM member_step WHERE day < $until GROUP BY member_id) AS x) AS y) AS z
        GROUP BY ALL ORDER BY ALL""",
}


@dataclass(frozen=True, slots=True)
class Given:
    """One response to the built-in questionnaire."""

    response_id: UUID
    survey: str
    member_id: str | None
    tier: str | None
    touchpoint: str | None
    channel: str
    language: str
    day: date
    weight: float
    scores: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One invitation."""

    survey: str
    response_id: UUID
    day: date
    tier: str | None


@dataclass(frozen=True, slots=True)
class Span:
    """A period or any other span of days, half-open."""

    name: str
    start: date
    end: date

    def until(self, day: date) -> "Span":
        return Span(self.name, self.start, min(self.end, day))

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end


@dataclass(slots=True)
class Facts:
    """Everything that was put into the warehouse."""

    responses: list[Given] = field(default_factory=list)
    invitations: list[Asked] = field(default_factory=list)
    keys: list[UUID] = field(default_factory=list)
    merges: int = 0
    contracts: list[str] = field(default_factory=lambda: ["", "even"])

    def answers(self, survey: str, question: str) -> Iterator[tuple[Given, int]]:
        for each in self.responses:
            score = each.scores[QUESTIONS.index(question)]
            if each.survey == survey and score is not None:
                yield each, score


def metric(facts: Facts, name: str, spans: Sequence[Span], as_of: date, survey: str) -> Rows:
    """Rows of the metric as its file gives them, the value of a census left out."""
    begun = [span.until(as_of) for span in spans if span.start < as_of]
    if name in ("csat_top2", "nps", "csat_mean", "ces_mean"):
        return [row for span in begun for row in _answered(facts, name, span, survey)]
    return [row for span in begun for row in _invited(facts, span, as_of, survey)]


def _answered(facts: Facts, name: str, span: Span, survey: str) -> Rows:
    question = {"csat_top2": "overall", "csat_mean": "overall", "nps": "recommend", "ces_mean": "ease"}[name]
    groups: dict[str, list[int]] = {"": []}
    for each, score in facts.answers(survey, question):
        if each.day in span:
            groups[""].append(score)
            if each.tier is not None:
                groups.setdefault(each.tier, []).append(score)
    if name == "csat_top2":
        return [(span.name, tier, len(s), sum(each >= 4 for each in s)) for tier, s in groups.items()]
    if name == "nps":
        return [
            (
                *(span.name, tier, len(s), sum(each <= 6 for each in s)),
                *(sum(each in (7, 8) for each in s), sum(each >= 9 for each in s)),
            )
            for tier, s in groups.items()
        ]
    return [
        (span.name, tier, point, s.count(point)) for tier, s in groups.items() for point in SCALES[question]
    ]


def _invited(facts: Facts, span: Span, as_of: date, survey: str) -> Rows:
    cases: dict[UUID, list[Asked]] = {}
    for each in facts.invitations:
        if each.survey == survey:
            cases.setdefault(each.response_id, []).append(each)
    answered = {each.response_id for each in facts.responses if each.day < as_of}
    groups: dict[str, list[bool]] = {"": []}
    for key, asked in cases.items():
        if min(each.day for each in asked) in span:
            groups[""].append(key in answered)
            if tiers := [each.tier for each in asked if each.tier]:
                groups.setdefault(max(tiers), []).append(key in answered)
    return [(span.name, tier, len(found), sum(found)) for tier, found in groups.items()]


def histogram(responses: Iterable[Given], facts: Facts, spans: Sequence[Span], survey: str) -> Rows:
    """Rows of satisfaction/histogram from the responses that pass the filters."""
    passed = {each.response_id for each in responses}
    counts: Counter[tuple[str, str, int]] = Counter()
    for question, measures in MEASURES.items():
        for each, score in facts.answers(survey, question):
            for span in spans:
                if each.response_id in passed and each.day in span:
                    counts[span.name, measures, score] += 1
    top = {MEASURES[question]: max(scale) - 1 for question, scale in SCALES.items()}
    return [(*key, n, n if key[2] >= top[key[1]] else 0) for key, n in counts.items()]


def value_of(name: str, opening: int, closing: int) -> float | None:
    """Of a census from its opening and closing figures."""
    if opening <= 0:
        return None
    if name == "complaints_per_1000":
        return 1000.0 * closing / opening
    return 100.0 * ((closing - opening) if name == "member_growth" else closing) / opening


def from_history() -> Iterator[tuple[str, dict[str, str], str]]:
    """Queries of pages with a grain where they take one, and the same asked of the rows."""
    for name, text in HISTORY.items():
        if "$grain" in text:
            yield from ((name, {"grain": grain}, text) for grain in ("month", "quarter"))
        else:
            yield name, {}, text

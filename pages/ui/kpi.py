"""One target against its value as a row: title, number, bullet, verdict, and how all of it is computed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contract import CensusCounts, Contract
from contract.wording import decimals_beside
from pages.ui.bullet import Bullet, bullet
from pages.ui.layout import Link
from pages.ui.markup import show
from pages.ui.metric_choice import computed_href, target_href
from pages.ui.numbers import NOTHING, amount, confidence, day, money, span
from pages.ui.standing import STANDINGS, Standing
from pages.ui.texts import translate
from survey import pick
from warehouse.scorecard import Row

RULES = {
    "simple": "The value itself is compared with the target.",
    "breach_must_be_proven": "Broken only when that is proven: party A carries the doubt.",
    "success_must_be_proven": "Kept only when that is proven: party B carries the doubt.",
}


@dataclass(frozen=True, slots=True)
class Kpi:
    """What the row says, in the reader's language; `facts` are (name, text) of how it is computed."""

    title: str
    clause: str
    value: str
    n: str
    left_out: str
    bullet: Bullet | None
    target: str
    pace: str
    axis_low: str
    axis_high: str
    standing: Standing
    word: str
    final: bool
    alt: str
    how: str
    facts: Sequence[tuple[str, str]]
    sql_label: str
    sql: str
    links: Sequence[Link]


def show_kpi(row: Row, contract: Contract, language: str) -> None:
    """Put the row on the page."""
    show("kpi", kpi=kpi(row, contract, language))


def kpi(row: Row, contract: Contract, language: str) -> Kpi:
    """The row in words and places. `row` is for all members, not for one tier."""
    verdict, unit = row.verdict, row.metric.unit
    estimate, target = verdict.estimate, verdict.target
    drawn = None
    if estimate.value is not None:
        drawn = bullet(
            estimate.value,
            estimate.low,
            estimate.high,
            float(target.value),
            unit,
            target.direction,
            bounded=row.metric.kind != "census" or _is_share(row),
            pace=verdict.pace,
        )

    fees = contract.spec.fees

    def said(figure: float | Decimal | None) -> str:
        if unit == "money" and fees is not None and figure is not None:
            return money(Decimal(str(figure)), fees.currency, fees.scale, language)
        return amount(figure, unit, language, decimals=_decimals(row))

    title, value = metric_title(row, language), said(estimate.value)
    said_target = translate("Target {value}", language, value=said(target.value))
    pace = (
        translate("Pace by today {value}", language, value=said(verdict.pace))
        if verdict.pace is not None
        else ""
    )
    word = STANDINGS[verdict.word].said(language)
    return Kpi(
        title=title,
        clause=clause_title(row, contract, language),
        value=value,
        n=said_count(row, language),
        left_out=left_out_words(row, language),
        bullet=drawn,
        target=said_target,
        pace=pace,
        axis_low=amount(drawn.axis_low, unit, language) if drawn else "",
        axis_high=amount(drawn.axis_high, unit, language) if drawn else "",
        standing=STANDINGS[verdict.word],
        word=word,
        final=verdict.final,
        alt=", ".join(part for part in (f"{title}: {value}", said_target, pace, word) if part),
        how=translate("Behind this figure", language),
        facts=_facts(row, language),
        sql_label=translate("Query", language),
        sql=row.metric.sql,
        links=(
            Link(translate("How it is computed", language), computed_href(row.metric.name)),
            Link(translate("Over the term", language), target_href(row.metric.name)),
        ),
    )


def metric_title(row: Row, language: str) -> str:
    """The metric's name."""
    return pick(row.metric.title, language, "en")[0]


def clause_title(row: Row, contract: Contract, language: str) -> str:
    """The clause that the target belongs to: its number, and its title in the contract."""
    clause = next((clause for clause in contract.clauses if clause.id == row.clause), None)
    number = translate("Clause {number}", language, number=row.clause)
    return f"{number} · {pick(clause.title, language, 'zh')[0]}" if clause else number


def said_count(row: Row, language: str) -> str:
    """How many it rests on: answers, or members at the start and the end of the period."""
    if isinstance(row.counts, CensusCounts):
        opening, closing = (
            amount(count, "count", language) for count in (row.counts.opening, row.counts.closing)
        )
        if row.metric.unit != "percent" or row.counts.exact() is None:
            return ""
        if row.counts.is_part:
            return translate("{part} of {whole}", language, part=closing, whole=opening)
        return translate("{opening} → {closing} members", language, opening=opening, closing=closing)
    return f"n = {amount(row.verdict.estimate.n, 'count', language)}"


def left_out_words(row: Row, language: str) -> str:
    """What the figure leaves out for now: "2 waiting for the customer, not counted yet"; "" for nothing."""
    if not row.left_out or row.metric.left_out is None:
        return ""
    words = pick(row.metric.left_out, language, "en")[0]
    return words.format(n=amount(row.left_out, "count", language))


def reason_words(row: Row, language: str) -> str:
    """Why it is judged so, and what the figure leaves out."""
    reason, aside = row.verdict.reason_in(language), left_out_words(row, language)
    return translate("{reason}. {late}", language, reason=reason, late=aside) if aside else reason


def interval_words(row: Row, language: str) -> str:
    """The interval with its confidence, or why there is none."""
    estimate = row.verdict.estimate
    if estimate.kind == "census":
        return translate("None: everything was counted, nothing was sampled.", language)
    if estimate.low is None:
        return NOTHING
    sure = NOTHING if estimate.confidence is None else confidence(estimate.confidence, language)
    return translate(
        "{interval} with {confidence} confidence"
        if row.verdict.final
        else "{interval} with {confidence} confidence at every look",
        language,
        interval=span(estimate.low, estimate.high, row.metric.unit, language, _decimals(row)),
        confidence=sure,
    )


def _is_share(row: Row) -> bool:
    """Whether it counts so many of so many, which cannot pass 100 %."""
    counts = row.counts
    return isinstance(counts, CensusCounts) and counts.is_part and counts.closing <= counts.opening


def _decimals(row: Row) -> int:
    verdict = row.verdict
    return decimals_beside(verdict.target.value, row.metric.unit, *verdict.figures)


def _facts(row: Row, language: str) -> list[tuple[str, str]]:
    target = row.verdict.target
    facts = {
        "Meaning": pick(row.metric.words, language, "en")[0],
        "Judgement": reason_words(row, language),
        "Interval": interval_words(row, language),
        "Decision rule": translate(RULES[target.rule], language),
        "Counted": translate(
            "{start} until before {end}",
            language,
            start=day(row.period.start, language),
            end=day(row.period.end, language),
        ),
    }
    return [(translate(name, language), text) for name, text in facts.items()]

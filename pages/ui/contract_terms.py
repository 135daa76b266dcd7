"""What a version of the contract says: parties, term, tiers, and each clause with what hangs on it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from contract import Contract, Party
from contract.explaining import Explained, explain
from pages.ui.contract_choice import contract_href
from pages.ui.layout import Link
from pages.ui.metric_choice import computed_href, target_href
from pages.ui.numbers import NOTHING, amount, day, money
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from survey import pick
from warehouse.metrics import agreed

_LENGTHS = {"month": "Months", "quarter": "Quarters", "half_year": "Half years", "year": "Years"}
_LANGUAGES = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that hangs on a clause, in sentences, with the pages that show it."""

    title: str
    sentences: Sequence[str]
    links: Sequence[Link]


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause in the reader's language. `hanging` names its parts for screen readers."""

    number: str
    anchor: str
    title: str
    text: str
    hanging: str
    parts: Sequence[Part]


def metric_titles(contract: Contract, language: str) -> Mapping[str, str]:
    """What the contract, else the catalogue, calls each metric. Raises WarehouseError for a metric that the
    catalogue does not have."""
    return {use.metric: pick(agreed(use).title, language, "en")[0] for use in contract.metrics}


def term_facts(contract: Contract, language: str) -> list[tuple[str, str]]:
    """Who is bound and for how long, as (name, text); a text may have several lines."""

    def t(message: str, /, **values: object) -> str:
        return translate(message, language, **values)

    parties, term = contract.parties, contract.term
    facts = [
        (t("Party A, the client"), _party(parties.a, language)),
        (t("Party B, the provider"), _party(parties.b, language)),
    ]
    if parties.mediator:
        facts.append((t("Mediator"), pick(parties.mediator.name, language, "zh")[0]))
    last = contract.term.end - timedelta(days=1)
    names = f"{contract.periods[0].name} – {contract.periods[-1].name}"
    facts += [
        (t("Term"), t("{start} to {end}", start=day(term.start, language), end=day(last, language))),
        (t("Periods"), f"{t(_LENGTHS[term.periods])} ({names})"),
        (t("Time zone"), term.timezone),
    ]
    if term.fiscal_start != 1:
        facts.append((t("Fiscal year begins in month"), str(term.fiscal_start)))
    facts.append((t("Authoritative text"), t(_LANGUAGES[contract.metadata.authoritative_language])))
    return facts


def tier_table(contract: Contract, language: str) -> Table | None:
    """Who belongs to which class of customers; None where the contract has none."""
    if not contract.spec.tiers:
        return None
    fees = contract.spec.fees
    rows = []
    for tier in contract.spec.tiers:
        bar = tier.min_amount
        said = NOTHING if bar is None else amount(bar, "scale", language)
        if bar is not None and fees is not None:
            said = money(bar, fees.currency, fees.scale, language)
        within = translate("all before", language)
        if tier.within_days is not None:
            within = translate("{days} days", language, days=tier.within_days)
        rows.append(
            [
                Cell(pick(tier.title, language, "zh")[0], tier.id),
                Cell(amount(tier.min_deals, "count", language)),
                Cell(said),
                Cell(within),
            ]
        )
    columns = [
        Column(translate("Customer tier", language)),
        Column(translate("Deals from", language), right=True),
        Column(translate("Amount from", language), right=True),
        Column(translate("Counted over", language), right=True),
    ]
    return Table(translate("Customer tiers", language), columns, rows)


def clauses_shown(contract: Contract, language: str) -> list[ClauseShown]:
    """Every clause with its text and what hangs on it, in the order of the file."""
    parts = explain(contract, language, metric_titles(contract, language))
    hanging = translate("What hangs on it", language)
    shown = []
    for clause in contract.clauses:
        mine = [_part(part, language) for part in parts if part.clause == clause.id]
        mine += list(_untargeted(contract, clause.id, language))
        shown.append(
            ClauseShown(
                number=clause.id,
                anchor=anchor(clause.id),
                title=pick(clause.title, language, "zh")[0],
                text=pick(clause.text, language, "zh")[0],
                hanging=hanging,
                parts=mine,
            )
        )
    return shown


def anchor(clause: str) -> str:
    """The id of a clause on its page."""
    return "clause-" + clause.replace(".", "-")


def clause_href(clause: str) -> str:
    """The address of a clause: the contract's page with that clause first."""
    return contract_href("/contract", clause=clause)


def _party(party: Party, language: str) -> str:
    lines = [pick(party.name, language, "zh")[0]]
    for one in party.signatories:
        name = pick(one.name, language, "zh")[0]
        office = pick(one.office, language, "zh")[0] if one.office else ""
        signed = translate("{name}, {office}", language, name=name, office=office) if office else name
        lines.append(translate("Signed for by {name}", language, name=signed))
    return "\n".join(lines)


def _part(part: Explained, language: str) -> Part:
    links = []
    if part.metric is not None:
        links = [
            Link(translate("Over the term", language), target_href(part.metric)),
            Link(translate("How it is computed", language), computed_href(part.metric)),
        ]
    return Part(part.title, part.sentences, links)


def _untargeted(contract: Contract, clause: str, language: str) -> Iterator[Part]:
    """Metrics that serve a clause without a target of their own."""
    targeted = {terms.metric for terms in contract.spec.targets}
    titles = metric_titles(contract, language)
    for use in contract.metrics:
        if use.clause == clause and use.metric not in targeted:
            words = translate("It is counted, without a target of its own.", language)
            link = Link(translate("How it is computed", language), computed_href(use.metric))
            title = translate("Metric: {metric}", language, metric=titles[use.metric])
            yield Part(title, (words,), (link,))

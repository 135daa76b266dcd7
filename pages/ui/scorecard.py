"""The scorecard as a page shows it: the answer in a sentence, the last closed and the running period, all
targets in all periods."""

from collections.abc import Sequence
from dataclasses import dataclass

from contract import Party
from pages.ui.contract_choice import contract_href
from pages.ui.contract_upload import show_warnings
from pages.ui.downloads import contract_downloads
from pages.ui.headline import headline
from pages.ui.history import history
from pages.ui.kpi_groups import show_targets
from pages.ui.layout import Link, example_notice, heading, links, section
from pages.ui.markup import Block, gathered
from pages.ui.numbers import instant
from pages.ui.records.warnings import budget_warning, consent_notice
from pages.ui.seals import sealed_words
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from survey import pick
from warehouse import Warehouse
from warehouse.as_of import as_of
from warehouse.evidence.sealed import Seal
from warehouse.scorecard import Row, Scorecard, scorecard


@dataclass(frozen=True, slots=True)
class PreparedScorecard:
    """The scorecard in one language, ready for the page; `contract` is the id of the contract it shows."""

    contract: str
    head: Block
    body: Block


def prepared_scorecard(house: Warehouse, asked: str | None) -> PreparedScorecard | None:
    """That of the contract of that id, which the address names, or of the one in force when None; None when
    there is none. It is written once in each language until something is committed or a minute is over."""
    return house.while_unchanged(
        ("overview", language(), asked), lambda: _prepare(house, asked), as_of(house).moment
    )


def _prepare(house: Warehouse, asked: str | None) -> PreparedScorecard | None:
    card = scorecard(house, contract=asked)
    if card is None:
        return None
    return PreparedScorecard(card.contract.id, gathered(lambda: _head(card)), gathered(lambda: _body(card)))


def _head(card: Scorecard) -> None:
    contract, chosen = card.contract, language()
    closed, running = _periods(card)
    heading(
        pick(contract.title, chosen, "zh")[0],
        meta=[
            t(
                "{client} and {provider}",
                client=_name(contract.parties.a),
                provider=_name(contract.parties.b),
            ),
            t("Version {version}", version=contract.version),
            t("as of {instant}", instant=instant(card.as_of, contract.term.timezone, chosen)),
        ],
        lead=headline(closed, running, chosen),
    )


def _body(card: Scorecard) -> None:
    contract, chosen = card.contract, language()
    closed, running = _periods(card)
    if card.is_example:
        example_notice()
    show_warnings(contract)
    budget_warning(contract)
    consent_notice()
    if closed:
        section(
            t("{period}, closed", period=closed[0].period.name),
            _standing(closed[0].seal, chosen),
        )
        show_targets(closed, contract, chosen)
        links(Link(t("Report for approval and print"), contract_href(f"/report/{closed[0].period.name}")))
    if running:
        section(
            t("{period}, still running", period=running[0].period.name),
            t("A status, not a verdict: it can still change until the period ends."),
        )
        show_targets(running, contract, chosen)
    section(t("All targets in all periods"))
    show_table(history(_everybody(card), chosen))
    links(*contract_downloads("scorecard"))


def _everybody(card: Scorecard) -> list[Row]:
    return [row for row in card.rows if not row.segment]


def _periods(card: Scorecard) -> tuple[list[Row], list[Row]]:
    """The rows of the last closed period and of those that are running."""
    rows = _everybody(card)
    closed = _last([row for row in rows if row.state == "closed"])
    return closed, [row for row in rows if row.state == "running"]


def _standing(seal: Seal | None, chosen: str) -> str:
    """Whether answers that arrive late can still change the closed period."""
    if seal is None:
        return t("Judged from everything stored by now; answers that arrive late can still change it.")
    return t(
        "As it was {sealed}: answers that arrive late do not change it.", sealed=sealed_words(seal, chosen)
    )


def _last(rows: Sequence[Row]) -> list[Row]:
    if not rows:
        return []
    latest = max(row.period.start for row in rows)
    return [row for row in rows if row.period.start == latest]


def _name(party: Party) -> str:
    return pick(party.name, language(), "zh")[0]

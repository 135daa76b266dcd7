"""Overview: is the contract kept, now? The last closed and the running period, then the whole term."""

from collections.abc import Sequence

import warehouse
from contract import Party
from pages.ui.access import require
from pages.ui.contract_choice import asked_contract, choose_contract, contract_href
from pages.ui.contract_upload import show_warnings
from pages.ui.downloads import contract_downloads
from pages.ui.first_start import greet, next_steps
from pages.ui.headline import headline
from pages.ui.history import history
from pages.ui.kpi_groups import show_targets
from pages.ui.layout import Link, example_notice, framed, heading, links, section
from pages.ui.numbers import instant
from pages.ui.seals import sealed_words
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from survey import pick
from warehouse.evidence.sealed import Seal
from warehouse.example import is_empty
from warehouse.scorecard import Row, Scorecard, scorecard

role = require()


def page() -> None:
    """The greeting of an empty warehouse, what to do next without a contract, else the scorecard."""
    house = warehouse.serving()
    with framed():
        if is_empty(house):
            greet(role)
            return
        card = scorecard(house, contract=asked_contract(house))
        if card is None:
            next_steps(role)
            return
        _scorecard(card)


def _scorecard(card: Scorecard) -> None:
    contract, chosen = card.contract, language()
    rows = [row for row in card.rows if not row.segment]
    closed = _last([row for row in rows if row.state == "closed"])
    running = [row for row in rows if row.state == "running"]
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
    choose_contract(warehouse.serving(), contract.id)
    if card.is_example:
        example_notice()
    show_warnings(contract)
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
    show_table(history(rows, chosen))
    links(*contract_downloads("scorecard"))


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


page()

"""How it is computed: for each metric its clause, its words, its statistics, what it reads, and its SQL."""

import warehouse
from contract import Clause, Contract
from pages.ui.access import require
from pages.ui.computation import component_table, counts_table, facts, inputs
from pages.ui.contract_choice import asked_contract, choose_contract
from pages.ui.contract_terms import clause_href, metric_titles
from pages.ui.downloads import contract_downloads
from pages.ui.layout import Link, example_notice, framed, heading, links, notice, section, text
from pages.ui.markup import show
from pages.ui.metric_choice import choose_metric, target_href
from pages.ui.no_contract import without_contract
from pages.ui.numbers import instant
from pages.ui.tables import show_table
from pages.ui.texts import language, t
from survey import pick
from warehouse.contracts import current_contract
from warehouse.metrics import agreed
from warehouse.scorecard import Row, scorecard
from warehouse.surveys import responses_of

role = require()


def page() -> None:
    """One metric of the contract in force, `?metric=`, the first where none is asked for."""
    house = warehouse.serving()
    with framed():
        asked = asked_contract(house)
        loaded, card = current_contract(house, contract=asked), scorecard(house, contract=asked)
        if loaded is None or card is None:
            without_contract(t("How it is computed"), role)
            return
        chosen, contract = language(), loaded.contract
        heading(
            t("How it is computed"),
            meta=[
                pick(contract.title, chosen, "zh")[0],
                t("as of {instant}", instant=instant(card.as_of, contract.term.timezone, chosen)),
            ],
            lead=t("Made from the same file that counts the figure: what stands here is what runs."),
        )
        choose_contract(house, contract.id)
        if card.is_example:
            example_notice()
        titles = metric_titles(contract, chosen)
        name = choose_metric(t("Metric"), [use.metric for use in contract.metrics], titles)
        _metric(house, contract, name, [row for row in card.rows if not row.segment])


def _metric(house: warehouse.Warehouse, contract: Contract, name: str, rows: list[Row]) -> None:
    chosen = language()
    use = next(each for each in contract.metrics if each.metric == name)
    metric = agreed(use)
    titles = metric_titles(contract, chosen)
    section(titles[name])
    show("facts", facts=facts(metric, use, contract, chosen))
    _clause(contract.clause(use.clause))
    section(t("What it reads"))
    mine = [row for row in rows if row.metric.name == name]
    if use.components:
        show_table(component_table(use, contract, titles, rows, chosen))
    else:
        responses = responses_of(house, use.survey) if use.survey else None
        show("facts", facts=inputs(metric, use, responses, chosen))
    if mine:
        section(t("What was counted"), t("Anybody can work the figure out again from these counts."))
        show_table(counts_table(metric, mine, chosen))
        links(
            *contract_downloads("targets"),
            Link(t("Over the term"), target_href(name)),
        )
    else:
        notice([t("It has no target, or no period of it has begun: nothing is counted for it yet.")])
    if metric.sql:
        section(t("Query"), t("$contract, $survey and the like are filled in from the contract."))
        show("sql", sql=metric.sql, label=t("Query"))
    if metric.from_rows:
        section(
            t("The same from the single rows"),
            t(
                "The query above reads counts that are kept in step with the rows stored. This one counts "
                "the rows themselves; sealed periods are worked out again by it."
            ),
        )
        show("sql", sql=metric.from_rows, label=t("Query of the rows"))


def _clause(clause: Clause) -> None:
    chosen = language()
    section(t("Clause {number}", number=clause.id), pick(clause.title, chosen, "zh")[0])
    text(pick(clause.text, chosen, "zh")[0])
    links(Link(t("See it in the contract"), clause_href(clause.id)))


page()

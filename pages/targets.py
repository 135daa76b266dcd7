"""Targets: each with its ramp over the whole term against what was counted, and every period's verdict."""

from collections.abc import Mapping, Sequence

import warehouse
from contract import Contract
from contract.explaining import Explained, Voice, explain_decision
from pages.ui.access import require
from pages.ui.contract_choice import asked_contract, choose_contract
from pages.ui.contract_terms import clause_href, metric_titles
from pages.ui.downloads import contract_downloads
from pages.ui.figure_style import show_figure
from pages.ui.history import history
from pages.ui.kpi_groups import FLAT
from pages.ui.layout import Link, example_notice, framed, heading, links, section
from pages.ui.markup import show
from pages.ui.metric_choice import choose_metric, computed_href
from pages.ui.no_contract import without_contract
from pages.ui.numbers import instant
from pages.ui.run_chart import run_chart
from pages.ui.tables import show_table
from pages.ui.target_course import BOUNDS, Course, course, course_points, course_table
from pages.ui.texts import language, t
from survey import pick
from warehouse.contracts import current_contract
from warehouse.metrics import agreed
from warehouse.scorecard import scorecard

role = require()


def page() -> None:
    """A section a target; `?metric=` narrows the page to one."""
    house = warehouse.serving()
    with framed():
        asked_for = asked_contract(house)
        loaded, card = current_contract(house, contract=asked_for), scorecard(house, contract=asked_for)
        if loaded is None or card is None:
            without_contract(t("Targets"), role)
            return
        chosen, contract = language(), loaded.contract
        titles = metric_titles(contract, chosen)
        heading(
            t("Targets"),
            meta=[
                pick(contract.title, chosen, "zh")[0],
                t("as of {instant}", instant=instant(card.as_of, contract.term.timezone, chosen)),
            ],
        )
        choose_contract(house, contract.id)
        if card.is_example:
            example_notice()
        names = [terms.metric for terms in contract.spec.targets]
        asked = choose_metric(t("Target"), names, titles, everything=t("All targets"))
        rows = [row for row in card.rows if not row.segment]
        uses = {use.metric: use for use in contract.metrics}
        voice = Voice(contract, chosen, titles)
        drawn = [asked] if asked else _drawn(contract, names)
        for terms in contract.spec.targets:
            if terms.metric in drawn:
                shown = course(loaded, agreed(uses[terms.metric]), rows)
                _target(shown, explain_decision(voice, terms), titles)
        others = [row for row in rows if row.metric.name not in drawn]
        if others and not asked:
            section(t("Other targets"), t("No money hangs on them. Choose one above to see its course."))
            show_table(history(others, chosen))


def _drawn(contract: Contract, names: Sequence[str]) -> Sequence[str]:
    """The targets that are drawn when none is chosen: all of a few, else those that money hangs on."""
    if len(names) <= FLAT:
        return names
    return [name for name in names if contract.liable(name)] or names[:FLAT]


def _target(shown: Course, said: Explained, titles: Mapping[str, str]) -> None:
    chosen, name = language(), shown.metric.name
    section(titles[name], t("Clause {number}", number=said.clause))
    show("sentences", sentences=said.sentences)
    show("legend", entries=_legend(shown))
    show_figure(
        run_chart(course_points(shown, chosen), shown.metric.unit, chosen),
        f"target-{name}",
        t("{figure} over the term, against its target", figure=titles[name]),
    )
    show_table(course_table(shown, chosen))
    links(
        *contract_downloads("targets"),
        Link(t("How it is computed"), computed_href(name)),
        Link(t("Clause {number}", number=said.clause), clause_href(said.clause)),
    )


def _legend(shown: Course) -> Sequence[tuple[str, str]]:
    entries = [("value", t("Value")), ("target", t("Target"))]
    if shown.metric.kind not in ("census", "index"):
        entries.insert(1, ("interval", t("95 % interval")))
    entries += [(name, t(BOUNDS[name])) for name in BOUNDS if shown.has(name)]
    return [*entries, ("running", t("Still running"))]


page()

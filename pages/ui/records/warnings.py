"""What calls for somebody: a budget that is, or will be, overspent, and changes of records that wait."""

import warehouse
from contract import Contract
from pages.ui.layout import Link, links, notice
from pages.ui.numbers import amount
from pages.ui.records.telling import address
from pages.ui.texts import language, t
from warehouse.records.catalogue import record_type
from warehouse.records.changing import changes
from warehouse.records.overspending import Overspent, overspent

BUDGET = "budget_line"


def budget_warning(contract: Contract, *, with_link: bool = True) -> None:
    """Which lines, or all together, are over their budget or will be at the pace so far; nothing where
    none."""
    found = overspent(warehouse.serving(), contract.sha256)
    if not found:
        return
    is_over = any(each.is_over for each in found)
    title = t("Overspent in {period}") if is_over else t("{period} will be overspent at the pace so far")
    lines = [overspent_words(each) for each in found]
    notice(lines, title=title.format(period=found[0].period), tone="bad" if is_over else "open")
    if with_link:
        links(Link(t("Budget"), address(record_type(BUDGET))))


def overspent_words(found: Overspent) -> str:
    """The warning in a sentence with its arithmetic."""
    said = {
        "line": found.title or t("All lines together"),
        "spent": amount(found.spent, "money", language()),
        "planned": amount(found.planned, "money", language()),
    }
    if found.is_over:
        over = amount(found.spent - found.planned, "money", language())
        return t("{line}: {spent} spent of {planned} planned, {over} too much.", over=over, **said)
    projected = amount(found.projected, "money", language())
    return t(
        "{line}: {spent} spent so far; at this pace {projected} by the end of the period, {planned} planned.",
        projected=projected,
        **said,
    )


def consent_notice() -> None:
    """How many changes of records wait for consent, by type, with the way there; nothing where none does."""
    waiting = changes(warehouse.serving(), waiting=True)
    if not waiting:
        return
    counts: dict[str, int] = {}
    for change in waiting:
        counts[change.type] = counts.get(change.type, 0) + 1
    notice(
        [t("What was asked for counts for no figure until it is agreed.")],
        title=t("Changes of records wait for consent"),
    )
    kinds = [(record_type(name), number) for name, number in counts.items()]
    links(*(Link(f"{kind.title.said(language())} ({number})", address(kind)) for kind, number in kinds))

"""How complete, valid and fresh the register's files are: a line a field, and one a class of customers."""

from collections.abc import Sequence

import warehouse
from pages.ui.layout import Link, links, section
from pages.ui.markup import show
from pages.ui.membership import tier_title
from pages.ui.metric_choice import computed_href
from pages.ui.numbers import NOTHING, amount
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t
from warehouse.contracts import current_contract
from warehouse.membership.file_quality import FieldQuality, file_quality
from warehouse.membership.tiers import tier_titles

FIELDS = {
    "name": "Name",
    "phone": "Phone",
    "email": "E-mail",
    "birthday": "Birthday",
    "gender": "Gender",
    "city": "City",
}


def show_file_quality(house: warehouse.Warehouse) -> None:
    """The section of the members page; nothing where nobody is a member."""
    found = file_quality(house)
    if not found:
        return
    section(t("Customer files"), t("Of those who are members now, as the register states them."))
    everybody = [each for each in found if not each.tier]
    show_table(_table(t("By field"), t("Field"), [(t(FIELDS[each.field]), [each]) for each in everybody]))
    known = list(tier_titles(current_contract(house)))
    tiers = sorted({each.tier for each in found} - {""}, key=lambda tier: [*known, tier].index(tier))
    rows = [(tier_title(house, tier), [each for each in found if each.tier == tier]) for tier in tiers]
    if rows:
        show_table(_table(t("By class of customers"), t("Class"), rows))
        show("notes", notes=[t("Classes of few members are left out.")])
    links(
        Link(t("How completeness is computed"), computed_href("file_completeness")),
        Link(t("How validity is computed"), computed_href("file_validity")),
        Link(t("How freshness is computed"), computed_href("file_freshness")),
    )


def _table(title: str, first: str, rows: Sequence[tuple[str, Sequence[FieldQuality]]]) -> Table:
    heads = (t("Members"), t("Stated"), t("Valid of those stated"), t("Changed within a year"))
    columns = [Column(first), *(Column(head, right=True) for head in heads)]
    return Table(title, columns, [_row(name, parts) for name, parts in rows])


def _row(name: str, parts: Sequence[FieldQuality]) -> list[Cell]:
    checked = [each for each in parts if each.valid is not None]
    return [
        Cell(name),
        Cell(amount(parts[0].members, "count", language())),
        _share(sum(each.filled for each in parts), sum(each.members for each in parts)),
        _share(sum(each.valid or 0 for each in checked), sum(each.filled for each in checked)),
        _share(parts[0].fresh, parts[0].members),
    ]


def _share(part: int, whole: int) -> Cell:
    if not whole:
        return Cell(NOTHING)
    said = t(
        "{part} of {whole}",
        part=amount(part, "count", language()),
        whole=amount(whole, "count", language()),
    )
    return Cell(amount(100 * part / whole, "percent", language()), said)

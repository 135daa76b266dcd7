"""The two ways a table of a page is taken home: as CSV and as a workbook."""

from pages.ui.contract_choice import contract_href
from pages.ui.filters import export_href
from pages.ui.layout import Link
from pages.ui.texts import t
from warehouse.filters import Filters


def downloads(name: str, filters: Filters | None = None) -> tuple[Link, Link]:
    """Links to the export of that name, narrowed like the page."""
    return (
        Link(t("Download as CSV"), export_href(name, filters), download=True),
        Link(t("Download as Excel"), export_href(name, filters, kind="xlsx"), download=True),
    )


def contract_downloads(name: str, csv: str = "", xlsx: str = "") -> tuple[Link, Link]:
    """Links to an export of the contract that the page shows, called so where that says more."""
    return (
        Link(csv or t("Download as CSV"), contract_href(f"/export/{name}.csv"), download=True),
        Link(xlsx or t("Download as Excel"), contract_href(f"/export/{name}.xlsx"), download=True),
    )

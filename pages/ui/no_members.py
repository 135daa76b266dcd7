"""What a page about members says while none is known."""

from pages.ui.layout import Link, links, notice
from pages.ui.texts import t


def without_members(role: str) -> None:
    """What has to happen first, for this role."""
    notice(
        [
            t("No member is known yet."),
            t("The operator imports the register as CSV or XLSX: members, purchases and events."),
        ]
    )
    if role == "operator":
        links(Link(t("Import the register"), "/import_data"))

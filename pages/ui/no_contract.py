"""What a page about the contract says while none is loaded."""

from pages.ui.layout import Link, heading, links, notice
from pages.ui.texts import t


def without_contract(title: str, role: str) -> None:
    """The page's title, and what has to happen first, for this role."""
    heading(title)
    if role == "operator":
        notice([t("No contract is loaded yet."), t("Load its file, or the example; then it stands here.")])
        links(Link(t("Load the contract"), "/import_data"), Link(t("Overview"), "/overview"))
    else:
        notice([t("No contract is loaded yet."), t("The operator loads it; then it stands here.")])

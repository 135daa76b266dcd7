"""Every table and figure of the pages, and the raw rows, as CSV: their names, and who may have them."""

from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass
from difflib import get_close_matches

from warehouse.access import ROLES, Role
from warehouse.csv_format import csv_chunks
from warehouse.database import Warehouse
from warehouse.exporting.audit import audit
from warehouse.exporting.campaigns import campaign_rows, member_sources
from warehouse.exporting.dataset import codebook
from warehouse.exporting.fieldwork import (
    fieldwork,
    fieldwork_break_off,
    fieldwork_days,
    fieldwork_flags,
    fieldwork_members,
    fieldwork_pages,
)
from warehouse.exporting.figures import distribution, satisfaction_series, summary
from warehouse.exporting.membership import (
    member_cohorts,
    member_retention,
    member_staying,
    member_tiers,
    members_at_risk,
)
from warehouse.exporting.movement import members
from warehouse.exporting.problems import refusal
from warehouse.exporting.raw import answers, imports, responses
from warehouse.exporting.settlement import settlement
from warehouse.exporting.table import Table
from warehouse.exporting.targets import targets
from warehouse.exporting.verdicts import verdicts
from warehouse.filters import Filters
from warehouse.texts import translate

# Raw rows hold what people wrote, and let anybody count groups of one.
RAW: tuple[Role, ...] = ("operator", "mediator")


@dataclass(frozen=True, slots=True)
class Listed:
    """An export to ask for. `title` is a message of the catalogue; `filtered` says whether filters narrow it
    beyond the survey, `of_contract` whether it is one contract's, which may be asked for."""

    name: str
    title: str
    roles: tuple[Role, ...]
    filtered: bool
    of_contract: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """An export under way: its table, and its title in the language asked for. The rows can be read once."""

    name: str
    title: str
    table: Table


_Build = Callable[[Warehouse, Filters, str], Table]
_KINDS: Mapping[str, tuple[Listed, _Build]] = {
    listed.name: (listed, build)
    for listed, build in (
        (Listed("scorecard", "Targets and verdicts", ROLES, filtered=False, of_contract=True), verdicts),
        (Listed("targets", "Targets over the term", ROLES, filtered=False, of_contract=True), targets),
        (
            Listed("settlement", "Settlements, line by line", ROLES, filtered=False, of_contract=True),
            settlement,
        ),
        (Listed("satisfaction", "Satisfaction over time", ROLES, filtered=True), satisfaction_series),
        (Listed("distribution", "How often each score was given", ROLES, filtered=True), distribution),
        (Listed("summary", "Figures of each question", ROLES, filtered=False), summary),
        (Listed("members", "Movement of members", ROLES, filtered=False), members),
        (Listed("member-tiers", "Customers by class", ROLES, filtered=False), member_tiers),
        (Listed("member-retention", "Members kept and lost", ROLES, filtered=False), member_retention),
        (Listed("member-cohorts", "Cohorts of members", ROLES, filtered=False), member_cohorts),
        (Listed("campaigns", "Campaigns", ROLES, filtered=False), campaign_rows),
        (Listed("member-sources", "New members by source", ROLES, filtered=False), member_sources),
        (Listed("members-at-risk", "Members at risk", ("operator",), filtered=False), members_at_risk),
        (Listed("member-staying", "How long members stay", ROLES, filtered=False), member_staying),
        (Listed("fieldwork", "Fieldwork by wave and group", ROLES, filtered=False), fieldwork),
        (Listed("fieldwork-days", "Completions a day", ROLES, filtered=False), fieldwork_days),
        (
            Listed("fieldwork-break-off", "Where forms were broken off", ROLES, filtered=False),
            fieldwork_break_off,
        ),
        (Listed("fieldwork-pages", "Time on each page", ROLES, filtered=False), fieldwork_pages),
        (Listed("fieldwork-flags", "Flagged responses, counted", ROLES, filtered=False), fieldwork_flags),
        (Listed("fieldwork-members", "Invited members", ("operator",), filtered=False), fieldwork_members),
        (Listed("responses", "Responses, one a row", RAW, filtered=True), responses),
        (Listed("answers", "Answers, one a row", RAW, filtered=True), answers),
        (Listed("codebook", "Codebook of the answers", ROLES, filtered=False), codebook),
        (Listed("imports", "Imported files", RAW, filtered=False), imports),
        (Listed("audit", "Who did what, when, to what", RAW, filtered=False), audit),
    )
}


def exports() -> tuple[Listed, ...]:
    """Every export there is, in the order to offer them."""
    return tuple(listed for listed, _ in _KINDS.values())


def export_rows(warehouse: Warehouse, name: str, filters: Filters, language: str) -> Export:
    """The export of that name, its words in the language ("zh" or "en"). Who may have it, the caller has
    checked.

    Raises WarehouseError: "export-unknown" with the name that comes nearest, "export-not-filtered" for
    filters that would be ignored, "contract-none" for a scorecard without a contract.
    """
    if name not in _KINDS:
        nearest = get_close_matches(name, _KINDS, n=1, cutoff=0)
        raise refusal("export-unknown", name, near=nearest[0], known=", ".join(_KINDS))
    listed, build = _KINDS[name]
    narrowing = [key for key in filters.to_query() if key not in ("survey", "contract")]
    ignored = narrowing if not listed.filtered else []
    ignored += ["contract"] if filters.contract and not listed.of_contract else []
    if ignored:
        raise refusal("export-not-filtered", name, filters=", ".join(ignored))
    return Export(name, translate(listed.title, language), build(warehouse, filters, language))


def csv_bytes(export: Export) -> Generator[bytes, None, None]:
    """The export as the chunks of a CSV file, made as they are taken."""
    table = export.table
    if table.engine is None:
        yield from csv_chunks(table.columns, table.rows)
        return
    heading = b"".join(csv_chunks(table.columns, ()))
    with closing(table.engine.csv()) as lines:
        for chunk in lines:
            yield heading + chunk
            heading = b""
    if heading:
        yield heading

"""Values of records as a reader sees them, and addresses of the page."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from pages.ui.contract_terms import metric_titles
from pages.ui.filters import value_title
from pages.ui.numbers import NOTHING, amount, day
from pages.ui.texts import translate
from survey import pick
from warehouse import serving
from warehouse.calendar import from_stored
from warehouse.contracts import current_contract
from warehouse.membership.tiers import tier_titles
from warehouse.metrics import Metric, catalogue
from warehouse.records.declaring import Field, Names, RecordType
from warehouse.records.values import Value
from warehouse.surveys import surveys

PAGE = "/records"


def told(field: Field, value: Value, zone: ZoneInfo, language: str) -> str:
    """The value in words and figures of the language; a dash for none."""
    match value:
        case None:
            return NOTHING
        case bool():
            return translate("Yes", language) if value else translate("No", language)
        case datetime():
            local = from_stored(value).astimezone(zone)
            return f"{day(local.date(), language)} {local:%H:%M}"
        case date():
            return day(value, language)
        case time():
            return f"{value:%H:%M}"
        case Decimal():
            return amount(value, "scale", language)
        case int():
            return amount(value, "count", language)
        case _:
            return worded(field, value, language)


def worded(field: Field, code: str, language: str) -> str:
    """The words for a code of the field; other text as it stands."""
    if field.names == "channel":
        return value_title("channel", code, language)
    if field.names:
        return known_names(field.names, language).get(code, code)
    return {choice.code: choice.title.said(language) for choice in field.choices}.get(code, code)


def short(record_id: str) -> str:
    """The number of a record, of which the long one of a response only begins."""
    return record_id if len(record_id) <= 20 else f"{record_id[:14]}…"


def known_names(names: Names, language: str) -> Mapping[str, str]:
    """What people call each survey, class of customers, or metric in the contract in force, else in the
    catalogue, by its code; the channels of a register are nowhere listed."""
    if names == "survey":
        return {each.slug: pick(each.title, language, "en")[0] for each in surveys(serving())}
    if names == "channel":
        return {}
    if names == "tier":
        return class_names(language)
    return _metric_names(language)


def _metric_names(language: str) -> Mapping[str, str]:
    names = {each.name: metric_title(each, language) for each in catalogue()}
    loaded = current_contract(serving())
    return {**names, **metric_titles(loaded.contract, language)} if loaded else names


def class_names(language: str, *, of_any_version: bool = True) -> Mapping[str, str]:
    """What the contract in force calls each class of customers, by its code; those that it had, too, unless
    told otherwise."""
    loaded = current_contract(serving())
    versions = loaded.versions if loaded and of_any_version else ()
    had = {tier.id: tier.title for version in versions for tier in version.spec.tiers}
    return {code: pick(title, language, "en")[0] for code, title in {**had, **tier_titles(loaded)}.items()}


def metric_title(metric: Metric, language: str) -> str:
    """What the catalogue calls the metric."""
    return pick(metric.title, language, "en")[0]


def address(kind: RecordType, **query: str) -> str:
    """The page of the type, or of one of its records, with what else the address says."""
    return f"{PAGE}?{urlencode({'type': kind.name, **query})}"


def export_address(kind: RecordType, ending: str, query: Mapping[str, str]) -> str:
    """The table of the type as a file."""
    asked = f"?{urlencode(query)}" if query else ""
    return f"/export/records/{kind.name}.{ending}{asked}"

"""Questionnaires being written: kept as text, readable or not, until they are published or discarded."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection
from pydantic import TypeAdapter, ValidationError

from survey import Questionnaire, SurveyError, read_questionnaire
from survey.definition import Slug
from warehouse.calendar import from_stored, to_stored, utc_now
from warehouse.life_problems import refusal
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

LONGEST = 1_000_000
"""Characters of a draft."""

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was last saved under a name: `slug` is the questionnaire's, `saved_at` in UTC, `saved_by` who."""

    slug: str
    source: str
    saved_at: datetime
    saved_by: str


def save_draft(
    warehouse: "Warehouse", slug: str, source: str, by: str, *, based_on: datetime | None = None
) -> Draft:
    """Keep the text, as it is, as the latest draft of that name.

    `based_on` is the `saved_at` of the draft that was edited, None when there was none. Raises
    WarehouseError: "draft-changed" when another one was saved, or it was discarded, in between; "draft-name",
    "draft-text". Then nothing is stored.
    """
    try:
        TypeAdapter[str](Slug).validate_python(slug)
    except ValidationError:
        raise refusal("draft-name", slug=slug[:100]) from None
    if len(source) > LONGEST or (not source.isascii() and _is_unfit(source)):
        raise refusal("draft-text", slug, limit=f"{LONGEST:,}")
    with warehouse.transaction() as cursor:
        last, latest = _last(cursor, slug)
        if (latest.saved_at if latest else None) != based_on:
            by_whom = latest.saved_by if latest else ""
            raise refusal("draft-changed" if latest else "draft-gone", slug, by=by_whom)
        return _keep(cursor, Draft(slug, source, _after(last), by))


def draft(warehouse: "Warehouse", slug: str) -> Draft | None:
    """The latest draft of that name; None when there is none, or it was discarded."""
    for source, saved_at, saved_by in warehouse.read("drafts/draft", slug=slug):
        return None if source is None else Draft(slug, source, from_stored(saved_at), saved_by)
    return None


def written(warehouse: "Warehouse", published: Questionnaire) -> str | None:
    """The text that this version was published from, with its comments and layout; None when it was published
    from a file or the library, or something else was written since."""
    for (source,) in warehouse.read("drafts/last_written", slug=published.slug):
        try:
            found = read_questionnaire(source, published.slug)
        except SurveyError:
            return None
        return str(source) if found.sha256 == published.sha256 else None
    return None


def drafts(warehouse: "Warehouse") -> tuple[Draft, ...]:
    """The latest draft of every name that has one, the last one saved first."""
    rows = warehouse.read("drafts/drafts")
    return tuple(Draft(slug, source, from_stored(at), by) for slug, source, at, by in rows)


def discard_draft(warehouse: "Warehouse", slug: str, by: str = "") -> None:
    """There is no draft of that name any more; what was saved stays in the table."""
    with warehouse.transaction() as cursor:
        last, latest = _last(cursor, slug)
        if latest:
            cursor.execute(sql("drafts/insert"), _row(slug, None, _after(last), by))


def _last(cursor: DuckDBPyConnection, slug: str) -> tuple[datetime | None, Draft | None]:
    """When something was last said of the draft, and the draft unless that was its end."""
    row = cursor.execute(sql("drafts/draft"), {"slug": slug}).fetchone()
    if row is None:
        return None, None
    source, saved_at, saved_by = row
    at = from_stored(saved_at)
    return at, None if source is None else Draft(slug, source, at, saved_by)


def _after(last: datetime | None) -> datetime:
    """Now, but later than what was said before, whatever the clock says: the latest row is told by time."""
    now = utc_now()
    return now if last is None or now > last else last + _TICK


def _keep(cursor: DuckDBPyConnection, made: Draft) -> Draft:
    cursor.execute(sql("drafts/insert"), _row(made.slug, made.source, made.saved_at, made.saved_by))
    return made


def _row(slug: str, source: str | None, saved_at: datetime, saved_by: str) -> dict[str, object]:
    return {"slug": slug, "source": source, "saved_at": to_stored(saved_at), "saved_by": saved_by}


def _is_unfit(source: str) -> bool:
    """Whether the text holds a lone surrogate, which no file could hold either."""
    return any("\ud800" <= character <= "\udfff" for character in source)

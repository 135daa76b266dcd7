"""From instants to days and months: Python holds aware UTC, the tables hold naive UTC and the local day and
month."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def utc_now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def to_stored(instant: datetime) -> datetime:
    """The naive UTC instant a TIMESTAMP column takes. Raises ValueError for a naive one: its zone would be a
    guess."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return instant.astimezone(UTC).replace(tzinfo=None)


def from_stored(stored: datetime) -> datetime:
    """The aware UTC instant of what a TIMESTAMP column held."""
    return stored.replace(tzinfo=UTC)


def local_day(instant: datetime, zone: ZoneInfo) -> date:
    """The day of an aware instant in the reporting zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return instant.astimezone(zone).date()

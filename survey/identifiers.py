"""Response ids that sort by time (UUID version 7, RFC 9562) and the receipt numbers people can read out."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread


def new_response_id(now: datetime | None = None) -> UUID:
    """A new id, made when the form is shown. `now` is timezone-aware, the present when None.

    Milliseconds fill the time field and the fraction below them the next 12 bits (RFC 9562, 6.2, method 3),
    so ids sort by time to the microsecond; 62 bits are random. Raises ValueError before 1970 or without a
    zone."""
    micros = _microseconds(now or datetime.now(UTC))
    return _uuid7(micros // 1000, (micros % 1000 * 4096 // 1000) << 62 | secrets.randbits(62))


def response_id_at(instant: datetime, survey: str, row_id: str) -> UUID:
    """The id of an imported row: the same survey, row and instant always give the same id.

    74 bits of the SHA-256 of survey and row follow the time. Raises ValueError before 1970 or without a
    zone."""
    digest = hashlib.sha256(f"{survey}\0{row_id}".encode("utf-8", "surrogatepass")).digest()
    return _uuid7(_microseconds(instant) // 1000, int.from_bytes(digest) >> (256 - 74))


def started_at(response_id: UUID) -> datetime:
    """When the id was made, UTC, to the millisecond: our own clock, not the respondent's.

    Raises ValueError for an id that is not version 7, OverflowError for one beyond the year 9999."""
    if response_id.version != 7:
        raise ValueError("not a time-ordered id")
    return _EPOCH + timedelta(milliseconds=response_id.int >> 80)


def receipt_number(response_id: UUID) -> str:
    """Eight characters of Crockford's base 32, e.g. "7K3M-Q2XD": 40 bits of the id's SHA-256, for people.

    It tells nothing of the id or the time, and two of a million responses may share one, so it is no key."""
    value = int.from_bytes(hashlib.sha256(response_id.bytes).digest()[:5])
    signs = "".join(_CROCKFORD[value >> shift & 31] for shift in range(35, -1, -5))
    return f"{signs[:4]}-{signs[4:]}"


def _microseconds(instant: datetime) -> int:
    if instant.tzinfo is None:
        raise ValueError("an instant carries a time zone")
    micros = (instant - _EPOCH) // timedelta(microseconds=1)
    if micros < 0:
        raise ValueError("an id's time cannot lie before 1970")
    return micros


def _uuid7(millis: int, tail: int) -> UUID:
    """48 bits of milliseconds, version 7, the upper 12 bits of the 74-bit tail, variant 10, the lower 62."""
    return UUID(int=millis << 80 | 7 << 76 | (tail >> 62) << 64 | 2 << 62 | tail & (1 << 62) - 1)

"""The id that a form got when it was shown, as it comes back: believed only when its time can be true."""

from datetime import datetime, timedelta
from uuid import UUID

from survey import started_at

LONGEST_OPEN = timedelta(days=30)
_CLOCK_SLACK = timedelta(minutes=1)


def time_ordered_id(text: str) -> UUID | None:
    """The id written so, when it is one of ours (version 7) in its usual spelling."""
    try:
        found = UUID(text)
    except ValueError:
        return None
    return found if found.version == 7 and str(found) == text else None


def shown_id(text: str, now: datetime, oldest: timedelta = LONGEST_OPEN) -> UUID | None:
    """The id made when the form was shown; None when its time cannot be that of a page still open."""
    found = time_ordered_id(text)
    try:
        plausible = found is not None and now - oldest <= started_at(found) <= now + _CLOCK_SLACK
    except OverflowError:  # 48 bits of milliseconds reach beyond the year 9999
        return None
    return found if plausible else None

"""Forms begun and saved for later: kept under a link, sealed with it, never counted, erased in time.

What is saved is no response: it lies in tables of its own, readable with the token alone. It is erased when
the response is stored, when it is saved anew, and when the link's time is over, `LIFE` after the first time.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from survey import Raw
from warehouse.calendar import from_stored, local_day, to_stored, utc_now
from warehouse.sealing import Unsealable, seal, unseal
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

LIFE = timedelta(days=30)
TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a form has got: the version shown, the page left (0 for the first or only one), the answers."""

    version: int
    page: int
    language: str
    answers: Mapping[str, Raw]


@dataclass(frozen=True, slots=True)
class SavedForm:
    """What a link was made for: one response of one survey. `expires_at` is the first instant (UTC) that is
    too late; `progress` is None when the answers are erased already."""

    survey: str
    response_id: UUID
    started_at: datetime
    expires_at: datetime
    progress: Progress | None


def save(
    warehouse: "Warehouse",
    token: str,
    survey: str,
    response_id: UUID,
    started_at: datetime,
    progress: Progress,
    until: datetime | None = None,
) -> None:
    """Keep this progress under the token, in place of what was kept under it before.

    The first time decides which response the link can give and when it ends: with the day in the reporting
    zone that is `LIFE` away, `until` at the latest. Raises the errors of `Warehouse.transaction`.
    """
    now = utc_now()
    digest = _sha256(token)
    last_day = local_day(now + LIFE, warehouse.reporting_zone)
    end = datetime.combine(last_day + timedelta(days=1), time(), warehouse.reporting_zone)
    form = {
        "token_sha256": digest,
        "survey": survey,
        "response_id": response_id,
        "started_at": to_stored(started_at),
        "expires_at": to_stored(min(end, until) if until else end),
    }
    answers = {
        "token_sha256": digest,
        "version": progress.version,
        "page": progress.page,
        "language": progress.language,
        "sealed": seal(token, json.dumps(dict(progress.answers), ensure_ascii=False).encode()),
        "saved_at": to_stored(now),
    }
    with warehouse.transaction() as cursor:
        cursor.execute(sql("saved/insert_form"), form)
        cursor.execute(sql("saved/erase_replaced"), {"token_sha256": digest})
        cursor.execute(sql("saved/insert_answers"), answers)


def find_saved(warehouse: "Warehouse", token: str) -> SavedForm | None:
    """What was saved under exactly this token; None when there is nothing or its time is over."""
    if not TOKEN.fullmatch(token):
        return None
    rows = warehouse.read("saved/find", token_sha256=_sha256(token), now=utc_now())
    if not rows:
        return None
    survey, response_id, started_at, expires_at, version, page, language, sealed = rows[0]
    progress = None
    if sealed is not None:
        try:
            answers = json.loads(unseal(token, sealed))
        except Unsealable:  # somebody has written into the table: nothing of it is shown
            return None
        progress = Progress(version, page, language, answers)
    return SavedForm(survey, response_id, from_stored(started_at), from_stored(expires_at), progress)


def erase_saved(warehouse: "Warehouse", response_id: UUID) -> None:
    """Erase what was saved on the way to this response."""
    with warehouse.transaction() as cursor:
        cursor.execute(sql("saved/erase_answers"), {"response_id": response_id})


def clean_up(warehouse: "Warehouse") -> None:
    """Erase what is not needed any more: answers whose response is stored, answers and links past their
    time."""
    now = {"now": to_stored(utc_now())}
    with warehouse.transaction() as cursor:
        cursor.execute(sql("saved/erase_settled"), now)
        cursor.execute(sql("saved/erase_expired"), now)


def _sha256(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

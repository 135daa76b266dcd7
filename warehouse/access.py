"""Who may look: signed-in links for each role, and the browser sessions opened with them.

The rule of rotation: deleting the secret file and starting again makes a new secret. Every older link is
refused then, and so is every session opened before, because sessions are stored under a key derived from the
secret.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, get_args

from warehouse.audit.acting import acting_as
from warehouse.audit.chain import record
from warehouse.calendar import from_stored, to_stored, utc_now
from warehouse.database import serving
from warehouse.held import Held
from warehouse.memory import PerWarehouse
from warehouse.secret import derived_key
from warehouse.settings import warehouse_path
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

Role = Literal["operator", "party_a", "party_b", "mediator"]
ROLES: tuple[Role, ...] = get_args(Role)
SESSION_LIFE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Session:
    role: Role
    expires_at: datetime


def _read_sessions(warehouse: "Warehouse") -> Held[_Session]:
    rows = warehouse.read("core/live_sessions", now=utc_now())
    live = {sha256: _Session(role, from_stored(expires_at)) for sha256, role, expires_at in rows}
    return Held(derived_key(warehouse.path, "session v1"), live)


_sessions = PerWarehouse(_read_sessions)


def link_key(role: Role) -> str:
    """The secret part of a role's signed-in link, 64 hexadecimal digits; the same until the secret changes.

    Needs the secret file only, so a command can print a link while a server has the warehouse open.
    Raises ValueError for an unknown role, WarehouseError("secret-unreadable").
    """
    if role not in ROLES:
        raise ValueError(f"{role!r} is not one of {', '.join(ROLES)}")
    return derived_key(warehouse_path(), f"link v1 {role}").hex()


def link_role(key: str) -> Role | None:
    """The role whose link has this key, or None. Takes the same time whatever the key."""
    given = key.encode("utf-8", "surrogatepass")
    found: Role | None = None
    for role in ROLES:
        if hmac.compare_digest(given, link_key(role).encode()):
            found = role
    return found


def open_session(role: Role) -> str:
    """Sign in with a role; the value for the cookie: 256 random bits, of which only the SHA-256 is kept, for
    30 days."""
    if role not in ROLES:
        raise ValueError(f"{role!r} is not one of {', '.join(ROLES)}")
    warehouse = serving()
    sessions = _sessions(warehouse)
    cookie = secrets.token_urlsafe(32)
    now = utc_now()
    session = _Session(role, now + SESSION_LIFE)
    row = {"session_sha256": sessions.sha256(cookie), "role": role}
    times = {"opened_at": to_stored(now), "expires_at": to_stored(session.expires_at)}
    with warehouse.transaction() as cursor, acting_as(role):
        cursor.execute(sql("core/insert_session"), row | times)
        record(cursor, "signed-in")
    with sessions.lock:
        sessions.live[row["session_sha256"]] = session
    return cookie


def session_role(cookie: str) -> Role | None:
    """The role of the session with this cookie; None when there is none, it expired or was ended."""
    sessions = _sessions(serving())
    with sessions.lock:
        session = sessions.live.get(sessions.sha256(cookie))
    return session.role if session and utc_now() < session.expires_at else None


def end_session(cookie: str) -> None:
    """Sign out: from now on the cookie is refused, also by the next start. An unknown cookie changes
    nothing."""
    warehouse = serving()
    sessions = _sessions(warehouse)
    sha256 = sessions.sha256(cookie)
    ended = sessions.live.get(sha256)
    if ended is None:
        return
    with warehouse.transaction() as cursor, acting_as(ended.role):
        record(cursor, "signed-out")
        cursor.execute(
            sql("core/insert_session_end"), {"session_sha256": sha256, "ended_at": to_stored(utc_now())}
        )
    with sessions.lock:
        sessions.live.pop(sha256, None)

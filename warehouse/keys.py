"""Which programs may use the API: each by a key of its own, made by the operator, shown once, revocable."""

import re
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from warehouse.audit.chain import record
from warehouse.calendar import to_stored, utc_now
from warehouse.held import Held
from warehouse.memory import PerWarehouse
from warehouse.problems import Problem, WarehouseError
from warehouse.secret import derived_key
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_PREFIX = "pactboard_"  # so that people, and scanners of source code, know what they have found

# code -> (what, what to do); every text stands in locale/<language>/api.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "key-name": (
        "“{name}” cannot be the name of a key.",
        "Use at most 40 lower-case letters, digits and hyphens, such as crm.",
    ),
    "key-name-taken": (
        "There is a key named {name} already; it is not shown again.",
        "Choose another name, or revoke that key first with --revoke.",
    ),
    "key-unknown": (
        "There is no key named {name} that could be revoked.",
        "Names of live keys: {names}.",
    ),
}


def _read_keys(warehouse: "Warehouse") -> Held[str]:
    return Held(derived_key(warehouse.path, "api key v1"), dict(warehouse.read("api/live_keys")))


_keys = PerWarehouse(_read_keys)


def make_key(warehouse: "Warehouse", name: str) -> str:
    """A new key for the program of that name: 256 random bits, of which only the SHA-256 is kept.

    Raises WarehouseError: "key-name", "key-name-taken" when the name has a live key.
    """
    if not _NAME.fullmatch(name):
        raise _refusal("key-name", name=name)
    keys = _keys(warehouse)
    key = _PREFIX + secrets.token_urlsafe(32)
    with keys.lock:
        if name in keys.live.values():
            raise _refusal("key-name-taken", name=name)
        row = {"name": name, "key_sha256": keys.sha256(key), "made_at": to_stored(utc_now())}
        with warehouse.transaction() as cursor:
            cursor.execute(sql("api/insert_key"), row)
            record(cursor, "key-made", name)
        keys.live[keys.sha256(key)] = name
    return key


def end_key(warehouse: "Warehouse", name: str) -> None:
    """Revoke the key of that name, for good; the name is free for a new one. Raises
    WarehouseError("key-unknown")."""
    keys = _keys(warehouse)
    with keys.lock:
        found = next((sha256 for sha256, owner in keys.live.items() if owner == name), None)
        if found is None:
            names = ", ".join(sorted(keys.live.values())) or "–"
            raise _refusal("key-unknown", name=name, names=names)
        with warehouse.transaction() as cursor:
            cursor.execute(sql("api/insert_key_end"), {"key_sha256": found, "ended_at": to_stored(utc_now())})
            record(cursor, "key-ended", name)
        del keys.live[found]


def key_name(warehouse: "Warehouse", key: str) -> str | None:
    """The name of the live key that this is, or None."""
    keys = _keys(warehouse)
    return keys.live.get(keys.sha256(key))


def _refusal(code: str, **values: object) -> WarehouseError:
    what, todo = WORDINGS[code]
    return WarehouseError(Problem(code, "", what, todo, values))

"""Which websites may show a survey's form in a frame: a list of origins for each survey, empty at first."""

import ipaddress
import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from warehouse.audit.chain import record
from warehouse.calendar import to_stored, utc_now
from warehouse.memory import PerWarehouse
from warehouse.sharing import named_survey, refusal
from warehouse.sql import sql
from warehouse.surveys import survey as survey_of

if TYPE_CHECKING:
    from warehouse.database import Warehouse

MOST_HOSTS = 50
_SETTING = "frame_hosts"
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(
    rf"(?:(?P<scheme>https?)://)?(?P<host>(?:\*\.)?{_LABEL}(?:\.{_LABEL})*|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?/?"
)


@dataclass(slots=True)
class _Known:
    """What was read already: it changes only here."""

    hosts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_known = PerWarehouse(lambda warehouse: _Known())


def frame_hosts(warehouse: "Warehouse", survey: str) -> tuple[str, ...]:
    """The origins that may frame the survey's form, as a browser's frame-ancestors takes them."""
    if survey_of(warehouse, survey) is None:
        return ()  # nothing is remembered of names that anybody can make up
    known = _known(warehouse)
    with known.lock:
        if survey not in known.hosts:
            rows = warehouse.read("core/survey_setting", survey=survey, name=_SETTING)
            known.hosts[survey] = tuple(rows[0][0].split()) if rows else ()
        return known.hosts[survey]


def allow_framing(warehouse: "Warehouse", survey: str, hosts: Iterable[str]) -> tuple[str, ...]:
    """From now on exactly these websites may frame the survey's form, none when empty; as they are kept.

    Raises WarehouseError: "share-survey", "frame-host", "frame-hosts-many"; then nothing changes."""
    named_survey(warehouse, survey)
    allowed = tuple(dict.fromkeys(origin(host) for host in hosts if host.strip()))
    if len(allowed) > MOST_HOSTS:
        raise refusal("frame-hosts-many", most=MOST_HOSTS)
    row = {
        "survey": survey,
        "name": _SETTING,
        "value": " ".join(allowed),
        "recorded_at": to_stored(utc_now()),
    }
    known = _known(warehouse)
    with warehouse.transaction() as cursor:
        cursor.execute(sql("core/insert_survey_setting"), row)
        record(cursor, "websites", survey, websites=" ".join(allowed))
    with known.lock:
        known.hosts[survey] = allowed
    return allowed


def origin(given: str) -> str:
    """A website as frame-ancestors names it: scheme, name, port where it is not the usual one; https where no
    scheme is given, letters beyond ASCII as in the DNS. Raises WarehouseError("frame-host")."""
    text = given.strip().lower()
    try:
        ascii_text = "".join(
            part.encode("idna").decode("ascii") if not part.isascii() else part
            for part in re.split(r"([./:*\[\]]+)", text)
        )
    except UnicodeError:
        raise refusal("frame-host", given=given) from None
    found = _ORIGIN.fullmatch(ascii_text)
    if found is None or not _is_host(found["host"]) or int(found["port"] or 1) not in range(1, 65536):
        raise refusal("frame-host", given=given)
    scheme = found["scheme"] or "https"
    port = found["port"]
    usual = {"https": "443", "http": "80"}[scheme]
    return f"{scheme}://{found['host']}{f':{int(port)}' if port and port != usual else ''}"


def _is_host(host: str) -> bool:
    """A name with a dot, localhost or an address; a wildcard stands before at least two labels."""
    if host.startswith("["):
        try:
            ipaddress.IPv6Address(host[1:-1])
        except ValueError:
            return False
        return True
    if host.startswith("*."):
        return host.count(".") >= 2
    return "." in host or host == "localhost"

"""Invitations that came back: the mail service's report, of which the member and the reason are kept."""

import re
from dataclasses import dataclass

from warehouse.audit.chain import record
from warehouse.calendar import to_stored, utc_now
from warehouse.database import Warehouse
from warehouse.importing.reading import read_columns
from warehouse.invitation_problems import refusal
from warehouse.member_lists import member_list
from warehouse.sql import sql

COLUMNS = ("member_id", "reason")
LONGEST_REASON = 200
_ADDRESS = re.compile(r"\S+@\S+")


@dataclass(frozen=True, slots=True)
class Bounced:
    """What became of a report: members marked now, marked before, and named but not invited to the wave."""

    marked: tuple[str, ...]
    known: tuple[str, ...]
    strangers: tuple[str, ...]


def read_bounces(content: bytes, name: str) -> dict[str, str]:
    """Member -> reason ("" for none) of a CSV report; a member who stands there twice has the last reason.

    Of a reason nothing is kept that looks like an e-mail address. Other columns are passed over, rows without
    a member too. Raises ImportRefusedError: not readable as CSV, no column member_id.
    """
    whole, header, delimiter = member_list(content, name, COLUMNS, "bounced-column")
    table = read_columns(whole, header, delimiter, [column for column in COLUMNS if column in header])
    reasons = table.columns.get("reason", ("",) * len(table.rows))
    pairs = zip(table.columns["member_id"], reasons, strict=True)
    return {member: _plain(reason) for member, reason in pairs if member}


def mark_bounced(warehouse: Warehouse, survey: str, wave: str, reasons: dict[str, str]) -> Bounced:
    """Mark the last link of each of these members as bounced, once. Raises WarehouseError: "bounced-wave" for
    a wave to which nobody was invited."""
    name = wave.strip()
    with warehouse.transaction() as cursor:
        rows = cursor.execute(sql("fieldwork/invited"), {"survey": survey, "wave": name}).fetchall()
        if not rows:
            raise refusal("bounced-wave", wave)
        invited = {row[0]: (row[1], bool(row[2])) for row in rows}
        marked = [member for member in reasons if member in invited and not invited[member][1]]
        if marked:
            event = {
                "token_sha256": [invited[member][0] for member in marked],
                "reason": [reasons[member] or None for member in marked],
                "happened_at": to_stored(utc_now()),
            }
            cursor.execute(sql("fieldwork/insert_bounces"), event)
            record(cursor, "bounced", survey, wave=name, links=len(marked))
    known = tuple(member for member in reasons if member in invited and invited[member][1])
    return Bounced(tuple(marked), known, tuple(member for member in reasons if member not in invited))


def _plain(reason: str) -> str:
    seen = "".join(char for char in _ADDRESS.sub("…", reason) if char.isprintable())
    return seen if len(seen) <= LONGEST_REASON else f"{seen[: LONGEST_REASON - 1]}…"

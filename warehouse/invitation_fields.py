"""What the form needs to know of an invited member, such as the name: sealed with the token of the link.

Whoever has the warehouse alone, or a backup, reads nothing of it; nothing exports it. It can be read by the
link only, and the link is kept nowhere, so it needs no eraser.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from duckdb import DuckDBPyConnection

from survey import Questionnaire, names_used
from warehouse.invitation_problems import refusal
from warehouse.invitees import MOST_CHARACTERS, Invitee
from warehouse.sealing import Unsealable, seal, unseal
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse


def asked_fields(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The columns whose cells the form uses: `name` where a text or a condition has `member.name`, and the
    questionnaire's `member_fields`."""
    has_name = "member.name" in names_used(questionnaire)
    return (*(["name"] if has_name else []), *questionnaire.member_fields)


def check_fields(members: Iterable[Invitee], kept: Sequence[str]) -> None:
    """Raises WarehouseError("invitation-field") for a cell that is too long or cannot be shown."""
    for member in members:
        for name in kept:
            cell = member.fields.get(name, "")
            if len(cell) > MOST_CHARACTERS or not cell.isprintable():
                raise refusal("invitation-field", member.member_id, column=name, most=MOST_CHARACTERS)


def keep_fields(
    cursor: DuckDBPyConnection, given: Mapping[str, Mapping[str, str]], kept: Sequence[str]
) -> None:
    """Keep these fields of the members, token -> field -> cell; a blank cell is not kept."""
    rows = {
        token: {name: cells[name] for name in kept if cells.get(name)}
        for token, cells in given.items()
        if any(cells.get(name) for name in kept)
    }
    if rows:
        row = {
            "token_sha256": [hashlib.sha256(token.encode()).hexdigest() for token in rows],
            "sealed": [
                seal(token, json.dumps(cells, ensure_ascii=False).encode()) for token, cells in rows.items()
            ],
        }
        cursor.execute(sql("invitations/insert_fields"), row)


def find_fields(warehouse: "Warehouse", token: str, token_sha256: str) -> Mapping[str, str]:
    """The fields kept with this token; none when somebody has written into the table."""
    rows = warehouse.read("invitations/fields", token_sha256=token_sha256)
    try:
        return dict(json.loads(unseal(token, rows[0][0]))) if rows else {}
    except Unsealable:
        return {}

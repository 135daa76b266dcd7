"""Invitations to the built-in survey, for the tests."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from warehouse import Warehouse
from warehouse.invitations import Link, invite
from warehouse.invitees import Invitee
from warehouse.rollups.tables import DERIVED

SURVEY = "customer-satisfaction"
WAVE = "2026Q4"


def links(warehouse: Warehouse, *invitees: Invitee, wave: str = WAVE) -> tuple[Link, ...]:
    """New links of these members, open for a month."""
    last_day = (datetime.now(UTC) + timedelta(days=30)).date()
    return invite(warehouse, SURVEY, invitees, wave, last_day).links


def expire(warehouse: Warehouse) -> None:
    """Let the time of every invitation be over."""
    with warehouse.transaction() as cursor:
        cursor.execute("UPDATE invitation SET expires_at = created_at")


def response_id_of(warehouse: Warehouse, member_id: str) -> UUID:
    """The id of the one response that the member can give."""
    with warehouse.transaction() as cursor:
        rows = cursor.execute(
            "SELECT DISTINCT response_id FROM invitation WHERE member_id = ?", [member_id]
        ).fetchall()
    assert len(rows) == 1
    found = rows[0][0]
    assert isinstance(found, UUID)
    return found


def rows_stored(warehouse: Warehouse) -> dict[str, int]:
    """How many rows each table has, but those that quiet moments work out from the others."""
    with warehouse.transaction() as cursor:
        found = cursor.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        names = [name for (name,) in found if name not in DERIVED]
        counts = [cursor.execute(f"SELECT count(*) FROM {name}").fetchone() for name in names]
    return {name: count[0] for name, count in zip(names, counts, strict=True) if count}

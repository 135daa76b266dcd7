"""How far the rows reach from which figures are counted, so that they can be counted again later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from warehouse.sql import sql


@dataclass(frozen=True, slots=True)
class Basis:
    """The last row of each kind that counts: responses by `ingest_seq`, proceedings by their number, member
    events and invitations by the naive UTC instant at which they were recorded."""

    last_seq: int
    members_until: datetime
    invitations_until: datetime
    last_proceeding: int

    def parameters(self) -> Mapping[str, object]:
        """What the SQL of a metric may ask for, by the name of the parameter."""
        return {
            "last_seq": self.last_seq,
            "members_until": self.members_until,
            "invitations_until": self.invitations_until,
        }


EVERYTHING = Basis(2**62, datetime(9999, 12, 31), datetime(9999, 12, 31), 2**62)  # noqa: DTZ001 - as stored


def all_so_far(cursor: DuckDBPyConnection) -> Basis:
    """What is stored now. Call it within `Warehouse.transaction()`: then no row is on its way that bears a
    lower number or an earlier instant."""
    row = cursor.execute(sql("evidence/basis")).fetchone()
    return Basis(*row) if row else EVERYTHING

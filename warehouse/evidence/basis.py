"""How far the rows reach from which figures are counted, so that they can be counted again later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from warehouse.calendar import to_stored, utc_now
from warehouse.sql import sql

_END = datetime.fromisoformat("9999-12-31")


@dataclass(frozen=True, slots=True)
class Basis:
    """The last row of each kind that counts: responses by `ingest_seq`, proceedings by their number, member
    events, invitations and records by the naive UTC instant at which they were recorded."""

    last_seq: int
    members_until: datetime
    invitations_until: datetime
    last_proceeding: int
    records_until: datetime = _END  # a default, as for all that is added later: seals of before lack it

    def parameters(self) -> Mapping[str, object]:
        """What the SQL of a metric may ask for, by the name of the parameter."""
        return {
            "last_seq": self.last_seq,
            "members_until": self.members_until,
            "invitations_until": self.invitations_until,
            "records_until": self.records_until,
        }


EVERYTHING = Basis(2**62, _END, _END, 2**62, _END)


def all_so_far(cursor: DuckDBPyConnection) -> Basis:
    """What is stored now. Call it within `Warehouse.transaction()`: then no row is on its way that bears a
    lower number or an earlier instant."""
    row = cursor.execute(sql("evidence/basis")).fetchone()
    if row is None:
        return EVERYTHING
    last_seq, members_until, invitations_until, last_proceeding = row
    return Basis(last_seq, members_until, invitations_until, last_proceeding, to_stored(utc_now()))

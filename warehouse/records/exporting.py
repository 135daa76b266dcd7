"""Records on their way out: a table that can be taken in again, only with what the reader may see."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from warehouse.access import Role
from warehouse.exporting.table import Table
from warehouse.records.caring import COLUMNS
from warehouse.records.declaring import RecordType
from warehouse.records.problems import refused
from warehouse.records.reading import ALL, Asked, page_values
from warehouse.records.values import written_value

if TYPE_CHECKING:
    from warehouse.database import Warehouse


def records_table(warehouse: "Warehouse", kind: RecordType, role: Role, asked: Asked) -> Table:
    """Every record that fits, its number first, choices by their code, instants in the reporting zone's time;
    the rows can be read once. `most` and `skip` mean nothing here.

    Raises WarehouseError("record-not-yours")."""
    fields = kind.seen_by(role)
    if not fields:
        raise refused("record-not-yours", kind.name)
    return Table(("record_id", *(field.code for field in fields)), _rows(warehouse, kind, role, asked))


def _rows(warehouse: "Warehouse", kind: RecordType, role: Role, asked: Asked) -> Iterator[Sequence[object]]:
    fields = kind.seen_by(role)
    parts = warehouse.stream("records/page", **page_values(kind, role, replace(asked, most=ALL, skip=0)))
    names = list(next(parts))
    number, places = names.index("record_id"), [names.index(field.code) for field in fields]
    for part in parts:
        for row in part:
            yield (
                row[number],
                *(
                    row[place]
                    if field.kind in ("whole", "money", "day")
                    else written_value(field, row[place], warehouse.reporting_zone)
                    for field, place in zip(fields, places, strict=True)
                ),
            )


def care_table(warehouse: "Warehouse", day: date) -> Table:
    """The day's greetings as a file for whoever sends them; the rows can be read once."""
    parts = warehouse.stream("records/care_list", day=day, most=ALL)
    next(parts)  # the names, which are COLUMNS
    return Table(COLUMNS, (row for part in parts for row in part))

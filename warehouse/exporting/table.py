"""A table on its way out: plain columns and rows, with what a summary says about itself in each row."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias
from urllib.parse import urlencode

import pyarrow as pa

from warehouse.calendar import utc_now
from warehouse.contracts import current_contract
from warehouse.database import Warehouse
from warehouse.evidence.sealed import Seal
from warehouse.example import example_loaded
from warehouse.filters import Filters
from warehouse.judging import Late
from warehouse.surveys import BUILT_IN

ABOUT = ("filters", "contract", "contract_version", "zone", "generated_at", "rows", "example")

SEALED = ("sealed_at", "seal_sha256", "late_n", "late_value")


Kind: TypeAlias = Literal["int", "float", "text", "day", "instant", "bool"]


class Engine(Protocol):
    """Writes the rows of a long table out without making them one by one."""

    def csv(self) -> Generator[bytes, None, None]: ...
    def columns(self) -> Generator[pa.Table, None, None]: ...


@dataclass(frozen=True, slots=True)
class Table:
    """Column names, the same in every language, and rows as long; these may be a stream, to be read once. A
    long table says by `kinds` what its columns hold, and `engine` gives the same rows sooner."""

    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    engine: Engine | None = None


def summary_table(
    warehouse: Warehouse,
    columns: Sequence[str],
    rows: Sequence[Sequence[object]],
    filters: Filters | None = None,
    contract: str | None = None,
) -> Table:
    """A summary that says in each row where it comes from, in its last columns: the filters as in the
    page's address, contract and version, reporting zone, instant of making, number of rows, and
    whether the data are the example's.

    They are columns and not lines above the header, so that the file stays one plain table.
    """
    cells = about(warehouse, len(rows), filters, contract)
    return Table((*columns, *ABOUT), [(*row, *cells) for row in rows])


def about(
    warehouse: Warehouse, rows: int, filters: Filters | None = None, contract: str | None = None
) -> tuple[object, ...]:
    """The cells of ABOUT for a summary of so many rows."""
    loaded = current_contract(warehouse, contract=contract)
    return (
        urlencode(filters.to_query()) if filters else None,
        loaded.contract.id if loaded else None,
        loaded.contract.version if loaded else None,
        str(warehouse.reporting_zone),
        utc_now().replace(microsecond=0),
        rows,
        is_example(warehouse, filters),
    )


def sealed_cells(seal: Seal | None = None, late: Late | None = None) -> tuple[object, ...]:
    """The cells of SEALED: when the period was sealed, the hash of its seal, how many answers came since, and
    the figure with them, in the metric's unit; empty where nothing is to be said."""
    when = (seal.sealed.sealed_at, seal.sha256) if seal else (None, None)
    return (*when, late.more, late.estimate.value) if late else (*when, None, None)


def is_example(warehouse: Warehouse, filters: Filters | None) -> bool:
    """Whether made-up data are in it: all but the surveys imported into an example warehouse."""
    return example_loaded(warehouse) and (filters is None or filters.survey == BUILT_IN)

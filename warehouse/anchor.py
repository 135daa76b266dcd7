"""What the warehouse held, written outside it: rows cut off with the end of its log would vanish silently.

DuckDB takes a log that ends early for one that was not written further. So a small file beside the warehouse
says, about a second after each commit, how many rows each table had and what the newest responses were. A
warehouse ahead of its anchor is fine; one behind it has lost rows and is not served.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from warehouse.backup.contents import database_name
from warehouse.calendar import utc_now
from warehouse.files import write_whole
from warehouse.problems import Problem, WarehouseError
from warehouse.rollups.tables import DERIVED
from warehouse.sql import sql

FORMAT = "pactboard-anchor/1"
TAIL = 20_000  # responses of which the content is compared, not only the number; twice as many at most
# Rows leave these on purpose; all other tables only grow.
ERASED = frozenset({"saved_answers", "saved_form", "upload", "anonymous_box"}) | DERIVED
# Rows of these are brought by people; all others a start makes by itself, or they follow from these.
BROUGHT = ("response", "member", "contract_version", "invitation")

# code -> (what, what to do); every text stands in locale/<language>/anchor.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "rows-missing": (
        "Rows that were stored are missing ({missing}): on {anchored_at} (UTC) they were there. The newest "
        "response here is of {newest}.",
        "Restore the last backup by “python -m warehouse restore BACKUP”. To go on without these rows: "
        "“python -m warehouse doctor --accept”.",
    ),
    "rows-changed": (
        "Responses that were stored have been changed: on {anchored_at} (UTC) they were others.",
        "Restore the last backup by “python -m warehouse restore BACKUP”. To go on with what is here: "
        "“python -m warehouse doctor --accept”.",
    ),
    "anchor-unreadable": (
        "The file that says what the warehouse held cannot be read ({reason}).",
        "Have the disk checked. To go on with what is in the warehouse: “python -m warehouse doctor "
        "--accept”.",
    ),
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """What was on the disk at an instant: rows of each table, and a hash of the responses whose ingest_seq is
    above `after` and up to `last_seq`."""

    written_at: datetime
    duckdb: str
    tables: Mapping[str, int]
    after: int
    last_seq: int
    digest: str


def anchor_path(warehouse_file: Path) -> Path:
    """Where the anchor of this warehouse lies: `pactboard.duckdb` has `pactboard.anchor`."""
    return warehouse_file.with_suffix(".anchor")


def take(cursor: DuckDBPyConnection) -> Anchor:
    """What the warehouse holds. Call it in a transaction, so that it is one state."""
    row = cursor.execute(sql("anchor/last_seq")).fetchone()
    last = int(row[0]) if row else 0
    after = max(0, (last // TAIL - 1) * TAIL)
    digest, _ = _responses(cursor, after, last)
    return Anchor(utc_now(), duckdb.__version__, _rows(cursor), after, last, digest)


def write_anchor(warehouse_file: Path, anchor: Anchor) -> None:
    """Put it beside the warehouse, on the disk when this returns. Raises OSError."""
    document = {
        "format": FORMAT,
        "written_at": anchor.written_at.isoformat(),
        "duckdb": anchor.duckdb,
        "after": anchor.after,
        "last_seq": anchor.last_seq,
        "digest": anchor.digest,
        "tables": dict(anchor.tables),
    }
    write_whole(anchor_path(warehouse_file), f"{json.dumps(document, indent=1)}\n".encode())


def read_anchor(warehouse_file: Path) -> Anchor | None:
    """The anchor of the warehouse; None when it has none yet. Raises WarehouseError("anchor-unreadable")."""
    path = anchor_path(warehouse_file)
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise ValueError(FORMAT)
        return Anchor(
            datetime.fromisoformat(document["written_at"]),
            str(document["duckdb"]),
            {str(name): int(rows) for name, rows in document["tables"].items()},
            int(document["after"]),
            int(document["last_seq"]),
            str(document["digest"]),
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _problem("anchor-unreadable", path, reason=error.strerror or "") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _problem("anchor-unreadable", path, reason=type(error).__name__) from error


def check_there(warehouse_file: Path) -> None:
    """Refuse to begin anew where a warehouse with rows has been. Raises WarehouseError: "rows-missing",
    "anchor-unreadable"."""
    if warehouse_file.exists():
        return
    anchor = read_anchor(warehouse_file) if anchor_path(warehouse_file).exists() else None
    if anchor and any(anchor.tables.get(name) for name in BROUGHT):
        raise _missing(warehouse_file, anchor, {}, None)


def accept(warehouse_file: Path) -> Path | None:
    """Go on with what is in the warehouse: the anchor is put aside, the next start writes another one."""
    path = anchor_path(warehouse_file)
    if not path.exists():
        return None
    return path.rename(path.with_name(f"{path.stem}-accepted-{utc_now():%Y%m%dT%H%M%S%f}Z.anchor"))


def compare(connection: DuckDBPyConnection, warehouse_file: Path) -> None:
    """Compare the warehouse with its anchor; nothing is changed. At a start, before anything is written.

    Raises WarehouseError: "rows-missing", "rows-changed", "anchor-unreadable". Raises duckdb.Error for a
    damaged file.
    """
    anchor = read_anchor(warehouse_file)
    if anchor is None:
        return
    rows = _rows(connection)
    behind = any(rows.get(name, 0) < then for name, then in anchor.tables.items() if name not in ERASED)
    if "response" not in rows:
        if behind:
            raise _missing(warehouse_file, anchor, rows, None)
        return
    digest, newest = _responses(connection, anchor.after, anchor.last_seq)
    if behind:
        raise _missing(warehouse_file, anchor, rows, newest)
    # Another version of the engine may hash otherwise.
    if anchor.duckdb == duckdb.__version__ and digest != anchor.digest:
        raise _problem("rows-changed", warehouse_file, anchored_at=_minute(anchor.written_at))


def _rows(connection: DuckDBPyConnection) -> dict[str, int]:
    """How many rows each table has, asked of all at once: one statement each took three times as long."""
    found = connection.execute(sql("anchor/counting"), {"database": database_name(connection)}).fetchone()
    return dict(connection.execute(found[0]).fetchall()) if found and found[0] else {}


def _responses(connection: DuckDBPyConnection, after: int, up_to: int) -> tuple[str, datetime | None]:
    values = {"after": after, "up_to": up_to}
    row = connection.execute(sql("anchor/responses"), values).fetchone()
    return (f"{int(row[1]):x}", row[0]) if row else ("0", None)


def _missing(
    warehouse_file: Path, anchor: Anchor, rows: Mapping[str, int], newest: datetime | None
) -> WarehouseError:
    lost = {name: then - rows.get(name, 0) for name, then in anchor.tables.items() if name not in ERASED}
    return _problem(
        "rows-missing",
        warehouse_file,
        missing=", ".join(f"{name} {number:,}" for name, number in lost.items() if number > 0),
        anchored_at=_minute(anchor.written_at),
        newest=_minute(newest) if newest else "–",
    )


def _minute(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S}"


def _problem(code: str, where: Path, **values: object) -> WarehouseError:
    what, todo = WORDINGS[code]
    return WarehouseError(Problem(code, str(where), what, todo, values))

"""What must hold of a warehouse whose process was killed."""

from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from tests.killing.work import load_again
from warehouse import Warehouse, WarehouseError
from warehouse.backup.manifest import backups
from warehouse.backup.restoring import verify

STORED = """
SELECT count(*), count(DISTINCT response_id), count(DISTINCT ingest_seq), count(*) FILTER (import_id IS NULL)
FROM response
"""
# Each response that a submitter brought has one comment and one choice.
PARTS = """
SELECT (SELECT count(*) FROM response_text), (SELECT count(DISTINCT response_id) FROM response_text),
       (SELECT count(*) FROM response_choice), (SELECT count(DISTINCT response_id) FROM response_choice)
"""
THERE = """
SELECT count(DISTINCT response_id) FROM response
WHERE response_id IN (SELECT unnest(CAST($keys AS UUID[])))
"""
IMPORTED = "SELECT count(*) FROM response WHERE survey = 'club'"


def broken(warehouse: Warehouse, thanked: Collection[UUID]) -> list[str]:
    """What does not hold: a response that was thanked for is not there, one is there twice or in part."""
    with warehouse.transaction() as cursor:
        rows, ids, numbers, brought = cursor.execute(STORED).fetchall()[0]
        parts = cursor.execute(PARTS).fetchall()[0]
        there = cursor.execute(THERE, {"keys": list(thanked)}).fetchall()[0][0]
    said = []
    if there != len(thanked):
        said.append(f"{len(thanked) - there} of {len(thanked)} thanked for are lost")
    if not rows == ids == numbers:
        said.append(f"doubled: {rows} rows, {ids} ids, {numbers} numbers of arrival")
    if set(parts) != {brought}:
        said.append(f"in part: {brought} responses with {parts} texts and choices")
    return said


def broken_at_last(warehouse: Warehouse, folder: Path, thanked: Collection[UUID]) -> list[str]:
    """The same for all that was ever thanked for, with the imports carried to their end and each whole backup
    read through."""
    rows = load_again(warehouse, folder)
    said = broken(warehouse, thanked)
    with warehouse.transaction() as cursor:
        imported = cursor.execute(IMPORTED).fetchall()[0][0]
    if imported != rows:
        said.append(f"{imported} rows imported instead of {rows}")
    if wrong := warehouse.read("rollups/differing"):
        said.append(f"rollups say something else than the rows: {wrong}")
    for copy in backups(folder / "backups", warehouse.path.stem):
        try:
            verify(copy)
        except WarehouseError as error:
            said.append(f"a backup: {error.problem.code}")
    return said

"""A large checked file into the warehouse, a part at a time in turn with the writer; a second run goes on
where the first was stopped."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from duckdb import DuckDBPyConnection

from survey import new_response_id
from warehouse.calendar import to_stored, utc_now
from warehouse.database import Warehouse
from warehouse.importing.batch import MOST_CHANGED, hashes, keep_batch, open_survey
from warehouse.importing.columns import Days, with_days
from warehouse.importing.large.ahead import ReadAhead
from warehouse.importing.large.preparing import PreparedLarge
from warehouse.importing.large.rows import Part
from warehouse.importing.report import ImportReport
from warehouse.importing.storing import Progress, lent, store_columns
from warehouse.sql import sql
from warehouse.surveys import publishing

PART = 130_000
"""Rows stored at once. What fills a row group (122,880) the engine writes into the file itself; fewer go into
its log first, which takes three times as long. Some of a part may be refused or known."""

SHORT_PART = 25_000
"""Rows stored at once while people answer: each of them waits for one part at most."""

CALM_SECONDS = 1.0
"""How long nobody has answered before long parts are stored again: who comes next would wait for one."""


@dataclass(frozen=True, slots=True)
class _Come:
    """How far an import has come: `last_row` is the number of the last row that is done, 0 at the start."""

    import_id: str
    last_row: int = 0
    stored: int = 0
    known: int = 0
    changed: int = 0
    changed_rows: tuple[int, ...] = ()


def load_large(warehouse: Warehouse, prepared: PreparedLarge, progress: Progress) -> ImportReport:
    """As `loading.load`, for a file that is not known yet. `progress` is told of rows that are on the disk;
    when it raises, they stay there."""
    come = _come(warehouse, prepared)
    staged = prepared.checked.staged
    first, end = staged.first, staged.first + staged.rows
    at = first
    if come.last_row:
        found = staged.scratch.ask("place_after", {"row": come.last_row})[0][0]
        at = end if found is None else int(found)
    staged.scratch.ask("need_less")
    has_known = _find_known(warehouse, prepared, come.import_id)
    days: Days = {}
    zone = warehouse.reporting_zone
    progress(at - first, staged.rows)
    begun, last_seq = False, 0
    answered, busy_until = warehouse.measures.stored, 0.0
    ahead = ReadAhead(prepared.checked, prepared.loaded, has_known=has_known)
    with ahead.reading(), warehouse.quiet.held():
        while at < end or not begun:
            if warehouse.measures.stored != answered:
                answered, busy_until = warehouse.measures.stored, time.monotonic() + CALM_SECONDS
                is_quiet = False
            else:
                is_quiet = time.monotonic() >= busy_until
            found = ahead.take(at, PART if is_quiet else SHORT_PART) if at < end else None
            part = found.part if found else None
            if found and found.known is not None:
                part, come = _without_known(warehouse, prepared, found.part, found.known, come)
            with _writing(warehouse, whole=not begun) as cursor:
                if zone != warehouse.reporting_zone:  # a contract of another zone was loaded meanwhile
                    zone, days = warehouse.reporting_zone, {}
                if not begun:
                    open_survey(cursor, prepared.loaded)
                if found and part:
                    responses = with_days(part.columns.responses, zone, days)
                    columns = replace(part.columns, responses=responses)
                    stored = store_columns(cursor, columns, prepared.loaded, come.import_id, last_seq)
                    last_seq = stored.last_seq
                    come = replace(come, stored=come.stored + stored.count, last_row=part.last_row)
                    _keep_part(cursor, prepared, come, found.refusals)
                    at = found.end
                if at == end:
                    keep_batch(cursor, come.import_id, _done(prepared, come), prepared)
            begun = True
            progress(at - first, staged.rows)
    return _done(prepared, come)


def _come(warehouse: Warehouse, prepared: PreparedLarge) -> _Come:
    rows = warehouse.read("importing/last_part", survey=prepared.report.survey, **hashes(prepared))
    if not rows:
        return _Come(str(new_response_id()))
    import_id, last_row, stored, known, changed, changed_rows = rows[0]
    return _Come(import_id, last_row, stored, known, changed, tuple(changed_rows))


@contextmanager
def _writing(warehouse: Warehouse, *, whole: bool) -> Iterator[DuckDBPyConnection]:
    """A transaction; the first one publishes what is asked."""
    with publishing(warehouse) if whole else warehouse.transaction() as cursor:
        yield cursor


def _done(prepared: PreparedLarge, come: _Come) -> ImportReport:
    return replace(
        prepared.report,
        stored=come.stored,
        known=come.known,
        changed=come.changed,
        changed_rows=come.changed_rows,
    )


def _keep_part(cursor: DuckDBPyConnection, prepared: PreparedLarge, come: _Come, refusals: pa.Table) -> None:
    """Keep how far it has come, and the refused cells of the part."""
    cursor.execute(
        sql("importing/insert_part"),
        {
            "import_id": come.import_id,
            "survey": prepared.report.survey,
            **hashes(prepared),
            "last_row": come.last_row,
            "stored": come.stored,
            "known": come.known,
            "changed": come.changed,
            "changed_rows": list(come.changed_rows),
            "recorded_at": to_stored(utc_now()),
        },
    )
    if len(refusals):
        with lent(cursor, "arrived_refusals", refusals):
            cursor.execute(sql("importing/add_refusals"), {"import_id": come.import_id})


def _find_known(warehouse: Warehouse, prepared: PreparedLarge, import_id: str) -> bool:
    """Whether earlier imports brought rows into the survey; then it is found out which of these they are."""
    scratch, loaded = prepared.checked.staged.scratch, prepared.loaded
    count = 0
    for batch in warehouse.columns(
        "importing/known_ids",
        survey=loaded.mapping.survey.slug,
        questionnaire=loaded.questionnaire.slug,
        import_id=import_id,
    ):
        scratch.take("add_stored" if count else "make_stored", batch)
        count += len(batch)
    if count:
        scratch.ask("make_known", {"survey": loaded.mapping.survey.slug})
    scratch.ask("drop_stored")
    return count > 0


def _without_known(
    warehouse: Warehouse, prepared: PreparedLarge, part: Part, known: pa.Table, come: _Come
) -> tuple[Part, _Come]:
    """The rows of the part that are not stored yet; those that are, are compared with what is stored."""
    responses = part.columns.responses.append_column("row_number", pa.array(part.rows))
    where = pc.index_in(responses["row_number"], value_set=known["row_number"].combine_chunks())
    there = responses.filter(where.is_valid())
    if not len(there):
        return part, come
    there = there.append_column("kept_id", known["response_id"].take(where.drop_null()))
    words = [
        table.append_column("kind", pa.array([kind] * len(table), pa.string()))
        for kind, table in part.columns.words.items()
    ]
    changed = [
        row
        for (row,) in warehouse.read_beside(
            "importing/changed_among",
            {"arrived_responses": there, "arrived_words": _kept(pa.concat_tables(words), there)},
            codes=[question.code for question in prepared.loaded.questionnaire.scored],
        )
    ]
    fresh = responses.filter(pc.is_null(where)).drop_columns(["row_number"])
    fresh = fresh.set_column(0, "place", pa.array(np.arange(len(fresh), dtype=np.int64)))
    named = (*come.changed_rows, *changed)[:MOST_CHANGED]
    come = replace(
        come, known=come.known + len(there), changed=come.changed + len(changed), changed_rows=named
    )
    return replace(part, columns=replace(part.columns, responses=fresh)), come


def _kept(words: pa.Table, there: pa.Table) -> pa.Table:
    """The words of these responses, under the ids that are stored."""
    where = pc.index_in(words["response_id"], value_set=there["response_id"].combine_chunks())
    taken = words.filter(where.is_valid())
    return taken.append_column("kept_id", there["kept_id"].take(where.drop_null()))

"""Import and export of many rows, beside DuckDB's bare COPY of the same file: time, peak memory, and how long
people who answer meanwhile wait.

python -m tests.benchmarks.in_out [--rows 10000000]"""

import argparse
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import duckdb

from survey import new_response_id
from tests.warehouse.answering import a_response
from warehouse import open_warehouse
from warehouse.exporting.written import FORMATS, write_export
from warehouse.filters import Filters
from warehouse.importing import load, prepare

T = TypeVar("T")
MAPPING = """
apiVersion: pactboard/v1
kind: ImportMapping
survey: {slug: big, title: {en: Big, zh: 大}}
questionnaire: customer-satisfaction
row_id: "{id}"
submitted_at: {text: "{day}", formats: ["%Y-%m-%d %H:%M:%S"], zone: Asia/Shanghai}
language: {constant: zh}
member: member
tier: tier
answers: {overall: csat, recommend: nps, ease: ces, touchpoint: touchpoint, comment: comment}
"""
MADE = """
COPY (SELECT 'R' || i AS id,
      strftime(TIMESTAMP '2024-01-01' + INTERVAL (i * 6) SECOND, '%Y-%m-%d %H:%M:%S') AS day,
      'M' || (hash(i) % 500000) AS member,
      ['new', 'returning', 'vip'][CAST(1 + hash(i + 7) % 3 AS INTEGER)] AS tier,
      ['before', 'during', 'after'][CAST(1 + hash(i + 9) % 3 AS INTEGER)] AS touchpoint,
      CASE WHEN hash(i + 1) % 20 = 0 THEN '' ELSE CAST(1 + hash(i + 1) % 5 AS VARCHAR) END AS csat,
      hash(i + 2) % 11 AS nps, 1 + hash(i + 3) % 7 AS ces,
      CASE WHEN hash(i + 4) % 10 = 0 THEN '服务很好，等得有点久 ' || i ELSE '' END AS comment
      FROM range({rows}) t(i)) TO '{file}' (HEADER)
"""
TABLE = """
CREATE TABLE response (id VARCHAR, day TIMESTAMP, member VARCHAR, tier VARCHAR, touchpoint VARCHAR,
                       csat SMALLINT, nps SMALLINT, ces SMALLINT, comment VARCHAR)
"""


def bare_copy(folder: Path) -> None:
    """The peer: into typed columns, nothing checked, no ids, nobody answering meanwhile."""
    connection = duckdb.connect(str(folder / "bare.duckdb"))
    connection.execute(TABLE)
    timed("COPY FROM, bare", lambda: connection.execute(f"COPY response FROM '{folder}/rows.csv' (HEADER)"))
    connection.execute("CHECKPOINT")
    for kind in ("csv", "parquet"):
        out = folder / f"bare.{kind}"
        timed(f"COPY TO {kind}, bare", lambda out=out: connection.execute(f"COPY response TO '{out}'"))
        out.unlink()
    connection.close()


def ours(folder: Path) -> None:
    """Checked, with reports, stored by parts while somebody answers without a pause."""
    with closing(open_warehouse(folder / "ours.duckdb")) as house:
        prepared = timed("import: read and check", lambda: prepare(folder / "rows.csv", folder / "map.yaml"))
        done, waits = threading.Event(), list[float]()

        def answer() -> None:
            while not done.is_set():
                start = time.perf_counter()
                house.writer.submit(a_response(new_response_id(), submitted_at=datetime.now(UTC)))
                waits.append(time.perf_counter() - start)

        thread = threading.Thread(target=answer)
        thread.start()
        report = timed("import: store", lambda: load(house, prepared))
        done.set()
        thread.join()
        waits.sort()
        said = [f"{waits[int(len(waits) * share)] * 1e3:.0f}" for share in (0.5, 0.99)]
        print(
            f"stored {report.stored:,}; {len(waits):,} answers meanwhile, p50 {said[0]} ms, p99 {said[1]} ms"
        )
        print(f"the longest of them took {waits[-1] * 1e3:.0f} ms")
        for kind in FORMATS:
            if kind not in ("xlsx", "sav"):  # which end at as many rows as a sheet or the memory has
                out = folder / f"ours.{kind}"
                export = ("responses", kind, Filters("big"), "en", out)
                timed(f"export responses.{kind}", lambda export=export: write_export(house, *export))
                out.unlink()


def timed(what: str, work: Callable[[], T]) -> T:
    """Do it and say how long it took."""
    start, cpu = time.perf_counter(), time.process_time()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{what:28} {seconds:8.1f} s  CPU {time.process_time() - cpu:8.1f} s", flush=True)
    return result


def main() -> None:
    """Measure each in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--one", choices=("bare", "ours"))
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.one:
        (bare_copy if asked.one == "bare" else ours)(asked.folder)
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
        duckdb.connect().execute(MADE.format(rows=asked.rows, file=folder / "rows.csv"))
        print(f"{asked.rows:,} rows, {(folder / 'rows.csv').stat().st_size / 1e6:,.0f} MB of CSV")
        for one in ("bare", "ours"):
            command = (sys.executable, "-m", "tests.benchmarks.in_out", "--one", one, "--folder", name)
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()

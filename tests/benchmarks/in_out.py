"""Import and export of many rows, beside DuckDB's bare COPY of the same: time, CPU, peak memory, and how long
somebody who answers meanwhile waits.

python -m tests.benchmarks.in_out [--rows 10000000] [--steps bare import] [--answers 5]"""

import argparse
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import duckdb

from survey import new_response_id
from tests.warehouse.answering import a_response
from warehouse import open_warehouse
from warehouse.exporting.written import write_export
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


def bare_copy(folder: Path, answers: float) -> None:
    """The peer: into typed columns, nothing checked, no ids, nobody answering meanwhile."""
    with closing(duckdb.connect(str(folder / "bare.duckdb"))) as connection:
        connection.execute(TABLE)

        def read() -> None:
            connection.execute(f"COPY response FROM '{folder}/rows.csv' (HEADER)")
            connection.execute("CHECKPOINT")

        timed("bare COPY FROM csv", read)
    (folder / "bare.duckdb").unlink()


def importing(folder: Path, answers: float) -> None:
    """Checked, with reports, stored by parts, while somebody answers so often a second; then once more."""
    with closing(open_warehouse(folder / "house" / "ours.duckdb")) as house:
        prepared = timed("import: read and check", lambda: prepare(folder / "rows.csv", folder / "map.yaml"))
        done, waits = threading.Event(), list[float]()

        def answer() -> None:
            while not done.wait(1 / answers):
                start = time.perf_counter()
                house.writer.submit(a_response(new_response_id(), submitted_at=datetime.now(UTC)))
                waits.append(time.perf_counter() - start)

        thread = threading.Thread(target=answer)
        if answers:
            thread.start()
        report = timed("import: store", lambda: load(house, prepared))
        done.set()
        if answers:
            thread.join()
            waits.sort()
            half, most = waits[len(waits) // 2] * 1e3, waits[-1] * 1e3
            print(f"{len(waits):,} answers meanwhile waited {half:.0f} ms (median), {most:.0f} ms at most")
        again = timed("the same file again", lambda: load(house, prepared))
        if (report.stored, again.stored) != (report.rows, 0):
            raise SystemExit(f"stored {report.stored:,} of {report.rows:,} rows, then {again.stored:,}")
        timed("rollups after it", house.rollups.seal)


def exporting(folder: Path, answers: float) -> None:
    """The responses and the answers one by one, with the words that are in tables of their own."""
    with closing(open_warehouse(folder / "house" / "ours.duckdb")) as house:
        for name in ("responses", "answers"):
            for kind in ("csv", "parquet"):
                out = folder / f"{name}.{kind}"
                export = (name, kind, Filters("big"), "en", out)
                timed(f"export {name}.{kind}", lambda export=export: write_export(house, *export))
                if kind == "csv":
                    print(f"{'':28} {out.stat().st_size / 1e6:10,.0f} MB")
                    out.unlink()


def bare_copy_out(folder: Path, answers: float) -> None:
    """The peer: the same tables from a database of their own, as they stand."""
    with closing(duckdb.connect(str(folder / "bare.duckdb"))) as connection:
        for name in ("responses", "answers"):
            connection.execute(f"CREATE TABLE {name} AS FROM read_parquet('{folder}/{name}.parquet')")
            (folder / f"{name}.parquet").unlink()
            connection.execute("CHECKPOINT")
            for kind in ("csv", "parquet"):
                out = folder / f"bare.{kind}"
                copy = f"COPY {name} TO '{out}'"
                timed(f"bare COPY TO {name}.{kind}", lambda copy=copy: connection.execute(copy))
                out.unlink()


def timed(what: str, work: Callable[[], T]) -> T:
    """Do it and say how long it took."""
    start, cpu = time.perf_counter(), time.process_time()
    result = work()
    seconds = time.perf_counter() - start
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = f"{seconds:8.1f} s {time.process_time() - cpu:8.1f} s CPU {most:8,.0f} MB at most"
    print(f"{what:28} {said}", flush=True)
    return result


STEPS: Mapping[str, Callable[[Path, float], None]] = {
    "bare": bare_copy,
    "import": importing,
    "export": exporting,
    "bare-out": bare_copy_out,
}


def main() -> None:
    """Measure each in a process of its own."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--answers", type=float, default=0.0, help="sent a second during the import")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=[*STEPS], help="in their order")
    parser.add_argument("--one", choices=STEPS)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.one:
        STEPS[asked.one](asked.folder, asked.answers)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
        duckdb.connect().execute(MADE.format(rows=asked.rows, file=folder / "rows.csv"))
        print(f"{asked.rows:,} rows, {(folder / 'rows.csv').stat().st_size / 1e6:,.0f} MB of CSV", flush=True)
        for one in asked.steps:
            command = (sys.executable, "-m", __spec__.name, "--one", one, "--folder", name)
            subprocess.run((*command, "--answers", str(asked.answers)), check=True)


if __name__ == "__main__":
    main()

"""A few questions put to the warehouse and, on the same rows, to what people would use instead: each in a
process of its own, one after the other, so that each has the whole memory and gives it back."""

import importlib
import multiprocessing
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from tests.benchmarks.generating import SURVEY
from tests.benchmarks.postgres_peer import server
from warehouse import open_warehouse

START, END = date(2025, 3, 3), date(2026, 2, 2)
MONTH = date(2026, 5, 1)
ROWS = """
SELECT member_id, tier, touchpoint, CAST(day AS VARCHAR) AS day, CAST(month AS VARCHAR) AS month,
       scores[1] AS overall, scores[2] AS recommend
FROM response ORDER BY ingest_seq"""
COLUMNS = (
    "member_id TEXT, tier TEXT, touchpoint TEXT, day DATE, month DATE, overall SMALLINT, recommend SMALLINT"
)
CACHE_MB = 2_048  # of SQLite and of PostgreSQL
# What a person would write in SQL over one row a response.
SQL = {
    "NPS by month and tier": """
        SELECT month, tier, 100.0 * (sum(CASE WHEN recommend >= 9 THEN 1 ELSE 0 END)
                                     - sum(CASE WHEN recommend <= 6 THEN 1 ELSE 0 END)) / count(recommend)
        FROM response GROUP BY month, tier""",
    "members who answered in 11 months": f"""
        SELECT count(DISTINCT member_id) FROM response WHERE day >= '{START}' AND day < '{END}'""",
    "top two by touchpoint": """
        SELECT touchpoint, 100.0 * sum(CASE WHEN overall >= 4 THEN 1 ELSE 0 END) / count(overall)
        FROM response GROUP BY touchpoint""",
    "NPS of one month": f"""
        SELECT 100.0 * (sum(CASE WHEN recommend >= 9 THEN 1 ELSE 0 END)
                        - sum(CASE WHEN recommend <= 6 THEN 1 ELSE 0 END)) / count(recommend)
        FROM response WHERE month = '{MONTH}'""",
}
# The same from the rollups, as the warehouse's own queries ask while everything is sealed.
ROLLUPS = {
    "NPS by month and tier": """
        SELECT month, tier, 100.0 * (sum(CASE WHEN score >= 9 THEN n ELSE 0 END)
                                     - sum(CASE WHEN score <= 6 THEN n ELSE 0 END)) / sum(n)
        FROM measured_month_sealed WHERE survey = $survey AND measures = 'nps' GROUP BY month, tier""",
    "members who answered in 11 months": f"""
        SELECT sum(n) FROM visit_sealed
        WHERE survey = $survey AND day >= '{START}' AND day < '{END}'
          AND (previous_day IS NULL OR previous_day < '{START}')""",
    "top two by touchpoint": """
        SELECT touchpoint, 100.0 * sum(CASE WHEN score >= 4 THEN n ELSE 0 END) / sum(n)
        FROM measured_month_sealed WHERE survey = $survey AND measures = 'csat' GROUP BY touchpoint""",
    "NPS of one month": f"""
        SELECT 100.0 * (sum(CASE WHEN score >= 9 THEN n ELSE 0 END)
                        - sum(CASE WHEN score <= 6 THEN n ELSE 0 END)) / sum(n)
        FROM measured_month_sealed WHERE survey = $survey AND measures = 'nps' AND month = '{MONTH}'""",
}
Ask = Callable[[str], object]
MOST_SECONDS = 600.0
"""After which a peer is stopped."""
MOST_MS = 5_000.0
"""After which a question is not asked again."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a peer took: seconds until the rows were loaded, MB that its process held at most and milliseconds
    of each question; what it answered, where it gives rows. PostgreSQL's server is another process: None."""

    loaded: float
    held: float | None
    took: Mapping[str, float]
    said: Mapping[str, Sequence[str]]


def compare(path: Path, runs: int, peers: Sequence[str]) -> None:
    """Print the milliseconds of each question and engine; the rows are loaded before."""
    with closing(open_warehouse(path)):
        pass  # migrated
    # The server of PostgreSQL, another user, reads the rows too.
    with tempfile.TemporaryDirectory(prefix="pactboard-peers-") as folder:
        rows = Path(folder)
        rows.chmod(0o755)
        with duckdb.connect(str(path), read_only=True) as connection:
            connection.execute("SET enable_progress_bar = false")
            count = connection.execute(f"COPY ({ROWS}) TO '{rows}/rows.parquet'").fetchall()[0][0]
            if "PostgreSQL" in peers:
                connection.execute(f"COPY ({ROWS}) TO '{rows}/rows.csv' (HEADER)")
        _print_heads(count)
        right = _apart(OURS, path, runs)
        _print_line(OURS, right)
        for peer in peers:
            found = _apart(peer, rows, runs)
            _print_line(peer, found)
            if isinstance(found, Measured) and found.said and isinstance(right, Measured):
                assert found.said == right.said, peer


def _print_heads(count: int) -> None:
    heads = ("", *SQL, "s until loaded", "MB held at most")
    print(
        f"\np50 in ms over {count:,} responses\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}", flush=True
    )


def _print_line(peer: str, found: Measured | str) -> None:
    """As soon as it is known: what comes after may take long."""
    if isinstance(found, str):
        cells = [found] * (len(SQL) + 2)
    else:
        cells = [*(f"{found.took[name]:,.1f}" for name in SQL), f"{found.loaded:,.1f}"]
        cells.append("its server" if found.held is None else f"{found.held:,.0f}")
    print(f"| {peer} | {' | '.join(cells)} |", flush=True)


def _apart(peer: str, source: Path, runs: int) -> Measured | str:
    """What it took in a process of its own, or why it cannot be said."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(peer, source, runs, there), daemon=True)
    process.start()
    there.close()
    try:
        found: Measured | str = here.recv() if here.poll(MOST_SECONDS) else "stopped after 10 minutes"
    except EOFError:
        process.join()
        found = f"ended by itself ({process.exitcode})"  # -9: killed for want of memory
    if process.is_alive():
        process.join(10)
        process.terminate()
    process.join()
    return found


def _answer(peer: str, source: Path, runs: int, told: Connection) -> None:
    start = time.perf_counter()
    with PEERS[peer](source) as ask:
        if ask is None:
            told.send("not installed")
            return
        loaded = time.perf_counter() - start
        took = _timed(ask, runs)
        held = _held()
        said = {name: _comparable(ask(name)) for name in SQL} if peer in GIVING_ROWS else {}
    told.send(Measured(loaded, None if peer == "PostgreSQL" else held, took, said))


def _comparable(rows: Any) -> list[str]:
    """The rows in one order, figures to a millionth."""
    return sorted(str([f"{x:.6f}" if isinstance(x, int | float) else str(x) for x in row]) for row in rows)


def _held() -> float:
    """MB; what getrusage says begins with what the parent held."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _timed(ask: Ask, runs: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in SQL:
        took: list[float] = []
        while len(took) <= runs and sum(took) < MOST_MS:
            start = time.perf_counter()
            said = ask(name)
            took.append(said if isinstance(said, float) else (time.perf_counter() - start) * 1_000)
        found[name] = statistics.median(took[1:] or took)
    return found


@contextmanager
def _rollups(path: Path) -> Iterator[Ask]:
    with duckdb.connect(str(path), read_only=True) as connection:
        yield lambda name: connection.execute(ROLLUPS[name], {"survey": SURVEY}).fetchall()


@contextmanager
def _duckdb(rows: Path) -> Iterator[Ask]:
    """The same engine without rollups: a column a score."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE response AS SELECT * FROM '{rows}/rows.parquet'")
        yield lambda name: connection.execute(SQL[name]).fetchall()


@contextmanager
def _pandas(rows: Path) -> Iterator[Ask]:
    """In memory, what repeats as categories."""
    of_few = ["tier", "touchpoint", "month", "day"]
    frame = pq.read_table(rows / "rows.parquet", read_dictionary=of_few).to_pandas()
    frame = frame.astype(dict.fromkeys(of_few, "category"))
    days = frame["day"].astype("category")

    def by(keys: list[str], part: pd.DataFrame) -> Any:
        scored = part.assign(
            high=part["recommend"] >= 9, low=part["recommend"] <= 6, given=part["recommend"].notna()
        )
        sums = scored.groupby(keys, dropna=False, observed=True)[["high", "low", "given"]].sum()
        return 100.0 * (sums["high"] - sums["low"]) / sums["given"]

    def members() -> int:
        inside = [code for code, day in enumerate(days.cat.categories) if str(START) <= day < str(END)]
        return int(frame.loc[days.cat.codes.isin(inside), "member_id"].nunique())

    def top_two() -> Any:
        scored = frame.assign(top=frame["overall"] >= 4)
        return 100.0 * scored.groupby("touchpoint", dropna=False, observed=True)["top"].mean()

    asked: Mapping[str, Callable[[], object]] = {
        "NPS by month and tier": lambda: by(["month", "tier"], frame),
        "members who answered in 11 months": members,
        "top two by touchpoint": top_two,
        "NPS of one month": lambda: by(["month"], frame[frame["month"] == str(MONTH)]),
    }
    yield lambda name: asked[name]()


@contextmanager
def _polars(rows: Path) -> Iterator[Ask | None]:
    try:
        polars = importlib.import_module("polars")
    except ImportError:
        yield None
        return
    frame = polars.read_parquet(rows / "rows.parquet").with_columns(
        polars.col("day").str.to_date(), polars.col("month").str.to_date()
    )
    said = polars.col("recommend")
    nps = 100.0 * ((said >= 9).sum().cast(int) - (said <= 6).sum().cast(int)) / said.count()
    asked: Mapping[str, Callable[[], object]] = {
        "NPS by month and tier": lambda: frame.group_by("month", "tier").agg(nps),
        "members who answered in 11 months": lambda: (
            frame.filter((polars.col("day") >= START) & (polars.col("day") < END))["member_id"]
            .drop_nulls()
            .n_unique()
        ),
        "top two by touchpoint": lambda: frame.group_by("touchpoint").agg(
            (polars.col("overall") >= 4).mean()
        ),
        "NPS of one month": lambda: frame.filter(polars.col("month") == MONTH).select(nps),
    }
    yield lambda name: asked[name]()


@contextmanager
def _sqlite(rows: Path) -> Iterator[Ask]:
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(f"{folder}/peer.db")) as connection:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute(f"PRAGMA cache_size = -{CACHE_MB * 1024}")
        connection.execute(f"CREATE TABLE response ({COLUMNS})")
        for batch in pq.ParquetFile(rows / "rows.parquet").iter_batches(100_000):
            columns = (column.to_pylist() for column in batch.columns)
            connection.executemany(
                "INSERT INTO response VALUES (?, ?, ?, ?, ?, ?, ?)", zip(*columns, strict=True)
            )
        connection.commit()
        connection.execute("CREATE INDEX by_month ON response (month)")
        connection.execute("CREATE INDEX by_day ON response (day, member_id)")
        connection.execute("ANALYZE")
        yield lambda name: connection.execute(SQL[name]).fetchall()


@contextmanager
def _postgresql(rows: Path) -> Iterator[Ask | None]:
    """The time is what it says itself."""
    with server(f"-c shared_buffers={CACHE_MB}MB -c work_mem=128MB -c max_wal_size=8GB") as started:
        if started is None:
            yield None
            return
        started.psql(f"CREATE TABLE response ({COLUMNS})")
        started.psql(f"\\copy response FROM '{rows}/rows.csv' CSV HEADER")
        started.psql("CREATE INDEX ON response (month)")
        started.psql("CREATE INDEX ON response (day, member_id)")
        started.psql("VACUUM ANALYZE response")

        def ask(name: str) -> float:
            told = started.psql(f"EXPLAIN (ANALYZE, TIMING OFF) {SQL[name]}")
            return float(told.rpartition("Execution Time: ")[2].split()[0])

        yield ask


OURS = "Pactboard's rollups"
PEERS: Mapping[str, Callable[[Path], AbstractContextManager[Ask | None]]] = {
    OURS: _rollups,
    "DuckDB": _duckdb,
    "pandas": _pandas,
    "Polars": _polars,
    "SQLite": _sqlite,
    "PostgreSQL": _postgresql,
}
GIVING_ROWS = (OURS, "DuckDB", "SQLite")

"""A few questions put to the warehouse and, on the same rows, to pandas, Polars, SQLite and PostgreSQL."""

import importlib
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from tests.benchmarks.generating import SURVEY
from tests.benchmarks.postgres_peer import server
from warehouse import open_warehouse

START, END = date(2025, 3, 3), date(2026, 2, 2)
MONTH = date(2026, 5, 1)
ROWS = """
SELECT member_id, tier, touchpoint, CAST(day AS VARCHAR) AS day, CAST(month AS VARCHAR) AS month,
       scores[1] AS overall, scores[2] AS recommend
FROM response ORDER BY ingest_seq"""
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


def compare(path: Path, runs: int) -> None:
    """Print the milliseconds of each question and engine; the rows are loaded before."""
    with closing(open_warehouse(path)):
        pass  # migrated
    with duckdb.connect(str(path)) as connection:
        rows = connection.execute(ROWS).fetchdf()

        def counted(name: str) -> list[tuple[Any, ...]]:
            return connection.execute(ROLLUPS[name], {"survey": SURVEY}).fetchall()

        found = {"Pactboard's rollups": _timed(counted, runs)}
        right = {name: _comparable(counted(name)) for name in SQL}
    for peer, made in (
        ("DuckDB", _duckdb),
        ("pandas", _pandas),
        ("Polars", _polars),
        ("SQLite", _sqlite),
        ("PostgreSQL", _postgresql),
    ):
        with made(rows) as ask:
            found[peer] = _timed(ask, 3) if ask else dict.fromkeys(SQL)
            if ask and peer in ("DuckDB", "SQLite"):  # those that give rows
                assert {name: _comparable(ask(name)) for name in SQL} == right, peer
    print(f"\np50 in ms over {len(rows):,} responses\n\n| question | {' | '.join(found)} |")
    print("|---|" + "---|" * len(found))
    for name in SQL:
        cells = (f"{took[name]:,.1f}" if took[name] is not None else "left out" for took in found.values())
        print(f"| {name} | {' | '.join(cells)} |")


def _comparable(rows: Any) -> list[str]:
    """The rows in one order, figures to a millionth."""
    return sorted(str([f"{x:.6f}" if isinstance(x, int | float) else str(x) for x in row]) for row in rows)


def _timed(ask: Ask, runs: int) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for name in SQL:
        took = []
        for _ in range(runs + 1):
            start = time.perf_counter()
            said = ask(name)
            took.append(said if isinstance(said, float) else (time.perf_counter() - start) * 1_000)
        found[name] = statistics.median(took[1:])
    return found


@contextmanager
def _duckdb(rows: pd.DataFrame) -> Iterator[Ask]:
    """The same engine without rollups: a column a score."""
    with duckdb.connect() as connection:
        connection.register("given", rows)
        connection.execute("CREATE TABLE response AS SELECT * FROM given")
        yield lambda name: connection.execute(SQL[name]).fetchall()


@contextmanager
def _pandas(rows: pd.DataFrame) -> Iterator[Ask]:
    frame = rows.astype(
        {"tier": "category", "touchpoint": "category", "month": "category", "day": "category"}
    )
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
def _polars(rows: pd.DataFrame) -> Iterator[Ask | None]:
    try:
        polars = importlib.import_module("polars")
    except ImportError:
        yield None
        return
    frame = polars.from_pandas(rows).with_columns(
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
def _sqlite(rows: pd.DataFrame) -> Iterator[Ask]:
    with tempfile.TemporaryDirectory() as folder, closing(sqlite3.connect(f"{folder}/peer.db")) as connection:
        rows.to_sql("response", connection, index=False, chunksize=100_000)
        connection.execute("CREATE INDEX by_month ON response (month)")
        connection.execute("CREATE INDEX by_day ON response (day, member_id)")
        connection.execute("ANALYZE")
        yield lambda name: connection.execute(SQL[name]).fetchall()


@contextmanager
def _postgresql(rows: pd.DataFrame) -> Iterator[Ask | None]:
    """The time is what it says itself."""
    with server() as started:
        if started is None:
            yield None
            return
        table = started.folder / "rows.csv"
        rows.to_csv(table, index=False)
        columns = "member_id text, tier text, touchpoint text, day date, month date, overall real, "
        started.psql(f"CREATE TABLE response ({columns}recommend real)")
        started.psql(f"\\copy response FROM '{table}' CSV HEADER")
        started.psql("CREATE INDEX ON response (month)")
        started.psql("CREATE INDEX ON response (day, member_id)")
        started.psql("VACUUM ANALYZE response")

        def ask(name: str) -> float:
            told = started.psql(f"EXPLAIN (ANALYZE, TIMING OFF) {SQL[name]}")
            return float(told.rpartition("Execution Time: ")[2].split()[0])

        yield ask

"""`python -m tests.benchmarks.light_form`: responses a second and server CPU a response of the light form,
with 1, 8 and 64 clients, beside the simplest peer. Every response acknowledged is then looked for on the
disk."""

import argparse
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

from tests.benchmarks.clients import Kind, Load, run
from tests.serving import PROJECT, free_port, running_server
from warehouse import open_warehouse

CLIENTS = (1, 8, 64)
HEAD = "| server | a response is | clients | responses/s | CPU ms/response | p50 ms | p99 ms |"


def main() -> int:
    """Measure and print a table; 1 when a response that was acknowledged is not there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each measurement")
    seconds = parser.parse_args().seconds
    print(f"{machine()}, Python {platform.python_version()}, {seconds:g} s each\n\n{HEAD}")
    print("|---|---|---|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory(prefix="pactboard-benchmark-") as folder:
        lost = pactboard(Path(folder) / "warehouse", seconds) + peer(Path(folder) / "peer.sqlite", seconds)
    print(f"\nAcknowledged and not on the disk: {lost}")
    return 1 if lost else 0


def pactboard(folder: Path, seconds: float) -> int:
    """The real server; how many of its acknowledged responses are not in the warehouse it leaves."""
    with running_server(folder) as server:
        port, told = int(server.base_url.rsplit(":", 1)[1]), 0
        for kind in ("post", "visit"):
            told += measure("Pactboard", server.process.pid, port, kind, seconds)
    with closing(open_warehouse(folder / "pactboard.duckdb")) as warehouse:
        return max(0, told - int(warehouse.read("summary/responses", survey="customer-satisfaction")[0][0]))


def peer(file: Path, seconds: float) -> int:
    """The peer; how many of its acknowledged responses are not in its file."""
    with running_peer(file) as (process, port):
        told = measure("Starlette and SQLite", process.pid, port, "post", seconds)
    with closing(sqlite3.connect(file)) as connection:
        return max(0, told - int(connection.execute("SELECT count(*) FROM response").fetchone()[0]))


def measure(name: str, process: int, port: int, kind: Kind, seconds: float) -> int:
    """Print a line for each number of clients; how many responses were acknowledged."""
    told = 0
    for clients in CLIENTS:
        before = [0.0]

        def note(before: list[float] = before) -> None:
            before[0] = cpu_seconds(process)

        load, warm = run(port, kind, clients, seconds, note)
        used = cpu_seconds(process) - before[0]
        print(line(name, kind, clients, load, used), flush=True)
        if load.refused:
            raise RuntimeError(f"{load.refused} responses were refused")
        told += len(load.seconds) + warm
    return told


def line(name: str, kind: Kind, clients: int, load: Load, used: float) -> str:
    """A line of the table."""
    what = {"post": "the sheet sent", "visit": "form, sheet, receipt"}[kind]
    times = f"{load.percentile(0.5):.1f} | {load.percentile(0.99):.1f}"
    return (
        f"| {name} | {what} | {clients} | {load.per_second:,.0f} | {used / len(load.seconds) * 1000:.2f} "
        f"| {times} |"
    )


def cpu_seconds(process: int) -> float:
    """User and system time of the process, all its threads and the children it has waited for."""
    stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, stat[11:15])) / os.sysconf("SC_CLK_TCK")


def machine() -> str:
    """The processor and how many of it there are."""
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [fact.partition(":")[2].strip() for fact in facts if fact.startswith("model name")]
    return f"{os.cpu_count()} × {names[0] if names else platform.machine()}, {platform.system()}"


@contextmanager
def running_peer(file: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The peer in a process of its own, ready to answer."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "tests.benchmarks.sqlite_peer:app", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--no-access-log", "--log-level", "warning"],
        cwd=PROJECT,
        env=os.environ | {"PEER_FILE": str(file)},
    )
    try:
        for _ in range(200):
            try:
                httpx.get(f"http://127.0.0.1:{port}/")
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield process, port
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    sys.exit(main())

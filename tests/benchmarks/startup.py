"""How long a start takes, from the command to the first /healthz that is well, with nothing stored and with a
warehouse of any size; and how long of it opening the file alone takes.

python -m tests.benchmarks.startup [--responses 10000000] [--folder DIR] [--runs 5]
"""

import argparse
import os
import signal
import statistics
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

import httpx

from tests.benchmarks.generating import ANSWERS
from tests.benchmarks.queries import kept_folder, made
from tests.serving import PROJECT, command, environment, free_port
from warehouse import open_warehouse

PATIENCE = 120.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, default=10_000_000)
    parser.add_argument("--folder", type=Path, help="keeps the files; those that are there are taken")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} before\n")
    with tempfile.TemporaryDirectory() as empty, kept_folder(asked.folder) as folder:
        path = made(folder, asked.responses)
        for name, file in (("nothing stored", Path(empty) / "w.duckdb"), (f"{asked.responses:,}", path)):
            answers = f"{asked.responses * ANSWERS:,} answers" if file == path else name
            starts, opens = (
                [_start(file) for _ in range(asked.runs)],
                [_open(file) for _ in range(asked.runs)],
            )
            print(f"{answers:24} server {_said(starts)}   file alone {_said(opens)}")


def _start(file: Path) -> float:
    """Seconds from the command until the server is well; it is stopped then."""
    port = free_port()
    start = time.perf_counter()
    process = subprocess.Popen(
        command("python", port),
        cwd=PROJECT,
        env=environment(file, port),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - start < PATIENCE:
            try:
                if httpx.get(f"http://127.0.0.1:{port}/healthz").status_code == 200:
                    return time.perf_counter() - start
            except httpx.TransportError:
                time.sleep(0.01)
        raise TimeoutError(f"no answer within {PATIENCE:.0f} s")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _open(file: Path) -> float:
    """Seconds that opening the file takes, with its anchor compared and its schema looked at."""
    start = time.perf_counter()
    with closing(open_warehouse(file)):
        return time.perf_counter() - start


def _said(took: list[float]) -> str:
    return f"median {statistics.median(took):.2f} s, longest {max(took):.2f} s"


if __name__ == "__main__":
    main()

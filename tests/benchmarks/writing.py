"""`python -m tests.benchmarks.writing`: durable responses a second with 1, 16 and 64 submitters, with
everything on (MERGE, gate, rollups, audit, anchor), beside the disk alone, SQLite and PostgreSQL."""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from survey import Response
from tests.benchmarks.grouped import bare_disk, grouped, sqlite
from tests.benchmarks.light_form import machine
from tests.benchmarks.postgres_peer import per_second
from tests.warehouse.answering import a_response
from warehouse import open_warehouse

SUBMITTERS = (1, 16, 64)
HEAD = "| what stores | submitters | durable responses/s | CPU ms/response | p50 ms | p99 ms | longest ms |"


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of each response, from the call to the answer; of all of them together; and of CPU."""

    took: tuple[float, ...]
    elapsed: float
    cpu: float

    @property
    def per_second(self) -> float:
        """Responses known to be on the disk, a second."""
        return len(self.took) / self.elapsed

    def line(self, name: str, submitters: int) -> str:
        """A line of the table."""
        ordered = sorted(self.took)
        at = [ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000 for share in (0.5, 0.99, 1)]
        cpu = self.cpu / len(ordered) * 1000
        times = " | ".join(f"{each:.1f}" for each in at)
        return f"| {name} | {submitters} | {self.per_second:,.0f} | {cpu:.2f} | {times} |"


def measure(submit: Callable[[Response], object], submitters: int, each: int) -> Measured:
    """So many submitters send so many responses each, one after the other."""
    took: list[float] = []
    sheets = [[a_response() for _ in range(each)] for _ in range(submitters)]
    ready = threading.Barrier(submitters + 1)

    def send(responses: list[Response]) -> None:
        ready.wait()
        for response in responses:
            begun = time.perf_counter()
            submit(response)
            took.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=send, args=(part,)) for part in sheets]
    for thread in threads:
        thread.start()
    ready.wait()
    begun, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.join()
    return Measured(tuple(took), time.perf_counter() - begun, time.process_time() - cpu)


def pactboard(folder: Path, submitters: int, each: int) -> tuple[Measured, int]:
    """The writer over a new warehouse; and how many of the responses it confirmed are not there afterwards,
    or twice."""
    file = folder / f"pactboard-{submitters}.duckdb"
    with closing(open_warehouse(file)) as house:
        for _ in range(20):
            house.writer.submit(a_response())
        found = measure(house.writer.submit, submitters, each)
    with closing(open_warehouse(file)) as house:
        ids = [row[0] for row in house.read("core/responses_after", after_seq=0)]
    return found, len(found.took) + 20 - len(set(ids)) + len(ids) - len(set(ids))


def main() -> int:
    """Measure and print a table; 1 when a confirmed response is not on the disk, or twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, default=20_000, help="in all, with 64 submitters")
    asked = parser.parse_args().responses
    print(f"{machine()}, load average {os.getloadavg()[0]:.1f}\n\n{HEAD}\n|---|---|---|---|---|---|---|")
    wrong, shares = 0, []
    with tempfile.TemporaryDirectory(prefix="pactboard-benchmark-") as name:
        folder = Path(name)
        for submitters in SUBMITTERS:
            each = asked // {1: 16, 16: 32, 64: 64}[submitters]
            ours, missing = pactboard(folder, submitters, each)
            wrong += missing
            print(ours.line("Pactboard", submitters), flush=True)
            with bare_disk(folder) as commit, grouped(commit) as submit:
                bare = measure(submit, submitters, each)
            print(bare.line("bytes and fsync, grouped alike", submitters), flush=True)
            with sqlite(folder / f"{submitters}.sqlite") as commit, grouped(commit) as submit:
                print(measure(submit, submitters, each).line("SQLite, grouped alike", submitters), flush=True)
            shares.append(f"{submitters} submitters {ours.per_second / bare.per_second:.0%}")
    peers = per_second(SUBMITTERS, 5)
    for submitters, (rate, latency) in peers.items():
        print(f"| PostgreSQL (pgbench) | {submitters} | {rate:,.0f} | | {latency:.1f} (mean) | | |")
    if not peers:
        print("\nPostgreSQL is not installed and was left out.")
    print(f"\nOf the disk's own rate, grouped alike: {', '.join(shares)}.")
    print(f"Load average now {os.getloadavg()[0]:.1f}. Confirmed and not on the disk, or twice: {wrong}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

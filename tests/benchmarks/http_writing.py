"""`python -m tests.benchmarks.http_writing`: 100 submitters send 100 responses each to the real server over
HTTP, some of them twice; each is then looked for in the warehouse, and must be there exactly once."""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from survey import new_response_id
from tests.benchmarks.clients import FORM, Connection, sheet
from tests.benchmarks.light_form import cpu_seconds, machine
from tests.serving import running_server
from warehouse import open_warehouse

AGAIN = 0.05
"""Share of the responses that are sent once more, as after a connection that broke."""

_MOST_BROKEN = 500


@dataclass(slots=True)
class Sent:
    """What the submitters know: seconds until each was thanked, ids thanked for, how often 503 was said and a
    connection broke."""

    took: list[float] = field(default_factory=list)
    thanked: set[UUID] = field(default_factory=set)
    refused: int = 0
    broken: int = 0


async def send_all(port: int, submitters: int, each: int) -> Sent:
    """Send them, every submitter one response after the other over a connection of its own; one that is told
    to come again does so."""
    sent = Sent()

    async def submitter() -> None:
        line = await _Line.opened(port, sent)
        for _ in range(each):
            key = new_response_id()
            body, begun = sheet(key), time.perf_counter()
            await line.send(body)
            sent.took.append(time.perf_counter() - begun)
            sent.thanked.add(key)
            if random.random() < AGAIN:
                await line.send(body)
        line.close()

    await asyncio.gather(*(submitter() for _ in range(submitters)))
    return sent


class _Line:
    """A submitter's connection, opened anew when it breaks."""

    def __init__(self, port: int, connection: Connection, sent: Sent) -> None:
        self._port, self._connection, self._sent = port, connection, sent

    @classmethod
    async def opened(cls, port: int, sent: Sent) -> "_Line":
        return cls(port, await Connection.opened(port), sent)

    async def send(self, body: bytes) -> None:
        """Send the sheet until it was thanked for. Raises RuntimeError for any answer but 303 and 503."""
        while True:
            try:
                status, headers = await self._connection.ask("POST", FORM, body)
            except (OSError, asyncio.IncompleteReadError):  # sending again counts once
                self._sent.broken += 1
                if self._sent.broken > _MOST_BROKEN:
                    raise
                self.close()
                self._connection = await Connection.opened(self._port)
                continue
            if status == 303:
                return
            if status != 503:
                raise RuntimeError(f"{status} was answered")
            self._sent.refused += 1
            await asyncio.sleep(float(headers["retry-after"]))

    def close(self) -> None:
        self._connection.close()


def port_of(base_url: str) -> int:
    """The port that a server's address names."""
    return urlsplit(base_url).port or 80


def wrong(file: Path, thanked: set[UUID]) -> int:
    """How many of those thanked for are not there exactly once, and how many others are there."""
    with closing(open_warehouse(file)) as house:
        there = Counter(row[0] for row in house.read("core/responses_after", after_seq=0))
    return sum(there[key] != 1 for key in thanked) + len(set(there) - thanked)


def main() -> int:
    """Measure and print; 1 when a response is missing or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submitters", type=int, default=100)
    parser.add_argument("--each", type=int, default=100)
    asked = parser.parse_args()
    print(f"{machine()}, load average {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="pactboard-benchmark-") as name:
        folder = Path(name)
        with running_server(folder) as server:
            before, begun = cpu_seconds(server.process.pid), time.perf_counter()
            sent = asyncio.run(send_all(port_of(server.base_url), asked.submitters, asked.each))
            elapsed, cpu = time.perf_counter() - begun, cpu_seconds(server.process.pid) - before
        found = wrong(folder / "pactboard.duckdb", sent.thanked)
    ordered = sorted(sent.took)
    at = {name: ordered[int(share * (len(ordered) - 1))] * 1000 for name, share in _SHARES.items()}
    print(f"{len(ordered):,} responses of {asked.submitters} submitters in {elapsed:.1f} s", end=", ")
    print(
        f"{len(ordered) / elapsed:,.0f} a second, {cpu / len(ordered) * 1000:.2f} ms of the server's CPU each"
    )
    print(", ".join(f"{name} {took:,.0f} ms" for name, took in at.items()), end="; ")
    print(f"told to come again {sent.refused} times, {sent.broken} connections broke.", end=" ")
    print(f"Not there exactly once: {found}")
    return 1 if found else 0


_SHARES = {"p50": 0.5, "p99": 0.99, "longest": 1.0}

if __name__ == "__main__":
    sys.exit(main())

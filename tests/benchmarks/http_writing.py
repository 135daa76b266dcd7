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
from urllib.parse import urlencode
from uuid import UUID

import httpx

from survey import new_response_id
from tests.benchmarks.light_form import cpu_seconds, machine
from tests.serving import running_server
from warehouse import open_warehouse

FORM = "/s/customer-satisfaction"
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


async def send_all(base_url: str, submitters: int, each: int) -> Sent:
    """Send them, every submitter one response after the other; one that is told to come again does so."""
    sent = Sent()
    limits = httpx.Limits(max_connections=submitters, max_keepalive_connections=submitters)
    async with httpx.AsyncClient(base_url=base_url, limits=limits, timeout=120) as client:

        async def submitter() -> None:
            for _ in range(each):
                key = new_response_id()
                begun = time.perf_counter()
                await _send(client, key, sent)
                sent.took.append(time.perf_counter() - begun)
                sent.thanked.add(key)
                if random.random() < AGAIN:
                    await _send(client, key, sent)

        await asyncio.gather(*(submitter() for _ in range(submitters)))
    return sent


async def _send(client: httpx.AsyncClient, key: UUID, sent: Sent) -> None:
    fields = {
        "_id": str(key),
        "_version": "1",
        "_language": "zh",
        "overall": "5",
        "recommend": "9",
        "ease": "6",
        "touchpoint": "after",
        "comment": "服务人员很耐心，问题当天就解决了。",
    }
    body = urlencode(fields).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    while True:
        try:
            answer = await client.post(FORM, content=body, headers=headers)
        except httpx.TransportError:  # a connection that was kept too long; sending again counts once
            sent.broken += 1
            if sent.broken > _MOST_BROKEN:
                raise
            continue
        if answer.status_code == 303:
            return
        if answer.status_code != 503:
            raise RuntimeError(f"{answer.status_code} was answered")
        sent.refused += 1
        await asyncio.sleep(float(answer.headers["retry-after"]))


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
            sent = asyncio.run(send_all(server.base_url, asked.submitters, asked.each))
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

"""`python -m tests.benchmarks.kills --rounds 1000`: the real server, killed by kill -9 at random moments
while eight submitters send it forms over HTTP and it makes checkpoints, imports files or makes backups.

A submitter who gets no answer sends the same form again to the next server. After each kill the next server
is asked whether everything thanked for in the round before is there, once and whole; at the end, whether all
of it is, with each import carried to its end and each backup read through. Every twentieth kill hits a
migration.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from uuid import UUID

from survey import new_response_id
from tests.benchmarks.clients import FORM, sheet
from tests.benchmarks.killed_server import ALL, LATEST
from tests.killing.work import WORK
from tests.serving import PROJECT, environment, free_port

SUBMITTERS = 8
OPENING_SECONDS = 0.6
SERVING_SECONDS = 0.4
MIGRATING_SECONDS = 0.5
MIGRATIONS_EACH = 20


def main() -> int:
    """Kill, print the figures; 1 when something was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pactboard-kills-") as folder:
        run = _Run(Path(folder), asked.seed)
        for number in range(asked.rounds):
            run.round(number)
        run.say("end")
        run.close()
    print(f"Seed {asked.seed}, {asked.rounds} kills in {time.monotonic() - begun:,.0f} s: {dict(run.killed)}")
    print(f"before the first answer of a round: {run.early}; responses thanked for: {len(run.thanked):,};")
    print(f"sent again: {run.again:,}; broken: {len(run.broken)}")
    print("".join(f"  {line}\n" for line in run.broken[:20]), end="")
    return 1 if run.broken else 0


class _Run:
    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.port = free_port()
        self.killed: Counter[str] = Counter()
        self.thanked: set[UUID] = set()
        self.broken: list[str] = []
        self.early = self.again = 0
        self._chance = random.Random(seed)
        self._unanswered: list[UUID] = []
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.killed_server", str(folder)],
            cwd=PROJECT,
            env=environment(folder, self.port),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def say(self, command: str) -> None:
        """Give the other side a command, and keep what it says is broken."""
        assert self._server.stdin and self._server.stdout
        self._server.stdin.write(f"{command}\n")
        self._server.stdin.flush()
        self.broken += json.loads(self._server.stdout.readline())

    def round(self, number: int) -> None:
        """One kill."""
        if number % MIGRATIONS_EACH == MIGRATIONS_EACH - 1:
            self.say(f"migration {self._chance.uniform(0, MIGRATING_SECONDS):.4f}")
            self.killed["migration"] += 1
            return
        work = self._chance.choice(list(WORK))
        is_early = self._chance.random() < 0.2
        self.say(f"start {work} {number}")
        first, over = threading.Event(), threading.Event()
        told: list[UUID] = []
        again, self._unanswered = self._unanswered, []
        self.again += len(again)
        senders = [
            threading.Thread(target=self._send, args=(again, told, first, over)) for _ in range(SUBMITTERS)
        ]
        for sender in senders:
            sender.start()
        if not is_early and not first.wait(60):
            self.broken.append(f"round {number}: nobody was answered within a minute")
        time.sleep(self._chance.uniform(0, OPENING_SECONDS if is_early else SERVING_SECONDS))
        self.early += not first.is_set()
        over.set()
        self.say("kill")
        for sender in senders:
            sender.join()
        self._unanswered += again
        self.killed[work] += 1
        self.thanked |= set(told)
        lines = "".join(f"{key}\n" for key in told)
        (self.folder / LATEST).write_text(lines, encoding="ascii")
        with (self.folder / ALL).open("a", encoding="ascii") as file:
            file.write(lines)

    def _send(
        self, again: list[UUID], told: list[UUID], first: threading.Event, over: threading.Event
    ) -> None:
        """One form after the other until the server is killed; each is sent until it is answered."""
        while not over.is_set():
            try:
                key = again.pop()
            except IndexError:
                key = new_response_id()
            while not self._is_thanked(key):
                if over.is_set():
                    self._unanswered.append(key)
                    return
                time.sleep(0.005)
            told.append(key)
            first.set()

    def _is_thanked(self, key: UUID) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(
                "POST", FORM, sheet(key), {"Content-Type": "application/x-www-form-urlencoded"}
            )
            return connection.getresponse().status == 303
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def close(self) -> None:
        """End the other side."""
        assert self._server.stdin and self._server.stdout
        self._server.stdin.close()
        self._server.wait(60)
        self._server.stdout.close()


if __name__ == "__main__":
    sys.exit(main())

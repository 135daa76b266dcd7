"""A server killed at any moment: all responses it thanked for are there at the next start, none twice."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

from tests.warehouse.answering import a_response
from warehouse import open_warehouse

ROUNDS = 6
SERVER = """
import os, sys, threading
from pathlib import Path
from uuid import UUID
from survey import new_response_id
from tests.warehouse.answering import a_response
from warehouse import open_warehouse

warehouse = open_warehouse(Path(sys.argv[1]))
again = [UUID(line) for line in sys.argv[2:]]

def serve():
    while True:
        key = again.pop() if again else new_response_id()
        warehouse.writer.submit(a_response(key))
        os.write(1, f"{key}\\n".encode())

for _ in range(8):
    threading.Thread(target=serve).start()
"""


def test_killed_again_and_again_it_loses_nothing_it_thanked_for_and_doubles_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    chance = random.Random()
    thanked: set[UUID] = set()
    for _ in range(ROUNDS):
        thanked |= _serve_until_killed(path, chance.uniform(0.02, 0.6), list(thanked)[:20])
    assert len(thanked) > ROUNDS
    warehouse = open_warehouse(path)
    stored = [row[0] for row in warehouse.read("core/responses_after", after_seq=0)]
    with warehouse.transaction() as cursor:
        texts = [row[0] for row in cursor.execute("SELECT response_id FROM response_text").fetchall()]
    assert thanked <= set(stored)
    assert len(stored) == len(set(stored))
    assert sorted(texts) == sorted(stored)
    assert warehouse.writer.submit(a_response()).stored
    warehouse.close()


def _serve_until_killed(path: Path, seconds: float, again: list[UUID]) -> set[UUID]:
    """The ids thanked for; the clock runs from the first one."""
    command = [sys.executable, "-c", SERVER, str(path), *map(str, again)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout
        first = server.stdout.readline()
        time.sleep(seconds)
        os.kill(server.pid, signal.SIGKILL)
        lines = [first, *server.stdout.read().splitlines(keepends=True)]
    assert server.returncode == -signal.SIGKILL
    return {UUID(line.decode().strip()) for line in lines if line.endswith(b"\n")}

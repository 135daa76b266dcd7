"""Fifty requests at once, to the real server in a process of its own."""

import re
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.pages.web.api.calling import RESPONSES, good
from tests.serving import PROJECT, Server, environment, running_server
from warehouse import open_warehouse

THREADS = 50


def key_of(folder: Path) -> str:
    """The key that `python -m warehouse key` prints for the warehouse in `folder`."""
    made = subprocess.run(
        [sys.executable, "-m", "warehouse", "key", "crm"],
        cwd=PROJECT,
        env=environment(folder, 8501),
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.fullmatch(r"pactboard_[\w-]{43}\n", made.stdout)
    return made.stdout.strip()


def send_all(
    server: Server, key: str, overall: list[int], idempotency_keys: list[str]
) -> list[httpx.Response]:
    """One request for each pair, all under way together."""
    headers = {"Authorization": f"Bearer {key}"}
    limits = httpx.Limits(max_connections=THREADS)
    with (
        httpx.Client(base_url=server.base_url, headers=headers, timeout=60, limits=limits) as client,
        ThreadPoolExecutor(THREADS) as threads,
    ):
        return list(
            threads.map(
                lambda score, name: client.post(
                    RESPONSES, json=good(answers={"overall": score}), headers={"Idempotency-Key": name}
                ),
                overall,
                idempotency_keys,
            )
        )


def send_members(server: Server, key: str) -> list[tuple[int, int]]:
    """The same thousand members, sent twice at once: status and how many were new, of each request."""
    rows = [{"member_id": f"M{number}", "language": "zh", "channel": "store"} for number in range(1_000)]
    headers = {"Authorization": f"Bearer {key}"}

    def send(_: int) -> tuple[int, int]:
        path = f"{server.base_url}/api/v1/register/members"
        answer = httpx.post(path, json=rows, headers=headers, timeout=60)
        return answer.status_code, answer.json()["new"]

    with ThreadPoolExecutor(2) as threads:
        return sorted(threads.map(send, range(2)))


@pytest.mark.parametrize("kinds", [1, 2])
def test_one_idempotency_key_gives_one_response_however_many_send_it_at_once(
    tmp_path: Path, kinds: int
) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    key = key_of(folder)
    overall = [1 + number % kinds for number in range(THREADS)]
    with running_server(folder) as server:
        answers = send_all(server, key, overall, ["order-17"] * THREADS)
        others = send_all(server, key, overall, [f"order-{number}" for number in range(100, 100 + THREADS)])
        members = send_members(server, key)
        server.process.send_signal(signal.SIGINT)
        server.process.wait(20)
        assert key not in server.printed()
    count = Counter(answer.status_code for answer in answers)
    conflicts = THREADS - THREADS // kinds
    assert count == Counter({201: 1, 200: THREADS - 1 - conflicts, 409: conflicts})
    receipts = {answer.json()["response_id"] for answer in answers if answer.status_code != 409}
    assert len(receipts) == 1
    assert [answer.status_code for answer in others] == [201] * THREADS
    assert members == [(200, 0), (201, 1_000)]
    with closing(open_warehouse(folder / "pactboard.duckdb")) as warehouse, warehouse.transaction() as cursor:
        rows = cursor.execute("SELECT count(*), count(DISTINCT response_id) FROM response").fetchall()
    assert rows == [(THREADS + 1, THREADS + 1)]

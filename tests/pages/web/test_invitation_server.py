"""Personal links over the real server: many tabs at once, and requests no browser would send."""

import http.client
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit

import httpx
import pytest

from tests.pages.web.filling import Sheet
from tests.serving import running_server
from tests.warehouse.inviting import SURVEY, WAVE
from warehouse import open_warehouse
from warehouse.invitations import Link, invite, waves
from warehouse.invitees import Invitee

TOKENS = 8
TABS = 2


@pytest.fixture
def invitations(tmp_path: Path) -> tuple[Path, tuple[Link, ...]]:
    """A warehouse folder, and the links of its eight members."""
    folder = tmp_path / "served"
    warehouse = open_warehouse(folder / "pactboard.duckdb")
    members = [Invitee(f"M{number}", "gold", "zh") for number in range(TOKENS)]
    last_day = (datetime.now(UTC) + timedelta(days=2)).date()
    made = invite(warehouse, SURVEY, members, WAVE, last_day)
    warehouse.close()
    return folder, made.links


def test_two_tabs_of_each_of_eight_links_sent_at_once_are_eight_responses(
    invitations: tuple[Path, tuple[Link, ...]],
) -> None:
    folder, links = invitations
    together = Barrier(TOKENS * TABS)

    def answer(base_url: str, link: Link, score: int) -> tuple[int, str]:
        with httpx.Client(base_url=base_url, timeout=30) as tab:
            fields = Sheet(tab.get(link.path).text).fields | {"overall": str(score)}
            together.wait(30)
            sent = tab.post(link.path, data=fields)
            receipt = tab.get(sent.headers["location"])
            assert receipt.status_code == 200
            number = re.search("[0-9A-Z]{4}-[0-9A-Z]{4}(?=</dd>)", receipt.text)
            assert number
            return sent.status_code, number[0]

    with running_server(folder) as server, ThreadPoolExecutor(TOKENS * TABS) as threads:
        for _ in range(100):
            assert httpx.get(f"{server.base_url}{links[0].path}?score=9").status_code == 200
        tabs = [(link, score) for link in links for score in range(1, TABS + 1)]
        told = list(threads.map(lambda tab: answer(server.base_url, *tab), tabs))
    assert {status for status, _ in told} == {303}
    receipts = [number for _, number in told]
    assert len(set(receipts)) == TOKENS
    assert all(receipts[first] == receipts[first + 1] for first in range(0, len(receipts), TABS))
    warehouse = open_warehouse(folder / "pactboard.duckdb")
    try:
        (wave,) = waves(warehouse, SURVEY)
        assert (wave.answered, wave.waiting) == (TOKENS, 0)
        with warehouse.transaction() as cursor:
            members = cursor.execute("SELECT member_id FROM response ORDER BY member_id").fetchall()
            choices = cursor.execute("SELECT count(*) FROM response_choice").fetchone()
    finally:
        warehouse.close()
    assert [member for (member,) in members] == [link.member_id for link in links]
    assert choices == (0,)


def test_a_token_of_a_megabyte_is_refused_and_the_server_goes_on(
    invitations: tuple[Path, tuple[Link, ...]],
) -> None:
    folder, links = invitations
    with running_server(folder) as server:
        connection = http.client.HTTPConnection(urlsplit(server.base_url).netloc, timeout=30)
        try:
            connection.request("GET", "/i/" + "A" * 1_000_000)
            assert connection.getresponse().status in (400, 404, 414, 431)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the server closed before it had read all of it
        finally:
            connection.close()
        assert httpx.get(f"{server.base_url}{links[0].path}").status_code == 200
        assert "A" * 100 not in server.printed()

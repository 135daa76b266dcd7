"""The real server, started in each of three ways: what is open, what is shut, and nothing thanked is lost."""

import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from survey import new_response_id
from tests.pages.streaming import page_shown
from tests.pages.web.filling import FORM, Sheet
from tests.serving import PROJECT, WAYS, Server, Way, command, environment, free_port, running_server
from warehouse import open_warehouse

PRIVATE = ["", "satisfaction", "members", "import_data", "links"]
SIGN_IN = "Please sign in"


def posted(base_url: str, **answers: str) -> httpx.Response:
    """A response sent as a browser sends the form."""
    answered = {"_id": str(new_response_id()), "_version": "1", "_language": "en", "overall": "5"} | answers
    return httpx.post(base_url + FORM, data=answered, timeout=60)


def stored(folder: Path) -> set[UUID]:
    """The ids in the warehouse file, after its server has gone."""
    house = open_warehouse(folder / "pactboard.duckdb")
    try:
        with house.transaction() as cursor:
            rows = cursor.execute("SELECT response_id FROM response").fetchall()
    finally:
        house.close()
    assert len(rows) == len(set(rows))
    return {row[0] for row in rows}


def at_once(count: int, send: Callable[[int], httpx.Response]) -> list[httpx.Response]:
    """`send(0)` to `send(count - 1)`, all in the same moment, from as many threads."""
    gate = threading.Barrier(count)

    def run(number: int) -> httpx.Response:
        gate.wait()
        return send(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.parametrize("how", WAYS)
def test_every_way_of_starting_serves_the_same_thing_and_guards_it(tmp_path: Path, how: Way) -> None:
    with running_server(tmp_path / "data", how) as server:
        # Asked first, on a server that has run no script yet: the page must not run past its guard.
        cold = page_shown(server.base_url, "members")
        assert SIGN_IN in cold and "No member is known yet" not in cold
        assert "/language?to=zh" in cold, "the page ran without the router"
        for name in PRIVATE:
            assert SIGN_IN in page_shown(server.base_url, name)
        assert "Please sign in" not in page_shown(server.base_url, "respond")

        assert Sheet(httpx.get(server.base_url + FORM).text).options["recommend"][10] == "10"
        assert posted(server.base_url).status_code == 303
        assert httpx.get(f"{server.base_url}/export/scorecard.csv").status_code == 401
        assert httpx.get(server.base_url, headers={"Host": "evil.example"}).status_code == 400
        for path in ("/", "/members", "/healthz", "/_stcore/health"):
            headers = httpx.get(server.base_url + path).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert "frame-ancestors" in headers["content-security-policy"]

        with httpx.Client(base_url=server.base_url) as browser:
            assert server.link.startswith(server.base_url)
            assert browser.get(server.link).status_code == 303
            cookie = browser.cookies["pactboard_session"]
            assert "No member is known yet" in page_shown(server.base_url, "members", cookie)
            assert SIGN_IN not in page_shown(server.base_url, "import_data", cookie)
            assert browser.get("/export/imports.csv").status_code == 200
            assert browser.post("/signout").status_code == 200
        assert SIGN_IN in page_shown(server.base_url, "members", cookie)
        said = server.printed()
    assert "Traceback" not in server.printed() and "ScriptRunContext" not in said
    assert "/s/customer-satisfaction" not in said, "an access log would hold ids of responses"
    assert said.count("key=") == 1
    assert len(stored(server.folder)) == 1


@pytest.mark.parametrize("name", ["Host", "Origin"])
def test_a_foreign_host_or_origin_opens_no_websocket(server: Server, name: str) -> None:
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(
            server.base_url.replace("http", "ws") + "/_stcore/stream",
            additional_headers={name: "http://evil.example" if name == "Origin" else "evil.example"},
            proxy=None,
        ),
    ):
        pass
    assert refused.value.response.status_code in (400, 403)


def test_only_the_operator_can_send_files_into_memory(server: Server) -> None:
    path = f"{server.base_url}/_stcore/upload_file/session/file"
    refused = httpx.put(path, files={"file": b"x"})
    assert refused.status_code == 403 and "operator" in refused.text
    with httpx.Client() as browser:
        browser.get(server.link)
        # The operator gets past the guard, to Streamlit, which knows no such session.
        assert "operator" not in browser.put(path, files={"file": b"x"}).text


def test_a_body_that_never_ends_is_cut_off(server: Server) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = httpx.post(server.base_url + FORM, content=b"x" * 5_000_000, headers=headers, timeout=60)
    assert answer.status_code == 413


def test_the_form_page_stays_under_ten_kilobytes_on_the_wire(server: Server) -> None:
    with httpx.stream("GET", server.base_url + FORM, headers={"Accept-Language": "zh"}) as answer:
        received = sum(len(chunk) for chunk in answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip" and received <= 10_000


def test_fifty_threads_sending_one_form_leave_one_response_and_fifty_forms_leave_fifty(
    tmp_path: Path,
) -> None:
    same = str(new_response_id())
    others = [str(new_response_id()) for _ in range(50)]
    with running_server(tmp_path) as server:
        answers = at_once(50, lambda number: posted(server.base_url, _id=same, overall=str(number % 5 + 1)))
        assert {answer.status_code for answer in answers} == {303}
        assert len({answer.headers["location"].split("&")[0] for answer in answers}) == 1
        assert sum("again=1" not in answer.headers["location"] for answer in answers) == 1
        answers = at_once(50, lambda number: posted(server.base_url, _id=others[number]))
        assert {answer.status_code for answer in answers} == {303}
    assert stored(server.folder) == {UUID(same), *map(UUID, others)}


def test_a_kill_during_posts_loses_no_response_that_was_thanked(tmp_path: Path) -> None:
    thanked: set[UUID] = set()
    for _ in range(3):
        with running_server(tmp_path) as server:
            stop = threading.Event()
            before = len(thanked)

            def send(base_url: str = server.base_url, stop: threading.Event = stop) -> None:
                while not stop.is_set():
                    one = new_response_id()
                    try:
                        answer = posted(base_url, _id=str(one))
                    except httpx.TransportError:
                        return
                    if answer.status_code == 303:
                        thanked.add(one)

            threads = [threading.Thread(target=send) for _ in range(12)]
            for thread in threads:
                thread.start()
            deadline = time.monotonic() + 60
            while len(thanked) == before and time.monotonic() < deadline:
                time.sleep(0.01)
            assert len(thanked) > before
            time.sleep(random.uniform(0, 1))
            server.kill()
            stop.set()
            for thread in threads:
                thread.join()
        assert thanked <= stored(tmp_path)


def test_ctrl_c_stops_the_server_in_good_order(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        page_shown(server.base_url, "respond")
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(20) == 0
    assert "Traceback" not in server.printed() and "stopped" in server.printed()
    assert not list(tmp_path.glob("*.wal")), "the file was closed"


def test_a_port_that_is_taken_is_said_with_what_to_do(server: Server, tmp_path: Path) -> None:
    port = int(server.base_url.rsplit(":", 1)[1])
    ended = start(command("python", port), environment(tmp_path, port))
    assert ended.returncode == 1
    assert "[port-in-use]" in ended.stderr and f"PACTBOARD_PORT={port + 1}" in ended.stderr
    assert "Traceback" not in ended.stderr and len(ended.stderr.splitlines()) == 1


@pytest.mark.parametrize("how", WAYS)
def test_a_warehouse_in_use_is_said_and_the_server_does_not_start(server: Server, how: Way) -> None:
    port = free_port()
    ended = start(command(how, port), environment(server.folder, port))
    assert ended.returncode == (1 if how == "python" else 3)
    assert "[warehouse-in-use]" in ended.stderr and "Traceback" not in ended.stderr
    assert str(server.process.pid) in ended.stderr


def start(arguments: list[str], settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a server that is expected to end by itself."""
    return subprocess.run(
        arguments, cwd=PROJECT, env=settings, capture_output=True, timeout=60, encoding="utf-8", check=False
    )

"""What `python dashboard.py` does before it serves: port, words at the terminal, opening a browser."""

import socket
import sys
import webbrowser
from types import SimpleNamespace

import pytest

from pages.web import starting
from tests.serving import free_port
from warehouse.access import link_key
from warehouse.problems import core_error


async def nothing(scope: object, receive: object, send: object) -> None:
    raise AssertionError("the server must not start")


@pytest.mark.parametrize("port", ["x", "0", "65536", "-1", "８５０１", "85 01"])
def test_a_port_that_is_none_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], port: str
) -> None:
    monkeypatch.setenv("PACTBOARD_PORT", port)
    assert starting.serve(nothing) == 1
    assert "[port-setting]" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("locale", "words"), [("zh_CN.UTF-8", "无法打开"), ("C.UTF-8", "cannot be opened"), ("", "cannot")]
)
def test_a_taken_port_is_said_in_the_terminal_s_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str, words: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PACTBOARD_PORT", str(port))
        assert starting.serve(nothing) == 1
    said = capsys.readouterr().err
    assert said.startswith("[port-in-use]") and words in said and str(port + 1) in said


def test_a_warehouse_that_does_not_open_is_said_and_the_port_is_given_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise core_error("warehouse-unreadable", "x.duckdb")

    port = free_port()
    monkeypatch.setattr(starting.warehouse, "serving", refuse)
    monkeypatch.setenv("PACTBOARD_PORT", str(port))
    assert starting.serve(nothing) == 1
    assert "[warehouse-unreadable]" in capsys.readouterr().err
    socket.create_server(("127.0.0.1", port)).close()


def test_a_rerun_does_not_wait_for_small_packets_to_be_gathered() -> None:
    with starting._listen("127.0.0.1", free_port()) as listener:
        assert listener.proto == socket.IPPROTO_TCP, "asyncio sets TCP_NODELAY for such sockets only"


@pytest.mark.parametrize(
    ("arguments", "port"),
    [
        (["/venv/bin/uvicorn", "dashboard:app"], 8000),
        (["/venv/bin/uvicorn", "dashboard:app", "--port", "9001", "--host", "0.0.0.0"], 9001),  # noqa: S104
        (["/venv/lib/uvicorn/__main__.py", "--port=9002", "dashboard:app"], 9002),
        (["dashboard.py"], 8501),
        (["/venv/bin/hypercorn", "dashboard:app"], None),
    ],
)
def test_the_printed_link_names_the_port_of_the_server_in_charge(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], port: int | None
) -> None:
    monkeypatch.setattr(sys, "argv", arguments)
    monkeypatch.setattr(starting.config, "get_option", lambda name: 8501)
    assert starting._port() == port
    address = f"http://127.0.0.1:{port}" if port else "http://127.0.0.1"
    assert starting._link(port) == f"{address}/signin?key={link_key('operator')}"


@pytest.mark.parametrize(
    ("platform", "variables", "opens"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "CI": "true"}, False),
        ("linux", {"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}, False),
        ("darwin", {}, True),
        ("darwin", {"SSH_TTY": "/dev/ttys001"}, False),
        ("win32", {}, True),
    ],
)
def test_a_browser_is_opened_only_where_somebody_sits_before_a_screen(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], opens: bool
) -> None:
    for name in (*starting._WITHOUT_DESKTOP, "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert starting._desktop() == opens


@pytest.mark.parametrize(
    ("name", "opened"), [("firefox", 1), ("/usr/bin/w3m", 0), ("lynx", 0), ("www-browser", 0)]
)
def test_a_browser_in_text_mode_never_takes_the_terminal(
    monkeypatch: pytest.MonkeyPatch, name: str, opened: int
) -> None:
    links: list[str] = []
    monkeypatch.setattr(webbrowser, "get", lambda: SimpleNamespace(name=name, open=links.append))
    starting._open_browser("http://127.0.0.1:8501/signin?key=x")
    assert len(links) == opened

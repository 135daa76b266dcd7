"""Starts the real server in a process of its own, in each of the three ways, and stops it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import httpx

PROJECT = Path(__file__).resolve().parents[1]
Way = Literal["python", "streamlit", "uvicorn"]
WAYS: tuple[Way, ...] = ("python", "streamlit", "uvicorn")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `link` is the signed-in link it printed, `folder` that of its warehouse file."""

    base_url: str
    link: str
    folder: Path
    process: subprocess.Popen[str]
    log: Path

    def printed(self) -> str:
        """Everything it has written to its terminal."""
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """kill -9: no chance to tidy up."""
        self.process.kill()
        self.process.wait(10)


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(how: Way, port: int) -> list[str]:
    """The command line of that way of starting."""
    return {
        "python": [sys.executable, "dashboard.py"],
        "streamlit": [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)],
        "uvicorn": [sys.executable, "-m", "uvicorn", "dashboard:app", "--port", str(port)],
    }[how]


def environment(folder: Path, port: int) -> dict[str, str]:
    """The environment of a server: its warehouse and port, English at the terminal, no browser opened."""
    return os.environ | {
        "PACTBOARD_WAREHOUSE": str(folder),
        "PACTBOARD_PORT": str(port),
        "LC_ALL": "C.UTF-8",
        "CI": "1",
    }


@contextmanager
def running_server(
    folder: Path, how: Way = "python", patience: float = 60, line: Sequence[str] = ()
) -> Iterator[Server]:
    """A server over the warehouse in `folder`, ready to answer; stopped as Ctrl-C stops it.

    Args:
        patience: seconds to wait until it answers.
        line: a command line instead of that of `how`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    log = folder / "server.log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            line or command(how, port),
            cwd=PROJECT,
            env=environment(folder, port),
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        base_url = f"http://127.0.0.1:{port}"
        link = _wait(process, base_url, log, patience)
        yield Server(base_url, link, folder, process, log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
            raise


def _wait(process: subprocess.Popen[str], base_url: str, log: Path, patience: float) -> str:
    """Wait until the server answers and has printed its link; the link."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        said = log.read_text(encoding="utf-8")
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}:\n{said}")
        found = re.search(r"http://\S+/signin\?key=\S+", said)
        try:
            if found and httpx.get(f"{base_url}/healthz").status_code == 200:
                return found[0]
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"the server did not answer within {patience} s:\n{log.read_text(encoding='utf-8')}")

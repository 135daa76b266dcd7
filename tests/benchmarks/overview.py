"""`python -m tests.benchmarks.overview`: reruns of the overview a second and the server's CPU each, with 4
and 200 open sessions: real websockets to the real server over the example. Beside it, as the floor, a page
that is a title alone, with the same menu and guard, and a script that does nothing."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.benchmarks.light_form import cpu_seconds, machine
from tests.serving import Server, running_server
from warehouse import open_warehouse
from warehouse.example import load_example

SESSIONS = (4, 200)
_BARE = (sys.executable, "-m", "tests.benchmarks.bare_page")
PAGES: dict[str, tuple[str, ...]] = {
    "a script that does nothing": (*_BARE, "nothing"),
    "a title alone": (*_BARE, "title"),
    "the overview": (),
}
_AT_ONCE = 4
_SETTLED_SECONDS = 3.0  # a server that has just started still loads what the first page needs
_BIGGEST = 64 * 1024 * 1024


class Tab:
    """A page open in a browser. As a browser does, it keeps the large parts of a page and says with each
    rerun which it has; those that stayed as they are come as a reference."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._kept: set[str] = set()

    async def rerun(self) -> float:
        """Run the page; seconds until all of it arrived. Raises RuntimeError when the script failed."""
        begun = time.perf_counter()
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        asked.rerun_script.cached_message_hashes.extend(self._kept)
        await self._socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(bytes(await self._socket.recv(decode=False)))
            if told.metadata.cacheable:
                self._kept.add(told.hash)
            if told.WhichOneof("type") == "script_finished":
                if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError("the page failed")
                return time.perf_counter() - begun


async def measure(server: Server, sessions: int, reruns: int) -> tuple[list[float], float, float]:
    """Open so many sessions and let four at a time rerun: seconds of each, of all, of the server's CPU."""
    link = f"{server.base_url}/signin?{urlsplit(server.link).query}"  # printed without a port by another app
    async with httpx.AsyncClient() as browser:
        cookie = "; ".join(f"{each}={value}" for each, value in (await browser.get(link)).cookies.items())
    address = server.base_url.replace("http", "ws", 1) + "/_stcore/stream"
    sockets = [
        await connect(
            address,
            additional_headers={"Cookie": cookie},
            subprotocols=["streamlit"],  # type: ignore[list-item] - a name of a protocol is a string
            max_size=_BIGGEST,
        )
        for _ in range(sessions)
    ]
    try:
        tabs = [Tab(socket) for socket in sockets]
        for tab in tabs:
            await tab.rerun()
        took: list[float] = []
        before, begun = cpu_seconds(server.process.pid), time.perf_counter()

        async def visitor(place: int) -> None:
            for number in range(place, reruns, _AT_ONCE):
                took.append(await tabs[number % len(tabs)].rerun())

        await asyncio.gather(*(visitor(place) for place in range(_AT_ONCE)))
        return took, time.perf_counter() - begun, cpu_seconds(server.process.pid) - before
    finally:
        for socket in sockets:
            await socket.close()


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reruns", type=int, default=400)
    asked = parser.parse_args()
    print(f"{machine()}, load average {os.getloadavg()[0]:.1f}\n")
    print("| page | sessions | CPU ms/rerun | reruns/s | p50 ms | longest ms |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="pactboard-benchmark-") as name:
        folder = Path(name)
        with closing(open_warehouse(folder / "pactboard.duckdb")) as house:
            load_example(house, lambda share, words: None)
        for page, line in PAGES.items():
            with running_server(folder, line=line) as server:
                time.sleep(_SETTLED_SECONDS)
                for sessions in SESSIONS:
                    took, elapsed, cpu = asyncio.run(measure(server, sessions, asked.reruns))
                    ordered = sorted(took)
                    print(
                        f"| {page} | {sessions} | {cpu / len(took) * 1000:.1f} | {len(took) / elapsed:.0f} | "
                        f"{ordered[len(ordered) // 2] * 1000:.0f} | {ordered[-1] * 1000:.0f} |",
                        flush=True,
                    )
    print(f"\nLoad average now {os.getloadavg()[0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

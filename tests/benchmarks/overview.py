"""`python -m tests.benchmarks.overview`: reruns of the overview a second and the server's CPU each, with 4
and 200 open sessions: real websockets to the real server over the example."""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.benchmarks.light_form import cpu_seconds, machine
from tests.serving import Server, running_server
from warehouse import open_warehouse
from warehouse.example import load_example

SESSIONS = (4, 200)
_AT_ONCE = 4
_BIGGEST = 64 * 1024 * 1024


class Tab:
    """A page open in a browser; `seconds` are those of each rerun, from asking to the end of the script."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def rerun(self) -> float:
        """Run the page; seconds until all of it arrived. Raises RuntimeError when the script failed."""
        begun = time.perf_counter()
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        await self._socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(bytes(await self._socket.recv(decode=False)))
            if told.WhichOneof("type") == "script_finished":
                if told.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError("the page failed")
                return time.perf_counter() - begun


async def measure(server: Server, link: str, sessions: int, reruns: int) -> tuple[list[float], float, float]:
    """Open so many sessions and let four at a time rerun: seconds of each, of all, of the server's CPU."""
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
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reruns", type=int, default=200)
    asked = parser.parse_args()
    print(f"{machine()}, load average {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="pactboard-benchmark-") as name:
        folder = Path(name)
        with closing(open_warehouse(folder / "pactboard.duckdb")) as house:
            load_example(house, lambda share, words: None)
        with running_server(folder) as server:
            for sessions in SESSIONS:
                took, elapsed, cpu = asyncio.run(measure(server, server.link, sessions, asked.reruns))
                ordered = sorted(took)
                print(
                    f"{sessions} sessions: {len(took) / elapsed:.1f} reruns a second, "
                    f"{cpu / len(took) * 1000:.1f} ms of the server's CPU each, "
                    f"p50 {ordered[len(ordered) // 2] * 1000:.0f} ms, longest {ordered[-1] * 1000:.0f} ms",
                    flush=True,
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())

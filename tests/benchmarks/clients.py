"""Respondents of a form as processes of their own, so that their work is not counted as the server's."""

import asyncio
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from survey import new_response_id

Kind = Literal["post", "visit"]
"""post: the sheet is sent; visit: the form is opened, the sheet sent, the receipt opened."""

FORM = "/s/customer-satisfaction"
_MOST_PROCESSES = 2
_WARM_UP = 1.0  # seconds
_PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Load:
    """What the clients saw: seconds of each response that was acknowledged, how many were refused, seconds
    from the first to the last."""

    seconds: tuple[float, ...]
    refused: int
    elapsed: float

    @property
    def per_second(self) -> float:
        """Responses acknowledged a second."""
        return len(self.seconds) / self.elapsed

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the responses was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000


def run(
    port: int, kind: Kind, clients: int, seconds: float, at_start: Callable[[], None]
) -> tuple[Load, int]:
    """Answer for that long, each client one response after the other; `at_start` is called once all clients
    are warm, and what comes after it is the load. Also how many were acknowledged before that."""
    processes = min(clients, _MOST_PROCESSES)
    context = multiprocessing.get_context("spawn")
    start, results = context.Barrier(processes + 1), context.SimpleQueue()
    shares = [clients // processes + (number < clients % processes) for number in range(processes)]
    working = [
        context.Process(target=_process, args=(port, kind, share, seconds, start, results))
        for share in shares
    ]
    for each in working:
        each.start()
    start.wait(_PATIENCE)
    at_start()
    found = [results.get() for _ in working]
    for each in working:
        each.join()
    took = tuple(second for load, _ in found for second in load.seconds)
    refused, elapsed = sum(load.refused for load, _ in found), max(load.elapsed for load, _ in found)
    return Load(took, refused, elapsed), sum(warm for _, warm in found)


def _process(
    port: int,
    kind: Kind,
    clients: int,
    seconds: float,
    start: Barrier,
    results: "SimpleQueue[tuple[Load, int]]",
) -> None:
    async def work() -> tuple[Load, int]:
        everybody = [_Client(await Connection.opened(port), kind) for _ in range(clients)]
        await asyncio.gather(*(client.answer(_WARM_UP) for client in everybody))
        warm = sum(len(client.took) for client in everybody)
        for client in everybody:
            client.took.clear()
        await asyncio.to_thread(start.wait, _PATIENCE)
        started = time.perf_counter()
        await asyncio.gather(*(client.answer(seconds) for client in everybody))
        elapsed = time.perf_counter() - started
        took = tuple(second for client in everybody for second in client.took)
        return Load(took, sum(client.refused for client in everybody), elapsed), warm

    results.put(asyncio.run(work()))


class Connection:
    """One connection to the server that is kept open; what is sent over it costs next to nothing, so that the
    server is measured and not the client."""

    def __init__(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._host = f"127.0.0.1:{port}"
        self._reader, self._writer = reader, writer

    @classmethod
    async def opened(cls, port: int) -> "Connection":
        """A new connection. Raises OSError."""
        return cls(port, *await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, dict[str, str]]:
        """The status and the headers of the answer, names in lower case. Raises OSError and
        asyncio.IncompleteReadError when the connection breaks."""
        head = [f"{method} {path} HTTP/1.1", f"Host: {self._host}"]
        if body:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        self._writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await self._writer.drain()
        answer = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        said = dict(line.split(": ", 1) for line in answer[1:] if ": " in line)
        headers = {name.lower(): value for name, value in said.items()}
        await self._reader.readexactly(int(headers.get("content-length", "0")))
        return int(answer[0].split(" ")[1]), headers

    def close(self) -> None:
        """Use it no more."""
        self._writer.close()


class _Client:
    """One respondent after the other over one connection. `took` are the seconds of each response."""

    def __init__(self, connection: Connection, kind: Kind) -> None:
        self._connection, self._kind = connection, kind
        self.took: list[float] = []
        self.refused = 0

    async def answer(self, seconds: float) -> None:
        """Give one response after the other for that long."""
        end = time.perf_counter() + seconds
        while (started := time.perf_counter()) < end:
            if await self._response():
                self.took.append(time.perf_counter() - started)
            else:
                self.refused += 1

    async def _response(self) -> bool:
        if self._kind == "visit":
            await self._connection.ask("GET", FORM)
        status, headers = await self._connection.ask("POST", FORM, sheet())
        if self._kind == "post" or status != 303:
            return status == 303
        return (await self._connection.ask("GET", headers["location"]))[0] == 200


def sheet(response_id: UUID | None = None) -> bytes:
    """A whole answer sheet of the built-in survey, with an id of its own unless one is given."""
    fields = {
        "_id": str(response_id or new_response_id()),
        "_version": "1",
        "_language": "zh",
        "overall": "5",
        "recommend": "9",
        "ease": "6",
        "touchpoint": "after",
        "comment": "服务人员很耐心，问题当天就解决了。",
    }
    return urlencode(fields).encode()

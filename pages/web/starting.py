"""Starting and stopping: what every server does around the app, and the server of `python dashboard.py`."""

import asyncio
import logging
import os
import socket
import sys
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import uvicorn
from anyio import to_thread
from starlette.types import ASGIApp
from streamlit import config

import warehouse
from contract import load_statistics
from pages.web.housekeeping import keep_house
from pages.web.log_lines import start_log, stop_log
from pages.web.terminal import complain, refusal, say, warehouse_refusal
from warehouse.access import link_key
from warehouse.scorecard import scorecard
from warehouse.settings import port as chosen_port

_BACKLOG = 2048
_FIRST_SECONDS = 0.1  # for those who wait for the start, such as a balancer asking for /healthz
_PATIENCE_SECONDS = 5
_TEXT_BROWSERS = {"www-browser", "links", "elinks", "lynx", "w3m"}
_WITHOUT_DESKTOP = ("CI", "SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")


@asynccontextmanager
async def lifespan(app: object) -> AsyncIterator[None]:
    """Open the warehouse and print the signed-in link before the first request; close it after the last."""
    # An access log would keep addresses of people, keys of links and ids of responses.
    logging.getLogger("uvicorn.access").disabled = True
    journal = start_log()
    house = await to_thread.run_sync(warehouse.serving)
    say(
        "\nPactboard is running. Open this signed-in link, and keep it to yourself:\n\n    {link}\n\n"
        "Ctrl-C stops the server.\n",
        link=_link(_port()),
    )
    housekeeping = asyncio.create_task(keep_house())
    stopping = threading.Event()
    warming = asyncio.create_task(asyncio.to_thread(_warm_up, house, stopping))
    try:
        yield
    finally:
        stopping.set()
        housekeeping.cancel()
        with suppress(asyncio.CancelledError):
            await housekeeping
        await asyncio.wait([warming])  # it may be reading the warehouse
        warehouse.close_serving()
        stop_log(journal)


def _warm_up(house: warehouse.Warehouse, stopping: threading.Event) -> None:
    """What a start leaves out, so that nobody waits for it on the first page: it takes a second or two."""
    if stopping.wait(_FIRST_SECONDS):
        return
    load_statistics()
    if not stopping.is_set():
        with suppress(warehouse.WarehouseError):  # whoever opens the page is told
            scorecard(house)


def serve(app: ASGIApp) -> int:
    """Run the app in this process until Ctrl-C; the exit code, 1 when it could not start."""
    try:
        port = chosen_port()
    except ValueError as error:
        complain(refusal("port-setting", "The port cannot be used: {reason}.", reason=error))
        return 1
    address = config.get_option("server.address") or "127.0.0.1"
    try:
        listener = _listen(address, port)
    except OSError as error:
        complain(
            refusal(
                "port-in-use",
                "Port {port} of {address} cannot be opened ({reason}). If Pactboard is running already, use "
                "its page; else choose another port: PACTBOARD_PORT={other} python dashboard.py",
                port=port,
                address=address,
                reason=error.strerror,
                other=port + 1 if port < 65535 else port - 1,
            )
        )
        return 1
    with listener:
        try:
            warehouse.serving()
        except warehouse.WarehouseError as error:
            complain(warehouse_refusal(error))
            return 1
        config.set_option("server.port", port)
        if _desktop():
            # The socket listens already, so the browser's request waits for the server.
            threading.Thread(target=_open_browser, args=(_link(port),), daemon=True).start()
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                ws="websockets-sansio",
                timeout_graceful_shutdown=_PATIENCE_SECONDS,
            )
        )
        # uvicorn raises Ctrl-C again once it has stopped; a run has been seen to return without that.
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])
        say("Pactboard has stopped.")
    return 0


def _listen(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # asyncio turns Nagle's delay off only for sockets that name their protocol; it costs 40 ms a rerun.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name != "nt":  # on Windows the option would let two servers share a port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(_BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _port() -> int | None:
    """The port that the server in charge listens on; None when a server is in charge that we do not know."""
    program = Path(sys.argv[0])
    if program.stem == "uvicorn" or program.parent.name == "uvicorn":
        # uvicorn tells its app no port before the first request: read its command line as it does.
        context = uvicorn.main.make_context(
            "uvicorn", sys.argv[1:], auto_envvar_prefix="UVICORN", resilient_parsing=True
        )
        return int(context.params["port"])
    return int(config.get_option("server.port")) if program.name == "dashboard.py" else None


def _link(port: int | None) -> str:
    return f"http://127.0.0.1{f':{port}' if port else ''}/signin?key={link_key('operator')}"


def _desktop() -> bool:
    """Whether somebody sits before this machine with windows on the screen."""
    if any(os.environ.get(name) for name in _WITHOUT_DESKTOP):
        return False
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def _open_browser(link: str) -> None:
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    # A browser in text mode would take the terminal.
    if Path(getattr(browser, "name", "")).name not in _TEXT_BROWSERS:
        browser.open(link)

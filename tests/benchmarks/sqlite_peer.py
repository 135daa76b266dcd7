"""The simplest thing people would write instead: a bare Starlette app that appends each sheet to SQLite and
answers after the commit is on the disk. It checks nothing and counts nothing."""

import json
import os
import sqlite3
import threading

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

_connection = sqlite3.connect(os.environ["PEER_FILE"], check_same_thread=False, isolation_level=None)
_connection.execute("PRAGMA journal_mode = WAL")
_connection.execute("PRAGMA synchronous = FULL")
_connection.execute("CREATE TABLE IF NOT EXISTS response (id TEXT PRIMARY KEY, answers TEXT NOT NULL)")
_lock = threading.Lock()


def _append(response_id: str, answers: str) -> None:
    with _lock:
        _connection.execute("INSERT OR IGNORE INTO response VALUES (?, ?)", (response_id, answers))


async def take(request: Request) -> Response:
    async with request.form() as form:
        answers = {key: str(value) for key, value in form.items()}
    await to_thread.run_sync(_append, answers["_id"], json.dumps(answers, ensure_ascii=False))
    return RedirectResponse("/thanks", 303)


app = Starlette(routes=[Route("/s/customer-satisfaction", take, methods=["POST"])])

"""Asks the server that has the warehouse open to make the backup: signs in by the secret beside the file, as
the operator's link does."""

import json
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from warehouse.access import link_key
from warehouse.backup.problems import backup_error
from warehouse.problems import Problem, WarehouseError

_PATIENCE_SECONDS = 3600.0
_SIGN_IN_SECONDS = 10.0


def ask_server(warehouse_file: Path, address: str) -> Path:
    """Have the server at that address make a backup; the path of the copy, in its folder of backups.

    Raises WarehouseError: "backup-server" when it does not answer or is not that of this warehouse, and what
    the server could not do.
    """
    where = str(warehouse_file)
    try:
        cookie = _sign_in(address)
        status, body = _post(address, "/backup", cookie, _PATIENCE_SECONDS)
        _post(address, "/signout", cookie, _SIGN_IN_SECONDS)
        answer = json.loads(body)
        if status != 201:
            told = Problem(
                str(answer["code"]), str(answer["where"]), str(answer["what"]), str(answer["todo"])
            )
            raise WarehouseError(told)
        copy = Path(str(answer["copy"]))
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
        raise backup_error("backup-server", where, address=address) from error
    if copy.parent.parent != warehouse_file.parent:
        raise backup_error("backup-server", where, address=address)
    return copy


def _sign_in(address: str) -> str:
    connection = _connect(address, _SIGN_IN_SECONDS)
    try:
        connection.request("GET", f"/signin?key={link_key('operator')}")
        answer = connection.getresponse()
        answer.read()
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
    finally:
        connection.close()
    if answer.status != 303 or not cookie:
        raise ValueError("not signed in")
    return cookie


def _post(address: str, path: str, cookie: str, seconds: float) -> tuple[int, bytes]:
    connection = _connect(address, seconds)
    try:
        connection.request("POST", path, headers={"Cookie": cookie, "Content-Length": "0"})
        answer: HTTPResponse = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _connect(address: str, seconds: float) -> HTTPConnection:
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return kind(parts.netloc, timeout=seconds)

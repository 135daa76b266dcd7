"""The log for machines: a JSON object a line, where the setting PACTBOARD_LOG names a file, or `-` for
standard error.

A line holds what happened, never what somebody wrote: no answer, token, key, member, address or query. Of an
error it has the kind and where in the code it was raised, not its message, which may quote values.
"""

import json
import logging
import os
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path

SETTING = "PACTBOARD_LOG"
FIELDS = ("method", "route", "status", "ms", "codes")
ROOMS = ("warehouse", "pages", "survey", "contract")
_PRIVATE = 0o600
_FRAMES = 5
request_id: ContextVar[str] = ContextVar("request_id", default="")


class JsonLines(logging.Formatter):
    """`at` (ISO 8601, UTC), `level`, `logger`, `message`; `request` within one, and `FIELDS` at its end;
    `error` and `raised_at` (at most `_FRAMES` places, the innermost first) where something was raised."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            # Others than our own may put anything into their messages, values too.
            "message": record.getMessage() if _is_ours(record.name) else str(record.msg).split("\n")[0],
        }
        if found := request_id.get():
            line["request"] = found
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-_FRAMES:]
            line["raised_at"] = [f"{Path(each.filename).name}:{each.lineno}" for each in reversed(frames)]
        return json.dumps(line, ensure_ascii=False)


def start_log() -> logging.Handler | None:
    """Write the log from now on, if the setting asks for it; the handler, for `stop_log`. Raises OSError."""
    named = os.environ.get(SETTING, "").strip()
    if not named:
        return None
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if named != "-":
        path = Path(named).expanduser()
        path.touch(_PRIVATE)
        handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    for room in ROOMS:
        logging.getLogger(room).setLevel(logging.INFO)
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Write it no more."""
    if handler:
        logging.getLogger().removeHandler(handler)
        handler.close()
        for room in ROOMS:
            logging.getLogger(room).setLevel(logging.NOTSET)


def _is_ours(logger: str) -> bool:
    return logger.split(".")[0] in ROOMS

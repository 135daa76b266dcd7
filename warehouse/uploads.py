"""Files given as answers: kept at once, before their response is stored, and erased when it never is.

A file belongs to one question of one response: no other response can refer to it. What no stored response
and no form saved for later refers to is erased a day after it was taken."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from survey import Problem, Upload
from survey.uploading import no_room, too_many
from warehouse.calendar import to_stored, utc_now
from warehouse.memory import PerWarehouse
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

MOST_FILES = 20
"""How many files are taken for one response, those replaced by another one among them."""

MOST_BYTES = 2_000_000_000
"""How many bytes of files are kept for one survey."""

LIFE = timedelta(days=1)
# Whoever was told that a file is there has this long to send the form before it is erased.
_GRACE = timedelta(hours=1)

# One file at a time asks to be written: a response, which waits for its turn too, never waits for two.
_turns = PerWarehouse(lambda warehouse: threading.Lock())


class NoRoom(Exception):
    """A file cannot be kept; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a stored response, with its bytes."""

    name: str
    media_type: str
    content: bytes


def keep_upload(
    warehouse: "Warehouse", survey: str, response_id: UUID, question: str, upload: Upload, content: bytes
) -> None:
    """Keep a file for that question of that response; it is there when this returns.

    Raises NoRoom, "upload-too-many" when the response has sent `MOST_FILES` and "upload-no-room" when the
    survey holds `MOST_BYTES`; and the errors of `Warehouse.transaction`."""
    key = {"response_id": response_id, "survey": survey}
    row = {
        **key,
        "question": question,
        "sha256": upload.sha256,
        "name": upload.name,
        "media_type": upload.type,
        "size": upload.size,
        "recorded_at": to_stored(utc_now()),
        "content": content,
    }
    with _turns(warehouse), warehouse.transaction() as cursor:
        files, size = cursor.execute(sql("uploads/room"), key).fetchall()[0]
        if files >= MOST_FILES:
            raise NoRoom(too_many(question, MOST_FILES))
        if size + upload.size > MOST_BYTES:
            raise NoRoom(no_room(question))
        cursor.execute(sql("uploads/insert"), row)


def given_uploads(warehouse: "Warehouse", response_id: UUID) -> Mapping[tuple[str, str], Upload]:
    """(question, SHA-256) -> the file, of all that were given for this response and are still there."""
    now = utc_now()
    rows = warehouse.read("uploads/given", response_id=response_id, since=now - LIFE, now=now)
    return {(question, sha256): Upload(sha256, *rest) for question, sha256, *rest in rows}


def stored_file(warehouse: "Warehouse", response_id: UUID, question: str) -> StoredFile | None:
    """The file with which a stored response answers that question; None when there is none."""
    rows = warehouse.read("uploads/content", response_id=response_id, question=question)
    return StoredFile(str(rows[0][0]), str(rows[0][1]), bytes(rows[0][2])) if rows else None


def erase_uploads(warehouse: "Warehouse") -> None:
    """Erase the files to which nothing refers and whose day is over."""
    now = utc_now()
    times = {"before": to_stored(now - LIFE - _GRACE), "now": to_stored(now - _GRACE)}
    with warehouse.transaction() as cursor:
        cursor.execute(sql("uploads/erase_unreferred"), times)

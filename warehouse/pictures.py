"""The pictures of questionnaires: kept by what they hold, named once, served to everybody."""

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from survey import Questionnaire
from warehouse.calendar import to_stored, utc_now
from warehouse.memory import PerWarehouse
from warehouse.picture_files import PictureRefused, picture_file
from warehouse.problems import Problem, WarehouseError
from warehouse.sql import sql

if TYPE_CHECKING:
    from warehouse.database import Warehouse

MOST_BYTES = 300_000
MOST_PIXELS = 4_000  # a side

# code -> (what, what to do); every text stands in locale/<language>/pictures.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "picture-unreadable": (
        "The file is no PNG, JPEG or WebP picture.",
        "Save it as one of these.",
    ),
    "picture-large": (
        "The picture has {size} KB and {width} × {height} pixels; at most {most} KB and {side} a side.",
        "Make it smaller: phones show it 390 pixels wide.",
    ),
    "picture-unasked": (
        "The questionnaire {questionnaire} shows no picture {name}; it shows: {known}.",
        "Give the file one of these names, or name it in a question of the next version.",
    ),
    "picture-taken": (
        "The questionnaire {questionnaire} has another picture {name} already.",
        "A published picture stays: give this one another name, and name it in the next version.",
    ),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a question shows: where it is served, and its size in pixels."""

    sha256: str
    width: int
    height: int

    @property
    def path(self) -> str:
        """Its address on this server; what it holds never changes."""
        return f"/picture/{self.sha256}"


@dataclass(slots=True)
class _Known:
    """What was read already: names are added here alone and never change."""

    pictures: dict[tuple[str, str], Picture] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


_known = PerWarehouse(lambda warehouse: _Known())


def pictures(warehouse: "Warehouse", questionnaire: str) -> dict[str, Picture]:
    """Name of the file -> picture, of all that this questionnaire has."""
    known = _known(warehouse)
    with known.lock:
        if known.pictures is None:
            rows = warehouse.read("pictures/names")
            known.pictures = {(asked, name): Picture(*rest) for asked, name, *rest in rows}
        return {name: picture for (asked, name), picture in known.pictures.items() if asked == questionnaire}


def missing_pictures(warehouse: "Warehouse", questionnaire: Questionnaire) -> tuple[str, ...]:
    """The names of pictures that its questions show and that are not there: only their texts are shown."""
    there = pictures(warehouse, questionnaire.slug)
    return tuple(name for name in shown_pictures(questionnaire) if name not in there)


def shown_pictures(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The names of the pictures that its questions show, each once."""
    return tuple(dict.fromkeys(question.image for question in questionnaire.questions if question.image))


def add_picture(warehouse: "Warehouse", questionnaire: Questionnaire, name: str, content: bytes) -> Picture:
    """Keep a picture under the name by which the questionnaire shows it; doing it again changes nothing.

    Raises WarehouseError with a code of WORDINGS."""
    asked = shown_pictures(questionnaire)
    values = {"questionnaire": questionnaire.slug, "name": name}
    if name not in asked:
        raise _refusal("picture-unasked", name, **values, known=", ".join(asked) or "–")
    try:
        found = picture_file(content)
    except PictureRefused:
        raise _refusal("picture-unreadable", name) from None
    if len(content) > MOST_BYTES or max(found.width, found.height) > MOST_PIXELS:
        size = {"size": -(-len(content) // 1000), "width": found.width, "height": found.height}
        raise _refusal("picture-large", name, **size, most=MOST_BYTES // 1000, side=MOST_PIXELS)
    made = Picture(hashlib.sha256(content).hexdigest(), found.width, found.height)
    before = pictures(warehouse, questionnaire.slug).get(name)
    if before is not None:
        if before.sha256 != made.sha256:
            raise _refusal("picture-taken", name, **values)
        return before
    _keep(warehouse, made, found.media_type, content, values)
    return made


def picture_content(warehouse: "Warehouse", sha256: str) -> tuple[str, bytes] | None:
    """Media type and bytes of the picture with that SHA-256, or None."""
    rows = warehouse.read("pictures/content", sha256=sha256)
    return (str(rows[0][0]), bytes(rows[0][1])) if rows else None


def _keep(
    warehouse: "Warehouse", made: Picture, media_type: str, content: bytes, values: Mapping[str, str]
) -> None:
    known = _known(warehouse)
    with known.lock, warehouse.transaction() as cursor:
        if not cursor.execute(sql("pictures/is_there"), {"sha256": made.sha256}).fetchone():
            size = {"sha256": made.sha256, "width": made.width, "height": made.height}
            cursor.execute(sql("pictures/insert"), {**size, "media_type": media_type, "content": content})
        now = to_stored(utc_now())
        cursor.execute(sql("pictures/insert_name"), {**values, "sha256": made.sha256, "recorded_at": now})
        known.pictures = None


def _refusal(code: str, where: str, **values: object) -> WarehouseError:
    what, todo = WORDINGS[code]
    return WarehouseError(Problem(code, where, what, todo, values))

"""PNG, JPEG and WebP by their own bytes: what a file is and how large its picture is, nothing decoded."""

from dataclasses import dataclass
from typing import Literal

_PNG = b"\x89PNG\r\n\x1a\n"
# Start of frame, of every kind but those that are no picture (DHT, JPG, DAC).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # markers without a length


class PictureRefused(Exception):
    """The bytes are no such picture."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """The media type, and the size in pixels."""

    media_type: str
    width: int
    height: int


def picture_file(content: bytes) -> PictureFile:
    """What the file is. Raises PictureRefused for anything else, and for a size of nothing."""
    try:
        if content.startswith(_PNG) and content[12:16] == b"IHDR":
            found = PictureFile("image/png", *_two(content, 16, 4, "big"))
        elif content.startswith(b"\xff\xd8\xff"):
            found = PictureFile("image/jpeg", *_jpeg(content))
        elif content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            found = PictureFile("image/webp", *_webp(content))
        else:
            raise PictureRefused
    except IndexError:
        raise PictureRefused from None
    if not (found.width and found.height):
        raise PictureRefused
    return found


def _two(content: bytes, at: int, size: int, order: Literal["big", "little"]) -> tuple[int, int]:
    """Two whole numbers of that many bytes, one after the other."""
    if len(content) < at + 2 * size:
        raise PictureRefused
    first, second = content[at : at + size], content[at + size : at + 2 * size]
    return int.from_bytes(first, order), int.from_bytes(second, order)


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while True:
        if content[at] != 0xFF:
            raise PictureRefused
        while content[at] == 0xFF:
            at += 1
        marker = content[at]
        at += 1
        if marker in _FRAMES:
            height, width = _two(content, at + 3, 2, "big")
            return width, height
        if marker not in _ALONE:
            length = int.from_bytes(content[at : at + 2], "big")
            if length < 2:
                raise PictureRefused
            at += length


def _webp(content: bytes) -> tuple[int, int]:
    """RFC 9649: lossy, lossless or extended."""
    kind = content[12:16]
    if kind == b"VP8 ":
        width, height = _two(content, 26, 2, "little")
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L" and content[20] == 0x2F:
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        width, height = _two(content, 24, 3, "little")
        return width + 1, height + 1
    raise PictureRefused

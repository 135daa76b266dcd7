"""QR codes of links: black on white with the quiet zone that readers need, as a picture or for print."""

import io
from typing import Literal

import segno

Kind = Literal["png", "svg"]

# 20 pixels a module: a code of 33 modules is 820 pixels wide, 7 cm at 300 dots an inch.
_PIXELS = {"png": 20, "svg": 8}
_QUIET_ZONE = 4


def code_name(number: int) -> str:
    """The file of a QR code: by the link's place, since a member's number may be no name for a file."""
    return f"{number:06d}.svg"


def qr_code(link: str, kind: Kind) -> bytes:
    """The code of that link, correcting 15 % of damage (level M, ISO/IEC 18004), as a file of that kind."""
    image = io.BytesIO()
    # Light squares are white, not clear: a code must be read on a dark page too.
    segno.make(link, error="m").save(image, kind=kind, scale=_PIXELS[kind], border=_QUIET_ZONE, light="white")
    return image.getvalue()

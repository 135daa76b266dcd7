"""Reads a JSON body within limits and without guessing: what parsers disagree about is refused by name."""

import json
import math
import re
from decimal import Decimal
from typing import NoReturn

from starlette.requests import Request

from pages.web.api.problems import Fault, Refused

MAX_BYTES = 64 * 1024
DEEPEST = 8
_LONGEST_NUMBER = 40
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


async def read_json(request: Request, most: int = MAX_BYTES, too_large: str = "body-too-large") -> object:
    """The body as dict, list, str, int, Decimal, bool or None.

    Raises Refused: 413 over `most` bytes, with the code `too_large`, 415 another content type, 400 for what
    is no JSON, not UTF-8, nested too deep, and for duplicate keys, NaN, Infinity and huge numbers.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" or "content-encoding" in request.headers:
        raise Refused(415, Fault("body-not-json-type", "Content-Type"))
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refused(413, Fault(too_large, "", {"limit": most}))
    return parse(bytes(body))


def parse(body: bytes) -> object:
    """The value of a JSON text; raises Refused as `read_json` does."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        _refuse("json-not-utf8")
    if _depth(text) > DEEPEST:
        _refuse("json-too-deep", limit=DEEPEST)
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=lambda constant: _refuse("json-not-a-number", constant=constant),
        )
    except json.JSONDecodeError as error:
        _refuse("json-malformed", line=error.lineno, column=error.colno)


def as_written(value: object) -> str:
    """A JSON value that is no object and no list as somebody would write it in a file."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f}"
        case _:
            return str(value)


def _depth(text: str) -> int:
    """How deep objects and lists are nested; text that is no JSON only counts too deep, never too flat."""
    deepest = depth = 0
    for sign in _STRING.sub("", text):
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            _refuse("json-key-twice", key[:100])
        found[key] = value
    return found


def _integer(digits: str) -> int:
    return int(digits) if _usual(digits) else _refuse("json-number-huge", limit=_LONGEST_NUMBER)


def _decimal(digits: str) -> Decimal:
    return Decimal(digits) if _usual(digits) else _refuse("json-number-huge", limit=_LONGEST_NUMBER)


def _usual(digits: str) -> bool:
    return len(digits) <= _LONGEST_NUMBER and math.isfinite(float(digits))


def _refuse(code: str, where: str = "", **values: object) -> NoReturn:
    raise Refused(400, Fault(code, where, values))

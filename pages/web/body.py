"""Reads a posted form within limits: bytes, fields and repeats are bounded before a value is looked at."""

from urllib.parse import parse_qsl

from starlette.requests import Request

MAX_BYTES = 64 * 1024
MAX_FIELDS = 200


class BodyRefused(Exception):
    """The body cannot be read as one of our forms; `status` is the HTTP status to answer with."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def read_form(request: Request) -> dict[str, str]:
    """Field name -> value of a urlencoded body.

    Bytes that are not UTF-8 come out as lone surrogates, for the validator to refuse by name; line ends come
    out as LF, as the browser counts them.

    Raises:
        BodyRefused: 413 over 64 KB, 415 another content type, 400 too many fields or a field with two values.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BodyRefused(415)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            raise BodyRefused(413)
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "surrogateescape"),
            keep_blank_values=True,
            max_num_fields=MAX_FIELDS,
            errors="surrogateescape",
        )
    except ValueError as error:
        raise BodyRefused(400) from error
    values: dict[str, str] = {}
    for name, value in pairs:
        text = value.replace("\r\n", "\n")
        if values.setdefault(name, text) != text:
            raise BodyRefused(400)
    return values


def printable(text: str) -> str:
    """`text` with every lone surrogate replaced by U+FFFD, so that it can be shown and encoded."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")

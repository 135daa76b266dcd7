"""Reads a form with files as it arrives: never more of a file in memory than its question takes."""

from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

FILE = "_file_"
"""Before the code of its question in the name under which a file is sent."""

MOST_READ = 200_000_000
"""How many bytes of files too large are read past, so that what was typed beside them is not lost."""

_MOST_NAME = 1_000


class NotMultipart(Exception):
    """The body is no whole form; `is_large` when it has more than may be read."""

    def __init__(self, *, is_large: bool = False) -> None:
        super().__init__()
        self.is_large = is_large


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: the name its sender gives it, its size in bytes, and what it holds; nothing of
    one that is larger than its question takes."""

    name: str
    size: int
    content: bytes


class Parts:
    """The parts of one body. `pairs` are the fields, bytes that are not UTF-8 as lone surrogates; `files`
    those of the questions in `largest`, question code -> the most bytes of its file."""

    def __init__(self, largest: Mapping[str, int], most_bytes: int, most_parts: int) -> None:
        self.pairs: list[tuple[str, str]] = []
        self.files: dict[str, SentFile] = {}
        self._largest, self._room, self._parts = largest, most_bytes, most_parts
        self._is_whole = False
        self._begin()

    async def read(self, content_type: str, stream: AsyncIterable[bytes]) -> None:
        """Read the whole body. Raises NotMultipart."""
        boundary = parse_options_header(content_type)[1].get(b"boundary")
        if not boundary:
            raise NotMultipart
        left = MOST_READ + self._room
        try:
            parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._on_header_name,
                    "on_header_value": self._on_header_value,
                    "on_header_end": self._on_header_end,
                    "on_headers_finished": self._on_headers,
                    "on_part_data": self._on_data,
                    "on_part_end": self._on_end,
                    "on_end": self._on_whole,
                },
            )
            async for chunk in stream:
                left -= len(chunk)
                if left < 0:
                    raise NotMultipart(is_large=True)
                parser.write(chunk)
            parser.finalize()
        except MultipartParseError:
            raise NotMultipart from None
        if not self._is_whole:
            raise NotMultipart

    def _begin(self) -> None:
        self._header_name = self._header_value = b""
        self._name = ""
        self._filename: str | None = None
        self._data = bytearray()
        self._size, self._most = 0, 0

    def _on_header_name(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _on_header_end(self) -> None:
        if self._header_name.lower() == b"content-disposition":
            said = parse_options_header(self._header_value)[1]
            self._name = _text(said.get(b"name", b""))
            # Browsers write a quotation mark in a name as %22.
            named = said.get(b"filename")
            self._filename = None if named is None else _text(named).replace("%22", '"')
        self._header_name = self._header_value = b""

    def _on_headers(self) -> None:
        self._parts -= 1
        if self._parts < 0 or len(self._name) > _MOST_NAME:
            raise NotMultipart
        if self._filename is not None:
            self._most = self._largest.get(self._name.removeprefix(FILE), 0) if FILE in self._name else 0

    def _on_data(self, data: bytes, start: int, end: int) -> None:
        self._size += end - start
        if self._filename is None:
            self._room -= end - start
            if self._room < 0:
                raise NotMultipart(is_large=True)
            self._data += data[start:end]
        elif self._size <= self._most:
            self._data += data[start:end]
        else:
            self._data.clear()

    def _on_end(self) -> None:
        if self._filename is None:
            self.pairs.append((self._name, _text(bytes(self._data))))
        elif self._most and (self._filename or self._size):
            # A browser sends an empty part without a name where no file was chosen.
            code = self._name.removeprefix(FILE)
            self.files[code] = SentFile(self._filename[:_MOST_NAME], self._size, bytes(self._data))
        self._data = bytearray()

    def _on_whole(self) -> None:
        self._is_whole = True


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")

"""Bytes to text without ever guessing wrong in silence: a mark, UTF-8, UTF-16 and GB18030 are told apart or
refused."""

import codecs
import re

from warehouse.importing.problems import refused

# What other programs write under the name of a CSV, by first bytes.
_OTHER_KINDS = {
    b"PK\x03\x04": "XLSX or ZIP",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"%PDF": "PDF",
    b"PAR1": "Parquet",
    b"\x1f\x8b": "gzip",
}
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ONLY_MARKS = frozenset(mark for mark, _ in MARKS)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|table|\?xml|head|body|meta)", re.IGNORECASE)
_SEPARATORS = frozenset(b",;\t|\r\n")
_COMMON_CHINESE = (
    0.9  # the share of GB 2312 characters in real Chinese text is nearer 1; mojibake stays far below
)


def decode(content: bytes, encoding: str, name: str) -> tuple[str, str]:
    """The file's text without its byte order mark, and the encoding it was read in.

    `encoding` is "auto" or a codec's name; `name` is the file's name for messages. Raises ImportRefusedError
    for another kind of file, for bytes the encoding does not know (naming line and byte) and for NUL
    characters."""
    refuse_other_kinds(content, name)
    for mark, marked in MARKS:
        if content.startswith(mark):
            return _whole(content[len(mark) :], marked, name), marked
    if encoding != "auto":
        return _whole(content, encoding, name), encoding
    wide = wide_without_mark(content)
    if wide:
        return _whole(content, wide, name), wide
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        chinese = _chinese(content)
        if chinese is None:
            raise _undecodable(content, error, "utf-8", name) from error
        return _without_nul(chinese, name), "gb18030"
    return _without_nul(text, name), "utf-8"


def refuse_other_kinds(content: bytes, name: str) -> None:
    """Raises ImportRefusedError for the beginning of what is no text, and for nothing at all."""
    for start, kind in _OTHER_KINDS.items():
        if content.startswith(start):
            raise refused("file-not-csv", name, kind=kind)
    if _MARKUP.match(content.removeprefix(codecs.BOM_UTF8)[:500]):
        raise refused("file-not-csv", name, kind="HTML or XML")
    if content in _ONLY_MARKS or not content.strip():
        raise refused("file-empty", name)


def _whole(content: bytes, encoding: str, name: str) -> str:
    try:
        return _without_nul(content.decode(encoding), name)
    except UnicodeDecodeError as error:
        raise _undecodable(content, error, encoding, name) from error


def _undecodable(content: bytes, error: UnicodeDecodeError, encoding: str, name: str) -> Exception:
    line = content.count(b"\n", 0, error.start) + 1
    value = f"0x{content[error.start]:02X}"
    return refused(
        "file-encoding",
        name,
        row=line,
        byte=error.start + 1,
        value=value,
        encoding=named_encoding(encoding),
    )


def named_encoding(encoding: str) -> str:
    """The encoding as people write it."""
    return {"utf-8": "UTF-8"}.get(encoding, encoding)


def _without_nul(text: str, name: str) -> str:
    at = text.find("\0")
    if at >= 0:
        raise refused("file-nul", name, row=text.count("\n", 0, at) + 1)
    return text


def wide_without_mark(content: bytes) -> str | None:
    """UTF-16 by its separators: little endian has each at an even place with a zero behind it, big endian
    reversed."""
    head = content[:100_000]
    places = [at for at, byte in enumerate(head) if byte in _SEPARATORS]
    little = sum(at % 2 == 0 and head[at + 1 : at + 2] == b"\0" for at in places)
    big = sum(at % 2 == 1 and head[at - 1] == 0 for at in places)
    if max(little, big) * 2 <= len(places):
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _chinese(content: bytes) -> str | None:
    """The text read as GB18030, if it then is Chinese: Latin-1, Big5 or Shift-JIS often decode too, to rare
    signs."""
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return None
    foreign = "".join(char for char in text[:200_000] if ord(char) > 127)
    return text if is_common_chinese(foreign) else None


def is_common_chinese(foreign: str) -> bool:
    """Whether characters that are not ASCII are those of Chinese texts; False when there are none."""
    common = sum(_in_gb2312(char) for char in foreign)
    return bool(foreign) and common >= _COMMON_CHINESE * len(foreign)


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True

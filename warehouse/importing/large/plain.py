"""A text file of any size as UTF-8 on the disk: recognised and checked in one reading, copied only where it
is written otherwise."""

import codecs
import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from warehouse.importing.decoding import (
    MARKS,
    is_common_chinese,
    named_encoding,
    refuse_other_kinds,
    wide_without_mark,
)
from warehouse.importing.problems import ImportRefusedError, refused
from warehouse.importing.reading import STATED, csv_refusal
from warehouse.problems import Problem

BLOCK = 4 << 20
HEAD = 100_000
LONGEST_LINE = 16 << 20  # characters; a longer one has a cell that is refused anyway
_JUDGED = 200_000  # foreign characters looked at, to tell Chinese from what only decodes


@dataclass(frozen=True, slots=True)
class PlainText:
    """A `reading.Source` that is read from the disk again and again. `path` is UTF-8 without a mark and
    without a line that states the delimiter; `encoding` is what the file was written in."""

    name: str
    path: Path
    sha256: str
    encoding: str
    delimiter: str | None = None
    unread: Mapping[tuple[int, int], Problem] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()

    def records(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """See Source. Raises ImportRefusedError as `reading.Content` does."""
        number = 0
        try:
            with self.path.open(encoding="utf-8", newline="") as file:
                for record in csv.reader(self._lines(file), delimiter=delimiter, strict=True):
                    number += 1
                    if record or number == 1:
                        yield number, record
        except csv.Error as error:
            raise csv_refusal(error, self.name, number + 1) from error

    def _lines(self, file: TextIO) -> Iterator[str]:
        """One line without an end may be all of a hostile file: it is never held whole."""
        while line := file.readline(LONGEST_LINE):
            if len(line) == LONGEST_LINE:
                raise csv.Error("field larger than field limit")
            yield line


def make_plain(path: Path, name: str, encoding: str, copy: Path) -> PlainText:
    """The file as UTF-8: itself, or where it is not, the copy, which is written.

    Raises ImportRefusedError: "file-unreadable", "file-not-csv", "file-empty", "file-encoding",
    "file-nul"."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
        refuse_other_kinds(head, name)
        mark = next(((mark, marked) for mark, marked in MARKS if head.startswith(mark)), None)
        if mark:
            return _as_utf8(path, name, mark[1], copy, len(mark[0]))
        if encoding != "auto":
            return _as_utf8(path, name, encoding, copy)
        if wide := wide_without_mark(head):
            return _as_utf8(path, name, wide, copy)
        try:
            return _as_utf8(path, name, "utf-8", copy)
        except ImportRefusedError as error:
            if error.problems[0].code != "file-encoding" or not _is_chinese(path):
                raise
        return _as_utf8(path, name, "gb18030", copy)
    except OSError as error:
        raise refused("file-unreadable", name, reason=error.strerror or type(error).__name__) from error


def _as_utf8(path: Path, name: str, encoding: str, copy: Path, skip: int = 0) -> PlainText:
    """Read all of it. It is copied where it is in another encoding, begins with a mark, or states its
    delimiter."""
    stated: re.Match[str] | None = None
    digest, row = hashlib.sha256(), 1
    decoder = codecs.getincrementaldecoder(encoding)()
    out = copy.open("wb") if skip or encoding != "utf-8" else None
    at = 0
    try:
        with path.open("rb") as file:
            while True:
                block = file.read(BLOCK)
                digest.update(block)
                part = block[skip:] if at == 0 else block
                waiting = len(decoder.getstate()[0])
                try:
                    text = decoder.decode(part, final=not block)
                except UnicodeDecodeError as error:
                    raise _undecodable(
                        error, encoding, name, row, at + (skip if at == 0 else 0) - waiting
                    ) from error
                if (nul := text.find("\0")) >= 0:
                    raise refused("file-nul", name, row=row + text.count("\n", 0, nul))
                if at == 0 and (stated := STATED.match(text)):
                    text = text[stated.end() :]
                    out = out or copy.open("wb")
                if out:
                    out.write(text.encode())
                row += text.count("\n")
                at += len(block)
                if not block:
                    break
    finally:
        if out:
            out.close()
    delimiter = stated[1] if stated else None
    return PlainText(name, copy if out else path, digest.hexdigest(), encoding, delimiter)


def _undecodable(
    error: UnicodeDecodeError, encoding: str, name: str, row: int, before: int
) -> ImportRefusedError:
    """`row` and `before` are the row and the bytes before what the decoder was given."""
    return refused(
        "file-encoding",
        name,
        row=row + error.object.count(b"\n", 0, error.start),
        byte=before + error.start + 1,
        value=f"0x{error.object[error.start]:02X}",
        encoding=named_encoding(encoding),
    )


def _is_chinese(path: Path) -> bool:
    """Whether all of it reads as GB18030, and what is not ASCII in it as Chinese."""
    decoder = codecs.getincrementaldecoder("gb18030")()
    foreign = ""
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                text = decoder.decode(block)
                if len(foreign) < _JUDGED:
                    foreign += "".join(char for char in text if ord(char) > 127)[:_JUDGED]
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return is_common_chinese(foreign)

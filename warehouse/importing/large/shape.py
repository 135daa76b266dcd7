"""Whether a text file is written so regularly that every reader of CSV reads it alike; then the engine may
read it, and its rows are counted before. Also whether any cell has something around it to take off."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from warehouse.importing.large.plain import BLOCK
from warehouse.importing.reading import AROUND

QUOTE, LF, CR = 0x22, 0x0A, 0x0D
_EDGE, _SPACE = b"e", b"s"
_NARROW = "".join(char for char in AROUND if char < "\x80").encode()
_WIDE = tuple(char.encode() for char in AROUND if char >= "\x80")  # of two or three bytes
_LEADS = sorted({wide[0] for wide in _WIDE})
_OVERLAP = 2
_Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Regular:
    """`records` include the heading. No cell of a `bare` file has something around it that is taken off."""

    records: int
    bare: bool


@dataclass(slots=True)
class _Seen:
    """What of the file was counted; `delimiters` are those of the record that is not ended, `before` is its
    last byte, `inside` whether that is within quotation marks, `bare` whether surely no cell so far has
    something around it, `tail` its last bytes."""

    inside: bool = False
    bare: bool = True
    tail: bytes = b"\n"
    before: int = LF
    records: int = 0
    delimiters: int = 0


def regular_shape(path: Path, delimiter: str, width: int) -> Regular | None:
    """How many records of `width` cells a UTF-8 file has; None when it is not regular.

    Regular is RFC 4180, and stricter: quotation marks stand only around whole cells or doubled within them,
    no record is empty or of another width, each ends alike, in LF or in CR LF, and a CR stands nowhere else.
    Constant memory."""
    seen, mark = _Seen(), ord(delimiter)
    ends, classes = _line_end(path), _classes(delimiter)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            # Each block is judged with the byte after it: what follows a mark or a CR decides.
            after = file.read(1)
            if not _count(block, after, seen, mark, ends, width - 1):
                return None
            if seen.bare:
                seen.bare = _is_bare(seen.tail + block + (after or b"\n"), classes)
                seen.tail = block[-_OVERLAP:]
            if after:
                file.seek(-1, 1)
    if seen.inside:
        return None
    if seen.before != LF:
        seen.records += 1
        if seen.delimiters != width - 1:
            return None
    return Regular(seen.records, seen.bare)


def _line_end(path: Path) -> bytes:
    with path.open("rb") as file:
        first = file.read(BLOCK).split(b"\n", 1)[0]
    return b"\r\n" if first.endswith(b"\r") else b"\n"


def _classes(delimiter: str) -> bytes:
    """For `bytes.translate`: which bytes stand beside a cell, and which are taken off around one."""
    table = bytearray(256)
    for byte in _NARROW:
        table[byte] = _SPACE[0]
    for byte in (ord(delimiter), QUOTE, LF, CR):
        table[byte] = _EDGE[0]
    return bytes(table)


def _is_bare(block: bytes, classes: bytes) -> bool:
    """Whether surely no cell has a space around it; a wide one counts wherever it stands."""
    seen = block.translate(classes)
    return _EDGE + _SPACE not in seen and _SPACE + _EDGE not in seen and not _has_wide(block)


def _has_wide(block: bytes) -> bool:
    if block.isascii():
        return False
    text = np.frombuffer(block, np.uint8)
    for lead in _LEADS:
        places = np.flatnonzero(text == lead)
        for wide in _WIDE:
            if wide[0] == lead and len(places):
                fits = places[places < len(text) - len(wide) + 1]
                for place, byte in enumerate(wide[1:], start=1):
                    fits = fits[text[fits + place] == byte]
                if len(fits):
                    return True
    return False


def _count(block: bytes, after: bytes, seen: _Seen, mark: int, ends: bytes, apiece: int) -> bool:
    """Count a block; False when it is not regular. `apiece`: delimiters of a record."""
    text = np.frombuffer(block, np.uint8)
    outside: NDArray[np.bool_] | None
    if not seen.inside and QUOTE not in block:
        outside = None
        lines, marks = np.flatnonzero(text == LF), np.flatnonzero(text == mark)
    else:
        quotes = text == QUOTE
        inside = np.bitwise_xor.accumulate(quotes.view(np.uint8))
        if seen.inside:
            inside ^= 1
        outside = inside == 0
        if not _well_quoted(text, after, np.flatnonzero(quotes), seen, mark):
            return False
        lines, marks = (np.flatnonzero((text == byte) & outside) for byte in (LF, mark))
        seen.inside = bool(inside[-1])
    if not _as_wide(lines, marks, seen, apiece):
        return False
    regular = _lines_regular(block, text, after, seen.before, outside, ends)
    seen.before = block[-1]
    return regular


def _as_wide(lines: NDArray[Any], marks: NDArray[Any], seen: _Seen, apiece: int) -> bool:
    """Whether each record that ends in the block has so many delimiters; `lines` and `marks`: where they
    stand in it."""
    begun = seen.delimiters  # of the record that the block goes on with
    seen.records += len(lines)
    seen.delimiters += len(marks) - len(lines) * apiece
    if not 0 <= seen.delimiters <= apiece or (len(lines) and begun > apiece):
        return False
    if not apiece or not len(lines):
        return True
    last = np.arange(1, len(lines) + 1) * apiece - begun  # how many of `marks` stand before each end
    before = last > 0
    behind = last < len(marks)
    return bool(
        (marks[last[before] - 1] < lines[before]).all() and (marks[last[behind]] > lines[behind]).all()
    )


def _well_quoted(text: _Bytes, after: bytes, places: NDArray[Any], seen: _Seen, mark: int) -> bool:
    """Whether each mark that opens follows a delimiter, a line end or a mark, and each that closes stands
    before one."""
    around = np.concatenate(([np.uint8(seen.before)], text, np.frombuffer(after or b"\n", np.uint8)))
    opens = places[int(seen.inside) :: 2]
    closes = places[int(not seen.inside) :: 2]
    before, behind = around[opens], around[closes + 2]
    if seen.bare:  # within quotation marks ends of lines are taken off too
        within = np.concatenate((around[opens + 2], around[closes]))
        seen.bare = not np.isin(within, np.frombuffer(_NARROW, np.uint8)).any()
    return bool(
        ((before == mark) | (before == LF) | (before == QUOTE)).all()
        and ((behind == mark) | (behind == LF) | (behind == CR) | (behind == QUOTE)).all()
    )


def _lines_regular(
    block: bytes, text: _Bytes, after: bytes, before: int, outside: NDArray[np.bool_] | None, ends: bytes
) -> bool:
    """Whether no line outside quotation marks is empty, and all end alike."""
    if ends == b"\n" and CR not in block and b"\n\n" not in bytes([before]) + block:
        return True
    ahead = np.concatenate(([np.uint8(before)], text[:-1]))
    if ends == b"\n":
        wrong = (text == CR) | ((text == LF) & (ahead == LF))
    else:
        behind = np.concatenate((text[1:], np.frombuffer(after or b" ", np.uint8)))
        lone = ((text == CR) & (behind != LF)) | ((text == LF) & (ahead != CR))
        wrong = lone | ((text == CR) & (ahead == LF))
    return not (wrong if outside is None else wrong & outside).any()

"""The archive that a workbook is, judged by its directory before anything of it is unpacked."""

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

ZIP = b"PK\x03\x04"
_MOST_PARTS = 2000
_NEEDED = "[Content_Types].xml"
# What zipfile lets through of a damaged archive, one that is encrypted, or packed in a way it does not know.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    RuntimeError,  # NotImplementedError among them
)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the directory says. `sizes` are the unpacked bytes of each part: no part gives more than that.
    `fault` is what breaks the archive, in a word, else None; `is_workbook` is False for another kind of
    ZIP."""

    sizes: dict[str, int]
    is_workbook: bool
    fault: str | None = None

    @property
    def unpacked(self) -> int:
        """Bytes of all parts together."""
        return sum(self.sizes.values())


def judge(data: bytes, most: int) -> Judged:
    """Look at the directory of the archive; then, if it unpacks to at most `most` bytes, at the beginning of
    each part for a document type, which no workbook needs and entities come from. Never raises."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            sizes = {part.filename: part.file_size for part in parts}
            if len(sizes) != len(parts):
                return Judged(sizes, is_workbook=False, fault="ZIP")
            if len(parts) > _MOST_PARTS:
                return Judged(sizes, is_workbook=False)
            small = sum(sizes.values()) <= most
            declared = small and any(_declares_entities(archive, part) for part in parts)
            return Judged(sizes, _NEEDED in sizes, "DOCTYPE" if declared else None)
    except _BROKEN as error:
        return Judged({}, is_workbook=False, fault=type(error).__name__)


class _Declared(Exception):
    """A document type is declared."""


class _Begun(Exception):
    """The first element was reached."""


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    def declared(*_: object) -> None:
        raise _Declared

    def begun(*_: object) -> None:
        raise _Begun

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = begun
    try:
        with archive.open(part) as file:
            parser.ParseFile(file)
    except _Declared:
        return True
    except (_Begun, ExpatError):  # whatever is no XML is not read as XML either
        return False
    return False

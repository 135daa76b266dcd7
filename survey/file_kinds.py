"""Which kinds of files may be given as an answer, and what a file is by its own bytes, not by its name."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

FileType = Literal["image", "pdf", "document", "spreadsheet", "text", "audio", "video"]
"""What a question may ask for; each stands for the kinds of `KINDS` that name it."""

FILE_TYPES: tuple[FileType, ...] = get_args(FileType)

TYPE_WORDS: Mapping[str, str] = {
    "image": "picture (PNG, JPEG, WebP, GIF, HEIC)",
    "pdf": "PDF",
    "document": "text document (DOCX, ODT)",
    "spreadsheet": "spreadsheet (XLSX, ODS)",
    "text": "plain text (TXT, CSV)",
    "audio": "sound (MP3, M4A, WAV)",
    "video": "video (MP4, MOV)",
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, what it counts as, and the endings its name may have."""

    media_type: str
    type: FileType
    endings: tuple[str, ...]


# No SVG, HTML or anything else that a browser would run.
KINDS: Mapping[str, Kind] = {
    kind.media_type: kind
    for kind in (
        Kind("image/png", "image", ("png",)),
        Kind("image/jpeg", "image", ("jpg", "jpeg")),
        Kind("image/webp", "image", ("webp",)),
        Kind("image/gif", "image", ("gif",)),
        Kind("image/heic", "image", ("heic", "heif")),
        Kind("application/pdf", "pdf", ("pdf",)),
        Kind(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "document", ("docx",)
        ),
        Kind("application/vnd.oasis.opendocument.text", "document", ("odt",)),
        Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "spreadsheet", ("xlsx",)),
        Kind("application/vnd.oasis.opendocument.spreadsheet", "spreadsheet", ("ods",)),
        Kind("text/plain", "text", ("txt",)),
        Kind("text/csv", "text", ("csv",)),
        Kind("audio/mpeg", "audio", ("mp3",)),
        Kind("audio/mp4", "audio", ("m4a",)),
        Kind("audio/wav", "audio", ("wav",)),
        Kind("video/mp4", "video", ("mp4", "m4v")),
        Kind("video/quicktime", "video", ("mov",)),
    )
}

_SIGNS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
)
_RIFF: Mapping[bytes, str] = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
# Brands of the ISO base media format; recorders of phones name sound alone as they name a film.
_FILMS = frozenset(
    (*(b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42"), *(b"avc1", b"M4V ", b"3gp4", b"3gp5"))
)
_BRANDS: Mapping[bytes, tuple[str, ...]] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1"), ("image/heic",)),
    **dict.fromkeys((b"M4A ", b"M4B "), ("audio/mp4",)),
    **dict.fromkeys(_FILMS, ("video/mp4", "audio/mp4")),
    b"qt  ": ("video/quicktime",),
}
_PACKED: Mapping[str, str] = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MOST_PACKED = 5_000
_FOREIGN_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]")
_CODE_IN_TEXT = re.compile(
    r"\s*(?:<|#!|\{\\rtf|MZ)|.*?<(?:script|svg|html|iframe|object|embed)\b", re.I | re.S
)


def media_types(content: bytes) -> tuple[str, ...]:
    """The media types of KINDS that the bytes can be, the likeliest first; none for anything else."""
    for sign, found in _SIGNS:
        if content.startswith(sign):
            return (found,)
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return ("image/png",)
    if content.startswith(b"RIFF") and content[8:12] in _RIFF:
        return (_RIFF[content[8:12]],)
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], ())
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if len(content) > 3 and content[0] == 0xFF and content[1] in (0xFB, 0xFA, 0xF3, 0xF2):
        return ("audio/mpeg",)
    return ("text/plain", "text/csv") if _is_text(content) else ()


def _packed(content: bytes) -> tuple[str, ...]:
    """An office document, by the list at the end of the archive; nothing large is unpacked. One with macros
    is none."""
    if content.count(b"PK\x01\x02") > _MOST_PACKED:
        return ()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return ()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace")
                return (said,) if said in KINDS and said not in _PACKED.values() else ()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, NotImplementedError, EOFError):
        return ()
    if "[Content_Types].xml" not in names:
        return ()
    return tuple(found for part, found in _PACKED.items() if part in names)


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not _FOREIGN_IN_TEXT.search(text) and not _CODE_IN_TEXT.match(text)

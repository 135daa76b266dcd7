"""The tables of an .lss as rows of texts, read by expat; a document type is refused: nothing can expand."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers.expat import ExpatError, ParserCreate

from survey.foreign.notes import note
from survey.problems import SurveyError

_MEGABYTE = 1_000_000
_LARGEST = 20
_MOST_ROWS = 200_000
_BOM = b"\xef\xbb\xbf"
_CONTROLS = bytes(range(9)) + b"\x0b\x0c" + bytes(range(14, 32))


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row by name, and the line it begins in; blank cells are absent."""

    line: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """The text of that cell, without white space around it."""
        return self.cells.get(name, "").strip()


@dataclass(frozen=True, slots=True)
class Tables:
    """What an .lss holds: table -> rows, the languages listed, what kind of document it says it is, else its
    first element: "<a>"."""

    kind: str
    languages: tuple[str, ...]
    rows: Mapping[str, tuple[Row, ...]]

    def of(self, table: str) -> tuple[Row, ...]:
        """The rows of that table, none when there is no such table."""
        return self.rows.get(table, ())


def is_lss(data: bytes) -> bool:
    """Whether the beginning is that of a document of LimeSurvey."""
    return b"<LimeSurveyDocType>" in data[:2000]


def read_tables(data: bytes, name: str) -> Tables:
    """The tables of the file. Raises SurveyError."""
    if len(data) > _LARGEST * _MEGABYTE:
        size = len(data) // _MEGABYTE
        raise SurveyError((note("import-too-large", name, size=size, limit=_LARGEST),))
    # Before the declaration and in texts LimeSurvey lets through what no XML may hold.
    fit = data.removeprefix(_BOM).lstrip()
    if not fit.startswith((b"\xff\xfe", b"\xfe\xff")):
        fit = fit.translate(None, _CONTROLS)
    reader = _Reader(name)
    try:
        reader.parser.Parse(fit, True)
    except ExpatError as error:
        raise SurveyError((note("limesurvey-broken", f"{name}:{error.lineno}"),)) from None
    except (ValueError, LookupError):  # an encoding that is unknown, or lies
        raise SurveyError((note("limesurvey-broken", f"{name}:1"),)) from None
    return Tables(
        reader.kind.strip() or f"<{reader.root}>",
        tuple(reader.languages),
        {key: tuple(rows) for key, rows in reader.tables.items()},
    )


class _Reader:
    """Collects `document > table > rows > row > cell`; everything else in the file is passed over."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._path: list[str] = []
        self._text: list[str] = []
        self._cells: dict[str, str] = {}
        self._line = 0
        self._count = 0
        self.kind = self.root = ""
        self.languages: list[str] = []
        self.tables: dict[str, list[Row]] = {}
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append

    def _declared(self, *_: object) -> None:
        raise SurveyError((note("limesurvey-doctype", f"{self._name}:{self.parser.CurrentLineNumber}"),))

    def _begin(self, tag: str, _: Mapping[str, str]) -> None:
        self.root = self.root or tag
        self._path.append(tag)
        self._text.clear()
        if len(self._path) == 4:
            self._cells, self._line = {}, self.parser.CurrentLineNumber

    def _end(self, tag: str) -> None:
        depth, text = len(self._path), "".join(self._text)
        if depth == 5 and self._path[2:4] == ["rows", "row"] and text:
            self._cells[tag] = text
        elif depth == 4 and self._path[2:] == ["rows", "row"]:
            self._count += 1
            if self._count > _MOST_ROWS:
                raise SurveyError((note("limesurvey-too-long", self._name, limit=_MOST_ROWS),))
            self.tables.setdefault(self._path[1], []).append(Row(self._line, self._cells))
        elif depth == 3 and self._path[1:] == ["languages", "language"]:
            self.languages.append(text.strip())
        elif depth == 2 and tag == "LimeSurveyDocType":
            self.kind = text
        self._path.pop()
        self._text.clear()

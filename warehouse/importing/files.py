"""A file and its columns: opened by what its first bytes say, its heading compared with the mapping."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from survey.archive import ZIP
from warehouse.importing.headings import Heading
from warehouse.importing.mapping import FileForm
from warehouse.importing.problems import ImportRefusedError, import_problem, near
from warehouse.importing.reading import Source, read_bytes, read_content, read_header
from warehouse.importing.workbook import read_workbook


def open_source(path: Path, form: FileForm, heading: Heading | None = None) -> Source:
    """The file by its first bytes, whatever its name says; its heading is that of the form where none is
    given. Raises ImportRefusedError."""
    data = read_bytes(path)
    if data.startswith(ZIP):
        return read_workbook(data, path.name, form.sheet, heading or form.heading)
    return read_content(data, path.name, form.encoding)


def find_columns(
    source: Source, uses: Mapping[str, str], form: FileForm, heading: Heading | None = None
) -> tuple[tuple[str, ...], str]:
    """The heading and the delimiter. `uses` are the columns a mapping reads, with the key that does.

    Raises ImportRefusedError, naming each of them that is missing or stands twice."""
    header, delimiter = read_header(source, uses, form.delimiter, heading or form.heading)
    check_header(header, uses, source.name)
    return header, delimiter


def check_header(header: Sequence[str], uses: Mapping[str, str], name: str) -> None:
    """Raises ImportRefusedError, naming each column that a mapping reads and that is missing or stands
    twice."""
    counts = Counter(header)
    problems = [
        import_problem("column-twice", name, column=column, use=use, count=counts[column])
        if column in counts
        else import_problem("column-missing", name, column=column, use=use, near=near(column, counts))
        for column, use in uses.items()
        if counts[column] != 1
    ]
    if problems:
        raise ImportRefusedError(problems)

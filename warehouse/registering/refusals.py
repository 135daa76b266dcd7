"""The refused rows of a register file as a CSV of their own: why, and the row as it stands, to be corrected
and imported."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from warehouse.csv_format import csv_chunks
from warehouse.importing.problems import refused
from warehouse.problems import Problem
from warehouse.registering.checking import ABOUT_REFUSED, Refused
from warehouse.registering.loading import OnRefused


def refusal_chunks(
    header: Sequence[str], rows: Sequence[Refused], language: str, *, first: bool
) -> Generator[bytes, None, None]:
    """The rows as parts of a CSV; the first has the heading: why, then the columns of the file."""
    lines = ((each.row, each.column, each.raw, *_why(each, language), *each.record) for each in rows)
    chunks = csv_chunks((*ABOUT_REFUSED, *header), lines)
    if first:
        yield from chunks
        return
    # Only the first part of a file has the mark of UTF-8 and a heading.
    whole = b"".join(chunks)
    yield whole[len(b"".join(csv_chunks((*ABOUT_REFUSED, *header), ()))) :]


def table_of(header: Sequence[str], rows: Sequence[Refused], language: str) -> tuple[tuple[str, ...], ...]:
    """The same as texts, the heading first."""
    lines = [(str(each.row), each.column, each.raw, *_why(each, language), *each.record) for each in rows]
    return ((*ABOUT_REFUSED, *header), *lines)


@contextmanager
def refusal_file(path: Path, header: Sequence[str], language: str) -> Iterator[OnRefused]:
    """Takes refused rows and writes them to the file, which is made with the first of them.

    Raises ImportRefusedError("refused-file")."""
    written = 0

    def take(rows: Sequence[Refused]) -> None:
        nonlocal written
        if not rows:
            return
        try:
            with path.open("ab" if written else "wb") as file:
                file.writelines(refusal_chunks(header, rows, language, first=not written))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise refused("refused-file", str(path), reason=reason) from error
        written += len(rows)

    yield take


def _why(each: Refused, language: str) -> tuple[str, str]:
    problem = each.problem
    said = problem.words(language) if isinstance(problem, Problem) else problem.advice(language)
    return problem.code, said

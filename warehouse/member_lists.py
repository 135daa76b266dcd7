"""Lists of members that an operator gives as CSV: their heading, checked before a row is looked at."""

from collections.abc import Sequence

from warehouse.importing.decoding import decode
from warehouse.importing.problems import ImportRefusedError
from warehouse.importing.reading import Content, read_header
from warehouse.invitation_problems import problem


def member_list(
    content: bytes, name: str, columns: Sequence[str], missing: str
) -> tuple[Content, tuple[str, ...], str]:
    """The file as text, its headings and its delimiter; `columns` are those that are looked for, member_id
    the one that must be there.

    Raises ImportRefusedError: a file that cannot be read as CSV, no column member_id (with the code
    `missing`), one of the columns twice.
    """
    text, encoding = decode(content, "auto", name)
    whole = Content(name, "", encoding, text)
    header, delimiter = read_header(whole, columns)
    if "member_id" not in header:
        raise ImportRefusedError([problem(missing, name)])
    if doubled := [column for column in columns if header.count(column) > 1]:
        raise ImportRefusedError(
            problem("invitation-column-twice", name, column=column, count=header.count(column))
            for column in doubled
        )
    return whole, header, delimiter

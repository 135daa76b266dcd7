"""Whom to invite: members from a CSV file with the column member_id, and others such as tier or language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey import normalise_language
from warehouse.importing.problems import ImportRefusedError
from warehouse.importing.reading import Table, read_columns
from warehouse.invitation_problems import problem
from warehouse.member_lists import member_list
from warehouse.problems import Problem

COLUMNS = ("member_id", "tier", "language")
MOST_CHARACTERS = 200
_OURS = ("", "link", "qr")  # headings that a list of links made before may bring back, or that name nothing


@dataclass(frozen=True, slots=True)
class Invitee:
    """A member to invite: tier as of now and the language to ask in, None where they are not known. `fields`
    are the cells of the file's other columns, heading -> cell."""

    member_id: str
    tier: str | None = None
    language: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


def read_invitees(content: bytes, name: str) -> tuple[Invitee, ...]:
    """The members of a CSV file, in its order; `name` is the file's name for messages.

    Raises ImportRefusedError with everything that is wrong: a file that cannot
    be read as CSV, no column member_id, and by row a blank, doubled or unusable cell.
    """
    whole, header, delimiter = member_list(content, name, COLUMNS, "invitation-column")
    table = read_columns(
        whole, header, delimiter, [name for name in dict.fromkeys(header) if name not in _OURS]
    )
    invitees, problems = _rows(table)
    if problems:
        raise ImportRefusedError(problems)
    return tuple(invitees)


def _rows(table: Table) -> tuple[list[Invitee], list[Problem]]:
    nothing = ("",) * len(table.rows)
    first: dict[str, int] = {}
    invitees: list[Invitee] = []
    problems: list[Problem] = []
    cells = zip(table.rows, *(table.columns.get(column, nothing) for column in COLUMNS), strict=True)
    others = {name: cells for name, cells in table.columns.items() if name not in COLUMNS}
    for place, (row, member_id, tier, language) in enumerate(cells):
        where = f"{table.name}, {row}"
        if not member_id:
            problems.append(problem("invitation-member-blank", where))
        elif not all(_usable(cell) for cell in (member_id, tier)):
            problems.append(problem("invitation-member-long", where, most=MOST_CHARACTERS))
        elif first.setdefault(member_id, row) != row:
            problems.append(problem("invitation-member-twice", where, row=first[member_id]))
        elif language and not normalise_language(language):
            problems.append(problem("invitation-language", where, value=language))
        else:
            fields = {name: column[place] for name, column in others.items()}
            invitees.append(Invitee(member_id, tier or None, normalise_language(language) or None, fields))
    return invitees, problems


def _usable(cell: str) -> bool:
    return len(cell) <= MOST_CHARACTERS and cell.isprintable()

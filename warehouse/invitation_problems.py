"""What can be wrong with an invitation asked for: code -> what is wrong, what to do."""

from collections.abc import Mapping

from warehouse.importing.problems import shown
from warehouse.problems import Problem, WarehouseError

# Every text stands in locale/<language>/invitations.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "invitation-survey": (
        "There is no survey {survey} that takes answers. There are: {known}.",
        "Name one of these.",
    ),
    "invitation-wave": (
        "The name of a wave has 1 to {most} characters that can be seen.",
        "Write a short one, such as 2026Q3.",
    ),
    "invitation-expiry": (
        "{given} is not a day that is still to end, within {years} years.",
        "Write the last day on which the link works as year-month-day, such as 2026-09-30.",
    ),
    "invitation-column": (
        "The file has no column member_id.",
        "Call the column with the members' numbers member_id; tier and language may stand beside it.",
    ),
    "bounced-column": (
        "The file has no column member_id.",
        "Call the column with the members' numbers member_id; reason may stand beside it.",
    ),
    "bounced-wave": (
        "Nobody was invited to this wave.",
        "Name the survey and a wave of it: python -m warehouse invitations lists them.",
    ),
    "invitation-column-twice": (
        "The file has {count} columns named {column}.",
        "Rename the others, so that one is meant.",
    ),
    "invitation-member-blank": (
        "The row has no member_id.",
        "Fill it in, or delete the row.",
    ),
    "invitation-member-long": (
        "The cell is longer than {most} characters or holds characters that cannot be seen.",
        "Correct the cell.",
    ),
    "invitation-member-twice": (
        "The member stands in an earlier row (row {row}).",
        "Keep one of the two.",
    ),
    "invitation-no-links": (
        "The file has no column link.",
        "Name the file of links as it was written when they were made.",
    ),
    "invitation-field": (
        "The member's {column} is longer than {most} characters or holds characters that cannot be seen.",
        "Correct the cell: the form shows it.",
    ),
    "invitation-language": (
        "{value} is not a language.",
        "Write a code such as zh or en, or leave the cell empty.",
    ),
    "selection-condition": (
        "{given} is not a condition. There are: {known}.",
        "Write a name, = and a value, such as tier=vip,new or bought-within=90.",
    ),
    "selection-twice": (
        "{name} is given twice.",
        "Write its values behind one another, with commas between them.",
    ),
    "selection-members": (
        "members is current or all, not {given}.",
        "Write members=all for those too who have left.",
    ),
    "selection-value": (
        "No member of the register has {name}={given}. There are: {known}.",
        "Name some of these.",
    ),
    "selection-number": (
        "{given} is not a number of days from 1 to {most}.",
        "Write a whole number, such as 90.",
    ),
    "selection-sample": (
        "{given} is not a number of members from 1 to {most}.",
        "Write a whole number, such as 200, or take all that fit.",
    ),
    "selection-seed": (
        "{given} is not a whole number from 0 to {most}.",
        "Leave the seed out: one is drawn and kept.",
    ),
    "selection-file": (
        "--sample and --seed draw from the register, not from a file.",
        "Leave them out, or name the members with --where.",
    ),
    "selection-nobody": (
        "No member of the register fits.",
        "Ask for less, or look at the register.",
    ),
    "invitation-none": (
        "No invitation that is still open fits.",
        "Look at the list of invitations: those answered, revoked or expired need no revoking.",
    ),
    "invitation-links-file": (
        "The links cannot be written there ({reason}).",
        "Name a new file in a folder that exists and that this user may write to.",
    ),
}


def problem(code: str, where: str = "", **values: object) -> Problem:
    """The problem with one of the codes above; `values`, which may come from a file, fill its texts."""
    what, todo = WORDINGS[code]
    fill = {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}
    return Problem(code, shown(where), what, todo, fill)


def refusal(code: str, where: str = "", **values: object) -> WarehouseError:
    """The same as an error to raise."""
    return WarehouseError(problem(code, where, **values))

"""What can go wrong with backups, said in the reader's language."""

from collections.abc import Mapping

from warehouse.problems import Problem, WarehouseError

# code -> (what, what to do); every text stands in locale/<language>/backup.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "backup-folder": (
        "The folder cannot be made or written to ({reason}).",
        "Give this user the right to write there, or name another folder.",
    ),
    "backup-room": (
        "The disk has {free} MB free; the copy needs about {needed} MB.",
        "Make room and try again, or name a folder on another disk.",
    ),
    "backup-running": (
        "A backup is being made already.",
        "Wait until it is done.",
    ),
    "backup-failed": (
        "The copy could not be written ({reason}). Nothing of it was kept.",
        "Correct the cause and try again.",
    ),
    "backup-differs": (
        "The copy is not equal to the warehouse ({tables}). Nothing of it was kept.",
        "Try again; when it happens again, have the disk and the memory of this machine checked.",
    ),
    "backup-server": (
        "Another process has this warehouse open, and its server does not answer at {address}.",
        "Give the server's address by --url, or stop that process first.",
    ),
    "backup-incomplete": (
        "This is no whole backup: the file that says what is in it is missing or cannot be read ({reason}).",
        "Name the .duckdb file of a backup that has its .json file beside it.",
    ),
    "backup-damaged": (
        "The backup is not as it was written ({reason}).",
        "Use an older backup, and have the disk it lay on checked.",
    ),
    "backup-newer": (
        "The backup was made by a newer version of Pactboard (step {number}).",
        "Install that version or a later one, then restore it.",
    ),
    "restore-differs": (
        "What was put into place is not equal to the backup ({tables}).",
        "The old files are beside it under the name {aside}; have the disk checked, then restore again.",
    ),
    "restore-failed": (
        "The backup could not be put into place ({reason}).",
        "The old files are as they were, or beside it under the name {aside}. Correct the cause and try "
        "again.",
    ),
}


def backup_error(code: str, where: str = "", **values: object) -> WarehouseError:
    """The error with one of the codes above; `values` fill its texts."""
    what, todo = WORDINGS[code]
    return WarehouseError(Problem(code, where, what, todo, values))

"""The texts of the queries: one .sql file each, read once."""

import re
from functools import cache
from pathlib import Path

ROOM = Path(__file__).parent
_NAME = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+)*")


@cache
def sql(name: str) -> str:
    """The text of `warehouse/queries/<name>.sql`; of `warehouse/metrics/...` when the name begins with
    "metrics/".

    Raises ValueError for a name that is no plain path, FileNotFoundError when there is no such query.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"{name!r} is not the name of a query")
    folder = ROOM if name.startswith("metrics/") else ROOM / "queries"
    return (folder / f"{name}.sql").read_text(encoding="utf-8")


def named(name: str, /, **identifiers: str) -> str:
    """The text of that query with each {identifier}, which stands between double quotes there, filled in."""
    text = sql(name)
    for key, identifier in identifiers.items():
        text = text.replace(f"{{{key}}}", identifier.replace('"', '""'))
    return text

"""What can be wrong with an export or a link asked for: code -> what is wrong, what to do."""

from collections.abc import Mapping

from warehouse.problems import Problem, WarehouseError

# Every text stands in locale/<language>/exports.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "export-unknown": (
        "There is no export of this name.",
        "Did you mean {near}? There are: {known}.",
    ),
    "export-not-filtered": (
        "This export is always whole; it cannot be narrowed by {filters}.",
        "Leave these filters out, or take the export of the answers.",
    ),
    "export-no-money": (
        "No contract with fees is loaded, so there is nothing to settle.",
        "Load a contract that names its fees.",
    ),
    "export-format": (
        "There is no export in the format {kind}.",
        "Ask for one of these: {known}.",
    ),
    "export-too-long": (
        "A file of this kind holds at most {most} rows here.",
        "Take CSV or Parquet, which have no limit, or narrow it by filters.",
    ),
    "export-too-large": (
        "A file of this kind holds at most {most} MB here.",
        "Take CSV or Parquet, which have no limit, or narrow it by filters.",
    ),
    "export-file": (
        "The file cannot be written ({reason}).",
        "Name a file in a folder that exists and that this user may write to.",
    ),
    "link-address": (
        "This is not the address of a server.",
        "Write it as http://127.0.0.1:8501 or https://host, without a path.",
    ),
}


def refusal(code: str, where: str = "", **values: object) -> WarehouseError:
    """The error with one of the codes above; `values` fill its texts."""
    what, todo = WORDINGS[code]
    return WarehouseError(Problem(code, where, what, todo, values))


def too_much(where: str, rows: int, most_rows: int, most_bytes: int) -> WarehouseError:
    """The refusal of a file that is made whole, after so many of its rows were taken."""
    if rows == most_rows:
        return refusal("export-too-long", where, most=f"{most_rows:,}")
    return refusal("export-too-large", where, most=most_bytes // 1_000_000)

"""What can be wrong with the seal of a period: code -> what is wrong, what to do."""

from collections.abc import Mapping

from warehouse.problems import Problem, WarehouseError

# Every text stands in locale/<language>/evidence.po
WORDINGS: Mapping[str, tuple[str, str]] = {
    "seal-too-early": (
        "The period is settled on {day}; until then answers, reports and approvals still count.",
        "Seal it from that day on.",
    ),
    "seal-none": (
        "The period is not sealed.",
        "Seal it by “python -m warehouse seal {period}” once it is settled.",
    ),
    "seal-contracts": (
        "Several contracts have a period of this name: {known}.",
        "Say which one, by “--contract”.",
    ),
    "seal-gone": (
        "The audit says that the period was sealed, with the hash {sha256}, and no seal of it is there.",
        "Somebody changed the file of the warehouse: restore a backup from before. Do not seal the period "
        "again.",
    ),
    "seal-unwritten": (
        "The audit says that the hash of this seal was {written} when it was made, and now it is {sha256}.",
        "Somebody changed the file of the warehouse. Restore a backup from before, and compare the hash with "
        "that in the settlements that the parties hold.",
    ),
    "seal-broken": (
        "What was sealed of the period is not what is stored now: its text does not have the hash that stands"
        " beside it.",
        "Somebody changed the file of the warehouse. Restore a backup from before, and compare the hash with "
        "that in the settlements that the parties hold.",
    ),
    "seal-chain": (
        "The seal does not name the hash of the seal before it: one of the two was replaced.",
        "Compare the hashes with those in the settlements that the parties hold, and restore a backup from "
        "before.",
    ),
    "seal-contract": (
        "Version {version} of the contract, hash {sha256}, by which the period was sealed, is not in the "
        "warehouse.",
        "Restore a backup from before.",
    ),
    "seal-differs": (
        "{figure}: sealed {sealed}, counted again {again}.",
        "Find out which stored row was changed; backups and the parties' copies show what it was.",
    ),
    "seal-words": (
        "{figure}: the words sealed are “{sealed}”, and today they would be “{again}”.",
        "Where a newer release puts it in other words, nothing is wrong; else somebody changed the file of "
        "the warehouse: compare the hash with that in the settlements that the parties hold.",
    ),
    "seal-file": (
        "The file cannot be written ({reason}).",
        "Name a file in a folder that you may write to.",
    ),
    "periods-sealed": (
        "This version counts from {day} on, but the periods {first} to {last} are sealed.",
        "They keep the version that they were sealed by; this one counts for the periods after them.",
    ),
}


def problem(code: str, where: str = "", **values: object) -> Problem:
    """The problem with one of the codes above; `values` fill its texts."""
    what, todo = WORDINGS[code]
    return Problem(code, where, what, todo, values)


def refusal(code: str, where: str = "", **values: object) -> WarehouseError:
    """The same as an error to raise."""
    return WarehouseError(problem(code, where, **values))

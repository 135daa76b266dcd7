"""What is worked out of a record when it is written, by the rule that its type names."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from duckdb import DuckDBPyConnection

from warehouse.records.case_clock import agreed_by, due_times
from warehouse.records.declaring import Derivation, RecordType
from warehouse.records.values import Value

Rule = Callable[[Mapping[str, Value]], Mapping[str, Value]]


def rule_of(kind: RecordType, cursor: DuckDBPyConnection, zone: ZoneInfo) -> Rule:
    """The rule of a type: from the entered values of a record to its derived ones. What it needs to know is
    read once."""
    if kind.derive is None:
        return lambda values: {}
    return RULES[kind.derive](cursor, zone)


def _clock(cursor: DuckDBPyConnection, zone: ZoneInfo) -> Rule:
    agreed = agreed_by(cursor)
    return lambda values: due_times(values, zone, agreed)


RULES: Mapping[Derivation, Callable[[DuckDBPyConnection, ZoneInfo], Rule]] = {"clock": _clock}

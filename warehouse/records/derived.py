"""What is worked out of a record when it is written, by the rule that its type names."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from warehouse.records.declaring import Derivation, RecordType
from warehouse.records.values import Value

Rule = Callable[[Mapping[str, Value], ZoneInfo], Mapping[str, Value]]
RULES: Mapping[Derivation, Rule] = {}


def derive(kind: RecordType, values: Mapping[str, Value], zone: ZoneInfo) -> Mapping[str, Value]:
    """The derived fields of a record whose entered ones are `values`; none for a type without a rule."""
    return RULES[kind.derive](values, zone) if kind.derive else {}

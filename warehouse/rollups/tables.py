"""The sealed tables of the rollups and what each is counted from."""

from collections.abc import Mapping
from types import MappingProxyType

# Sealed table -> the sources that it is counted from. Each has a query rollups/seal_<name>.
SOURCES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "response_sealed": frozenset({"response"}),
        "score_day_sealed": frozenset({"response"}),
        "score_month_sealed": frozenset({"response"}),
        "visit_sealed": frozenset({"response"}),
        "invited_sealed": frozenset({"response", "invitation"}),
    }
)
# Tables whose rows are taken away to be written anew: nothing is lost with them.
DERIVED = frozenset(SOURCES) | {"rollup_mark"}

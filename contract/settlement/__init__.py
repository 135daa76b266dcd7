"""What a period costs: the ledger of fee, consequences, caps and bonus, each with its arithmetic."""

from contract.settlement.facts import Facts, Past, Relieved, Result, decided_result
from contract.settlement.ledger import Settlement, settle, settle_term
from contract.settlement.line import Line
from contract.settlement.room import CapUse, cap_use
from contract.settlement.what_if import what_if

__all__ = [
    "CapUse",
    "Facts",
    "Line",
    "Past",
    "Relieved",
    "Result",
    "Settlement",
    "cap_use",
    "decided_result",
    "settle",
    "settle_term",
    "what_if",
]

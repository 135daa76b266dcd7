"""A target as the tests of verdicts need it: of one quarter, with terms that each test changes."""

from datetime import date
from decimal import Decimal
from typing import Any

from contract import Period, Target

QUARTER = Period("2026Q3", date(2026, 7, 1), date(2026, 10, 1))


def target(value: Decimal | str, **others: Any) -> Target:
    """Higher is better, party A carries the doubt, 95 %, 200 answers; `others` are those of `Target`."""
    terms: dict[str, Any] = {
        "direction": "higher",
        "rule": "breach_must_be_proven",
        "confidence": 0.95,
        "min_n": 200,
    }
    return Target("csat_top2", "4.2", QUARTER, Decimal(value), **(terms | others))

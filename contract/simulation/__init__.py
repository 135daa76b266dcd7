"""How often a contract's rule would call its targets met or missed under an assumed truth, and the money."""

from contract.simulation.asking import Asked, read_asked
from contract.simulation.report import report
from contract.simulation.simulating import (
    RUNS,
    Cost,
    Frequencies,
    Power,
    Share,
    Simulation,
    Spread,
    simulate,
)
from contract.simulation.truths import Law, Truth

__all__ = [
    "RUNS",
    "Asked",
    "Cost",
    "Frequencies",
    "Law",
    "Power",
    "Share",
    "Simulation",
    "Spread",
    "Truth",
    "read_asked",
    "report",
    "simulate",
]

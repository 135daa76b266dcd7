"""contract judges: the contract file, its targets, the statistics behind them, and the verdicts."""

from contract.counts import CensusCounts, Counts, MeanCounts, NpsCounts, ShareCounts
from contract.estimating import estimate
from contract.live import live_status, running_estimate
from contract.metrics import KINDS, Kind
from contract.model.consequences import Deduction
from contract.model.contract import Contract, stored_contract
from contract.model.fees import Fees
from contract.model.measures import Clause, MetricUse
from contract.model.parties import Mediator, Parties, Party
from contract.model.schemes import PoolAndShare, ScoreToPay, TierTable
from contract.model.target_terms import TargetTerms
from contract.model.term import Term
from contract.outlook import Outlook, outlook
from contract.periods import Period
from contract.problems import ContractError, Problem
from contract.reading import example_source, read_contract
from contract.statistics import Estimate
from contract.statistics.loading import load_statistics
from contract.targets import Target
from contract.texts import Message
from contract.together import judge_together
from contract.verdict import Verdict, judge, withheld
from contract.versions import (
    Difference,
    check_succession,
    differences,
    periods_in_force,
    state_on,
    target_in_force,
    version_on,
)

__all__ = [
    "KINDS",
    "CensusCounts",
    "Clause",
    "Contract",
    "ContractError",
    "Counts",
    "Deduction",
    "Difference",
    "Estimate",
    "Fees",
    "Kind",
    "MeanCounts",
    "Mediator",
    "Message",
    "MetricUse",
    "NpsCounts",
    "Outlook",
    "Parties",
    "Party",
    "Period",
    "PoolAndShare",
    "Problem",
    "ScoreToPay",
    "ShareCounts",
    "Target",
    "TargetTerms",
    "Term",
    "TierTable",
    "Verdict",
    "check_succession",
    "differences",
    "estimate",
    "example_source",
    "judge",
    "judge_together",
    "live_status",
    "load_statistics",
    "outlook",
    "periods_in_force",
    "read_contract",
    "running_estimate",
    "state_on",
    "stored_contract",
    "target_in_force",
    "version_on",
    "withheld",
]

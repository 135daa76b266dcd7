"""Intervals, tests and measures of surveys, on statsmodels and scipy; each docstring names its source."""

from contract.statistics.means import mean_interval, mean_test
from contract.statistics.nps import nps_interval, nps_test
from contract.statistics.shares import share_interval, share_test
from contract.statistics.values import Estimate, TestResult

__all__ = [
    "Estimate",
    "TestResult",
    "mean_interval",
    "mean_test",
    "nps_interval",
    "nps_test",
    "share_interval",
    "share_test",
]

"""Intervals, tests and measures of surveys, on statsmodels and scipy; each docstring names its source.

Both are imported where they are used: loaded with the package they were 0.5 of the 2.9 seconds of a start.
"""

from contract.statistics.control import XmrLimits, xmr_limits
from contract.statistics.differences import Difference, difference, share_difference
from contract.statistics.importance import Importance, relative_importance
from contract.statistics.means import mean_interval, mean_test
from contract.statistics.multiplicity import Holm, holm
from contract.statistics.nps import nps_interval, nps_test
from contract.statistics.planning import SampleSize, sample_size, sample_size_for_power, share_power
from contract.statistics.projecting import Projection, projection
from contract.statistics.raking import Raked, rake
from contract.statistics.reliability import Alpha, alpha_interval, cronbach_alpha
from contract.statistics.response import ResponseRates, response_rates
from contract.statistics.shares import share_interval, share_test
from contract.statistics.survival import Survival, kaplan_meier
from contract.statistics.values import Estimate, TestResult
from contract.statistics.weighting import WeightedMean, weighted_mean

__all__ = [
    "Alpha",
    "Difference",
    "Estimate",
    "Holm",
    "Importance",
    "Projection",
    "Raked",
    "ResponseRates",
    "SampleSize",
    "Survival",
    "TestResult",
    "WeightedMean",
    "XmrLimits",
    "alpha_interval",
    "cronbach_alpha",
    "difference",
    "holm",
    "kaplan_meier",
    "mean_interval",
    "mean_test",
    "nps_interval",
    "nps_test",
    "projection",
    "rake",
    "relative_importance",
    "response_rates",
    "sample_size",
    "sample_size_for_power",
    "share_difference",
    "share_interval",
    "share_power",
    "share_test",
    "weighted_mean",
    "xmr_limits",
]

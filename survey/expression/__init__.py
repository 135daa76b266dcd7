"""Expressions of questionnaires: read, checked and evaluated by this package alone; nothing is executed."""

from survey.expression.checking import check
from survey.expression.evaluating import evaluate
from survey.expression.faults import ExpressionRefused, Fault
from survey.expression.kinds import FUNCTIONS, Kind, Value
from survey.expression.parsing import parse
from survey.expression.tree import Node, names

__all__ = [
    "FUNCTIONS",
    "ExpressionRefused",
    "Fault",
    "Kind",
    "Node",
    "Value",
    "check",
    "evaluate",
    "names",
    "parse",
]

"""Imports the customer's own register by a mapping: members, what happened to them, what they bought."""

from warehouse.registering.loading import Prepared, load, prepare
from warehouse.registering.report import RegisterReport

__all__ = ["Prepared", "RegisterReport", "load", "prepare"]

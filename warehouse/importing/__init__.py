"""Imports foreign survey files by a mapping: `prepare` reads and checks, `load` stores."""

from warehouse.importing.loading import Prepared, load, prepare
from warehouse.importing.problems import ImportRefusedError
from warehouse.importing.report import ImportReport

__all__ = ["ImportRefusedError", "ImportReport", "Prepared", "load", "prepare"]

"""Exchanges questionnaires with XLSForm tools; what cannot be carried over is said, place by place."""

from survey.foreign.content import Imported
from survey.xlsform.reading import read_xlsform
from survey.xlsform.writing import Exported, write_xlsform

__all__ = ["Exported", "Imported", "read_xlsform", "write_xlsform"]

"""Reads surveys of Qualtrics (.qsf); what cannot be carried over is said, question by question."""

from survey.qualtrics.reading import read_qsf

__all__ = ["read_qsf"]

"""Reads surveys of LimeSurvey (.lss); what cannot be carried over is said, place by place."""

from survey.limesurvey.reading import read_lss

__all__ = ["read_lss"]

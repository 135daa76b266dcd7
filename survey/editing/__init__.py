"""Edits a questionnaire's YAML in place: one value or list item at a time, all else stays as it was typed."""

from survey.editing.lists import insert, move, remove
from survey.editing.values import EditRefused, set_value

__all__ = ["EditRefused", "insert", "move", "remove", "set_value"]

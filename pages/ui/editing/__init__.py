"""Editing a questionnaire on a page: the draft on the desk, its fields, its text, its problems."""

"""Counts that pages read instead of the base rows: sealed up to a mark, live above it, never out of step."""

"""Copies of the warehouse: made while it serves, verified after writing, put back into place."""

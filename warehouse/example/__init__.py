"""The example: a membership club with 18 months of members, purchases and answers, made from a fixed seed."""

from warehouse.example.loading import example_loaded, is_empty, load_example, start_empty
from warehouse.example.story import LAST_DAY

__all__ = ["LAST_DAY", "example_loaded", "is_empty", "load_example", "start_empty"]

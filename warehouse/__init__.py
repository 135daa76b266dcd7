"""Counts: the only room with SQL. Keeps what was answered and agreed, and gives back counts.

The open warehouse of the process is `serving()`; everything else is in the modules named after what they do.
"""

from warehouse.database import Warehouse, close_serving, open_warehouse, serving
from warehouse.problems import Problem, WarehouseError
from warehouse.writer import Receipt

__all__ = [
    "Problem",
    "Receipt",
    "Warehouse",
    "WarehouseError",
    "close_serving",
    "open_warehouse",
    "serving",
]

"""What is remembered of an open warehouse, so that it need not be read again."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from warehouse.database import Warehouse

T = TypeVar("T")


class PerWarehouse(Generic[T]):
    """One value for each open warehouse, made at its first use, thread-safe, and gone with the warehouse."""

    def __init__(self, make: Callable[["Warehouse"], T]) -> None:
        self._make = make
        self._values: WeakKeyDictionary[Warehouse, T] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def __call__(self, warehouse: "Warehouse") -> T:
        """The value for this warehouse. It must not hold the warehouse itself, which would keep both
        alive."""
        with self._lock:
            if warehouse not in self._values:
                self._values[warehouse] = self._make(warehouse)
            return self._values[warehouse]

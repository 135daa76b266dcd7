"""What follows from the stored rows, kept until something is committed: it is never out of date."""

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

MOST = 1_000
"""Things kept of one state; all are forgotten before one more."""


class Unchanged:
    """Thread-safe. `state` gives a number that is another one after each commit, before who committed is
    told."""

    def __init__(self, state: Callable[[], int]) -> None:
        self._state = state
        self._of = state()
        self._kept: dict[Hashable, tuple[Hashable, Any]] = {}
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T], moment: Hashable = None) -> T:
        """What is kept under the key, else what `make` gives now. What it raises is not kept.

        `moment` is what it depends on that passes and does not come back, such as the minute: another one
        takes the place of the one before.
        """
        state = self._state()  # before it is made: what is committed meanwhile makes it anew
        with self._lock:
            if self._of != state:
                self._of, self._kept = state, {}
            if key in self._kept and self._kept[key][0] == moment:
                kept: T = self._kept[key][1]
                return kept
        made = make()
        with self._lock:
            if self._of == state:
                if len(self._kept) >= MOST and key not in self._kept:
                    self._kept.clear()
                self._kept[key] = moment, made
        return made

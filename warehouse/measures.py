"""What an operator's monitoring wants to know of a running warehouse: counts and times since it was opened.

Nothing here is about a person: no id, no survey, no answer.
"""

import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

LATELY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took: for each of `BOUNDS` (seconds) how many took that long or less; then all of
    them, and their sum in seconds."""

    at_most: tuple[int, ...]
    count: int
    seconds: float


class Stopwatch:
    """Thread-safe. Counts times into bins."""

    def __init__(self) -> None:
        self._bins = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0
        self._lock = threading.Lock()

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Count the time of the block, also when it fails."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            taken = time.perf_counter() - begun
            with self._lock:
                self._bins[bisect_left(BOUNDS, taken)] += 1
                self._seconds += taken

    def times(self) -> Times:
        """What was counted so far."""
        with self._lock:
            bins, seconds = list(self._bins), self._seconds
        return Times(tuple(sum(bins[: place + 1]) for place in range(len(BOUNDS))), sum(bins), seconds)


class Measures:
    """Thread-safe. Of one open warehouse."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._lock = threading.Lock()
        self._stored = 0
        self._refused: Counter[str] = Counter()
        self.commits = Stopwatch()
        self.reads = Stopwatch()
        self._failed_at: float | None = None

    @property
    def uptime(self) -> float:
        """Seconds since the warehouse was opened."""
        return time.monotonic() - self._begun

    def note_stored(self, number: int) -> None:
        """So many responses were committed by the writer."""
        with self._lock:
            self._stored += number
            self._failed_at = None

    def note_refused(self, code: str, number: int = 1) -> None:
        """So many were not stored, for the reason with that code."""
        with self._lock:
            self._refused[code] += number
            if code == "writer-failed":
                self._failed_at = time.monotonic()

    @property
    def failed_lately(self) -> bool:
        """Whether a commit failed within `LATELY_SECONDS` and none has succeeded since. Not for ever: who is
        sent nobody because of it would never succeed."""
        failed_at = self._failed_at
        return failed_at is not None and time.monotonic() - failed_at < LATELY_SECONDS

    @property
    def stored(self) -> int:
        """Responses committed by the writer."""
        return self._stored

    @property
    def refused(self) -> dict[str, int]:
        """Code of a reason -> responses not stored for it."""
        with self._lock:
            return dict(self._refused)

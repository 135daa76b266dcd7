"""How much of something a server takes in a while: a bucket that fills steadily and is emptied by use."""

import threading
import time
from collections.abc import Callable


class Allowance:
    """Thread-safe. `burst` at once, then `rate` a second; what comes beyond is refused, not made to wait."""

    def __init__(self, rate: float, burst: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left, self._at = burst, clock()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Use one; False when there is none."""
        with self._lock:
            now = self._clock()
            self._left = min(self._burst, self._left + (now - self._at) * self._rate)
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True

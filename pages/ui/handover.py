"""Personal links on their way from the page that made them to the download: in memory for a quarter of an
hour and nowhere else, since only their SHA-256 is kept."""

import secrets
import threading
import time
from dataclasses import dataclass, field

SECONDS = 15 * 60.0
_MOST = 20
Lot = tuple[tuple[str, ...], ...]  # the headings, then a row a link: member, whole link, further columns


@dataclass(slots=True)
class Handover:
    """Thread-safe; holds the latest few lots of links, each under a key that cannot be guessed."""

    seconds: float = SECONDS
    _lots: dict[str, tuple[float, Lot]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def hold(self, links: Lot) -> str:
        """Keep the links for a while; the key to ask for them with."""
        key = secrets.token_hex(16)
        with self._lock:
            self._forget_old()
            self._lots[key] = (time.monotonic(), links)
            while len(self._lots) > _MOST:
                del self._lots[next(iter(self._lots))]
        return key

    def held(self, key: str) -> Lot | None:
        """The links under that key, None when there are none or their time is over."""
        with self._lock:
            self._forget_old()
            return self._lots[key][1] if key in self._lots else None

    def _forget_old(self) -> None:
        oldest = time.monotonic() - self.seconds
        self._lots = {key: lot for key, lot in self._lots.items() if lot[0] > oldest}


handover = Handover()

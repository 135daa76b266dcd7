"""Secrets that others hold, such as cookies and keys, known here by their keyed SHA-256 alone."""

import hashlib
import hmac
import threading
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Held(Generic[T]):
    """What each live secret stands for, by its hash: this process alone makes and ends them, so asking needs
    no query. `live` is changed under `lock`."""

    key: bytes
    live: dict[str, T]
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sha256(self, secret: str) -> str:
        """What is stored for a secret: its SHA-256, keyed."""
        return hmac.new(self.key, secret.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

"""The response that a program's request makes, where its Idempotency-Key holds no time for the id."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from survey import new_response_id
from warehouse.memory import PerWarehouse

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_REMEMBERED = 10_000


@dataclass(slots=True)
class _Given:
    """Ids given out lately, so that two requests under one key, in the same moment, get the same."""

    ids: OrderedDict[str, UUID] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_given = PerWarehouse(lambda warehouse: _Given())


def response_id_of(warehouse: "Warehouse", request_sha256: str) -> UUID:
    """The id of the response that this request made or will make: stored with it, the same at each repeat,
    also after a new start; of a request that is new, an id of now."""
    memory = _given(warehouse)
    with memory.lock:
        if request_sha256 in memory.ids:
            return memory.ids[request_sha256]
    # Read outside the lock: what two find here is the same, or nothing.
    rows = warehouse.read("api/of_request", request_sha256=request_sha256)
    with memory.lock:
        found = memory.ids.setdefault(request_sha256, rows[0][0] if rows else new_response_id())
        while len(memory.ids) > _REMEMBERED:
            memory.ids.popitem(last=False)
        return found

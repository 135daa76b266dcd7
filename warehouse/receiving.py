"""What a form asks of the warehouse beside storing: is this survey open, is this response here."""

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from warehouse.calendar import utc_now
from warehouse.gate import Rules, rules_of
from warehouse.memory import PerWarehouse

if TYPE_CHECKING:
    from warehouse.database import Warehouse


@dataclass(slots=True)
class _Said:
    """The rules that were read already. `times` counts how often something new was said, so that what was
    read before that is not remembered after it."""

    rules: dict[str, Rules] = field(default_factory=dict)
    times: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


_said = PerWarehouse(lambda warehouse: _Said())


def rules(warehouse: "Warehouse", survey: str) -> Rules:
    """When the survey takes answers and how many, as it was last said: asked at every sight of a form, read
    once. For a survey that there is: what is read is remembered by its name."""
    memory = _said(warehouse)
    with memory.lock:
        if survey in memory.rules:
            return memory.rules[survey]
        times = memory.times
    found = rules_of(warehouse.read("life/said", survey=survey))
    with memory.lock:
        if memory.times == times:
            memory.rules[survey] = found
    return found


def forget_rules(warehouse: "Warehouse") -> None:
    """Read the rules anew: to be called after the commit that changes them."""
    memory = _said(warehouse)
    with memory.lock:
        memory.times += 1
        memory.rules = {}


def takes_answers(warehouse: "Warehouse", survey: str) -> bool:
    """Whether the survey takes answers now or will again: it is not closed.

    A survey made by an import is closed from the start: it is history, not to be added to."""
    return rules(warehouse, survey).state(utc_now())[0] != "closed"


def is_stored(warehouse: "Warehouse", survey: str, response_id: UUID) -> bool:
    """Whether that response is on disk, in that survey."""
    return bool(warehouse.read("core/response_stored", survey=survey, response_id=response_id)[0][0])


def response_content(warehouse: "Warehouse", response_id: UUID) -> str | None:
    """The SHA-256 of the request that a program's response was made from; None when it is not on disk."""
    rows = warehouse.read("api/content", response_id=response_id)
    return str(rows[0][0]) if rows else None

"""On whose behalf the code runs: said once where somebody comes in, known wherever something is done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SERVER, COMMAND_LINE, VISITOR = "server", "command line", "visitor"
"""Work the program does by itself; whoever has a shell on the machine; somebody who is not signed in."""

_who: ContextVar[str | None] = ContextVar("acting", default=None)
_ways: list[Callable[[], str | None]] = []


def act_as(actor: str) -> None:
    """From here on this thread or task works for that actor: a role, one of the above, or "program NAME"."""
    _who.set(actor)


@contextmanager
def acting_as(actor: str) -> Iterator[None]:
    """For the block only."""
    before = _who.set(actor)
    try:
        yield
    finally:
        _who.reset(before)


def ask(way: Callable[[], str | None]) -> None:
    """Where nobody has said who acts, ask so: None when this way does not know either."""
    _ways.append(way)


def acting() -> str:
    """Who acts here."""
    said = _who.get()
    if said is not None:
        return said
    return next((found for way in _ways if (found := way())), SERVER)

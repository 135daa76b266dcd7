"""The measures of the open warehouse in Prometheus' text format 0.0.4.

Written by hand: prometheus_client keeps one registry a process, the warehouse counts for itself, and the
format is a line a number (prometheus.io/docs/instrumenting/exposition_formats).
"""

from collections.abc import Iterator

from warehouse import Warehouse
from warehouse.health import health
from warehouse.measures import BOUNDS, Times


def exposition(warehouse: Warehouse) -> str:
    """All measures, a line each, with what they are."""
    return "".join(f"{line}\n" for line in _lines(warehouse))


def _lines(warehouse: Warehouse) -> Iterator[str]:
    measures, now = warehouse.measures, health(warehouse)
    yield from _one("responses_stored_total", "counter", "Responses stored by the writer.", measures.stored)
    yield from _head("responses_refused_total", "counter", "Responses not stored, by reason.")
    for code, number in sorted(measures.refused.items()):
        yield f'pactboard_responses_refused_total{{code="{code}"}} {number}'
    yield from _one("queue_length", "gauge", "Responses waiting to be stored.", warehouse.writer.queue_length)
    yield from _times("commit_seconds", "Time to store and commit a batch.", measures.commits.times())
    yield from _times("read_seconds", "Time of a query, waiting included.", measures.reads.times())
    yield from _one("uptime_seconds", "gauge", "Since the warehouse was opened.", round(measures.uptime, 3))
    yield from _one("database_bytes", "gauge", "Size of the file and its log.", warehouse.size)
    yield from _one("disk_free_bytes", "gauge", "Room on the warehouse's disk.", now.free_disk_bytes)
    yield from _one("can_read", "gauge", "1 when the warehouse can be read.", int(now.can_read))
    yield from _one("can_write", "gauge", "1 when the warehouse can be written.", int(now.can_write))


def _one(name: str, kind: str, text: str, value: float) -> Iterator[str]:
    yield from _head(name, kind, text)
    yield f"pactboard_{name} {value}"


def _times(name: str, text: str, times: Times) -> Iterator[str]:
    yield from _head(name, "histogram", text)
    for bound, number in zip(BOUNDS, times.at_most, strict=True):
        yield f'pactboard_{name}_bucket{{le="{bound}"}} {number}'
    yield f'pactboard_{name}_bucket{{le="+Inf"}} {times.count}'
    yield f"pactboard_{name}_sum {times.seconds:.6f}"
    yield f"pactboard_{name}_count {times.count}"


def _head(name: str, kind: str, text: str) -> Iterator[str]:
    yield f"# HELP pactboard_{name} {text}"
    yield f"# TYPE pactboard_{name} {kind}"

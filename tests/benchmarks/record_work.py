"""What writes much about a large register: care made, a day of it marked as given, an import; and how long a
response has to wait meanwhile."""

import resource
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from tests.benchmarks.writing import a_response
from warehouse import Warehouse
from warehouse.records.care_making import give_day, make_care
from warehouse.records.caring import care_today
from warehouse.records.catalogue import record_type
from warehouse.records.exporting import care_table
from warehouse.records.importing import import_records


@contextmanager
def beside(house: Warehouse, what: str) -> Iterator[None]:
    """Say what the block took, the most memory until then, the longest that a response waited beside."""
    waited, done = [0.0], threading.Event()

    def submit() -> None:
        while not done.wait(0.02):
            start = time.perf_counter()
            house.writer.submit(a_response())
            waited.append(time.perf_counter() - start)

    thread = threading.Thread(target=submit)
    thread.start()
    start, worked = time.perf_counter(), time.process_time()
    try:
        yield
    finally:
        spent = time.perf_counter() - start, time.process_time() - worked
        done.set()
        thread.join()
        print(
            f"{what}: {spent[0]:.1f} s, {spent[1]:.1f} s of CPU, {_peak():.0f} MB at most until then; "
            f"a response waited {max(waited):.2f} s at most, {statistics.median(waited):.3f} s usually"
        )


def _peak() -> float:
    """The most memory that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def work(house: Warehouse, rows: int) -> None:
    """What writes much: the care of a week with a festival, the list of its day, marking it, an import."""
    festival = care_today(house) + timedelta(days=3)
    for what in ("care made for a week", "care made again"):
        with beside(house, what):
            make_care(house)
    with beside(house, "the list of the festival as a table"):
        listed = sum(1 for _ in care_table(house, festival).rows)
    with beside(house, f"{listed:,} marked as given"):
        give_day(house, festival, "operator")
    lines = [
        f"Asked {n},question,normal,hotline,2026-0{1 + n % 9}-1{n % 10} 10:{n % 60:02},2026-10-20 11:00,\n"
        for n in range(rows)
    ]
    content = (
        "subject,category,severity,channel,received_at,first_response_at,resolved_at\n" + "".join(lines)
    ).encode()
    with beside(house, f"{rows:,} cases imported"):
        import_records(house, record_type("service_case"), content, "cases.csv")

"""`python -m tests.benchmarks.readers`: 32 readers ask what pages ask while 20 responses a second are stored.

First at 50 queries a second in all, for the times; then as fast as they can, until 100,000 answers have each
been compared with the known right one; then the same with every metric there is. What was filled in is sealed
before: so pages find it but in the minute after a large import."""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from contract import example_source
from tests.benchmarks.light_form import machine
from tests.warehouse.answering import a_response
from warehouse import Warehouse, open_warehouse
from warehouse.calendar import to_stored
from warehouse.contract_loading import load_contract
from warehouse.evidence.basis import EVERYTHING
from warehouse.exports import export_rows
from warehouse.filters import Filters
from warehouse.metrics import catalogue
from warehouse.responses import store_responses

SURVEY = "customer-satisfaction"
READERS, PER_SECOND, COMMITS = 32, 50, 20
_STREAM_ROWS = 3_000


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the right answer: nothing that is stored meanwhile belongs to it."""

    ask: Callable[[Warehouse], object]
    right: object


@dataclass(slots=True)
class Asked:
    """Seconds of each answer, and how many were wrong."""

    took: list[float] = field(default_factory=list)
    wrong: int = 0


def fill(house: Warehouse, rows: int) -> None:
    """So many responses of which every figure is known: they are read, and nothing is added to them."""
    for begin in range(0, rows, 20_000):
        part = range(begin, min(begin + 20_000, rows))
        sheets = [a_response(scores=(n % 5 + 1, n % 11, n % 7 + 1)) for n in part]
        with house.transaction() as cursor:
            store_responses(cursor, sheets, house.reporting_zone)


def questions(house: Warehouse, rows: int) -> tuple[Question, ...]:
    """Several of different size and shape, small and streamed; the answers are worked out here, not asked."""
    bars = {
        (code, score): len(range(score - low, rows, high - low + 1))
        for code, low, high in (("overall", 1, 5), ("recommend", 0, 10), ("ease", 1, 7))
        for score in range(low, high + 1)
    }

    def histogram(asked: Warehouse) -> object:
        found = asked.read("summary/histogram", survey=SURVEY, by="")
        return {(row[0], row[2]): int(row[3]) for row in found}

    def streamed(asked: Warehouse) -> object:
        return sum(1 for _ in export_rows(asked, "responses", Filters(SURVEY), "en").table.rows)

    found = [
        Question(lambda asked: int(asked.read("summary/responses", survey=SURVEY)[0][0]), rows),
        Question(histogram, bars),
        Question(lambda asked: asked.read("satisfaction/first_day", survey=SURVEY)[0][0], date(2026, 4, 1)),
        Question(lambda asked: dict(asked.read("core/survey_responses")).get(SURVEY), rows),
    ]
    if rows <= _STREAM_ROWS:
        found.append(Question(streamed, rows))
    return tuple(found)


def metrics(house: Warehouse) -> tuple[Question, ...]:
    """Every metric of the catalogue over the example's contract; right is what it gives while nobody
    writes."""
    contract = load_contract(house, example_source())
    asked = {"contract": contract.sha256, "as_of": date(2026, 7, 1), "survey": SURVEY}
    asked |= {"today": date(2026, 7, 1), "instant": to_stored(datetime(2026, 6, 30, 16, tzinfo=UTC))}
    asked |= EVERYTHING.parameters() | {
        "touchpoint": None,
        "tier": contract.spec.tiers[0].id if contract.spec.tiers else "gold",
    }
    found = []
    for metric in catalogue():
        values = {name: value for name, value in asked.items() if f"${name}" in metric.sql}
        ask = partial(_counted, name=f"metrics/{metric.file}", values=values)
        found.append(Question(ask, ask(house)))
    return tuple(found)


def _counted(house: Warehouse, name: str, values: Mapping[str, object]) -> object:
    return sorted(house.read(name, **values), key=str)


@contextmanager
def storing(house: Warehouse, a_second: float) -> Iterator[Callable[[], int]]:
    """Responses to another survey are stored beside, at that rate; how many so far."""
    done, stored = threading.Event(), [0]

    def work() -> None:
        begun = time.perf_counter()
        while not done.wait(max(0.0, begun + stored[0] / a_second - time.perf_counter())):
            house.writer.submit(replace(a_response(), survey="beside"))
            stored[0] += 1

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield lambda: stored[0]
    finally:
        done.set()
        thread.join()


def read(house: Warehouse, known: Sequence[Question], readers: int, answers: int, a_second: float) -> Asked:
    """So many readers until there are so many answers; `a_second` of all of them together, 0 for no pause."""
    asked, left, lock = Asked(), iter(range(answers)), threading.Lock()
    begun = time.perf_counter()

    def work(seed: int) -> None:
        chance = random.Random(seed)
        while True:
            with lock:
                number = next(left, None)
            if number is None:
                return
            if a_second:
                time.sleep(max(0.0, begun + number / a_second - time.perf_counter()))
            question = chance.choice(known)
            start = time.perf_counter()
            found = question.ask(house)
            took = time.perf_counter() - start
            with lock:
                asked.took.append(took)
                asked.wrong += found != question.right

    threads = [threading.Thread(target=work, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return asked


def line(name: str, asked: Asked, stored: int) -> str:
    """What is told of a measurement."""
    ordered = sorted(asked.took)
    at = [ordered[int(share * (len(ordered) - 1))] * 1000 for share in (0.5, 0.99, 1)]
    times = f"p50 {at[0]:.1f} ms, p99 {at[1]:.1f} ms, longest {at[2]:.1f} ms"
    return f"{name}: {len(ordered):,} answers, {asked.wrong} wrong; {times}; {stored:,} stored beside"


def main() -> int:
    """Measure and print; 1 when an answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--metric-answers", type=int, default=2_000)
    parser.add_argument("--seconds", type=int, default=20, help="of the paced part")
    asked = parser.parse_args()
    print(f"{machine()}, load average {os.getloadavg()[0]:.1f}, {asked.rows:,} responses")
    wrong = 0
    with (
        tempfile.TemporaryDirectory(prefix="pactboard-benchmark-") as folder,
        closing(open_warehouse(Path(folder) / "w.duckdb")) as house,
    ):
        fill(house, asked.rows)
        house.rollups.seal()
        simple, counted = questions(house, asked.rows), metrics(house)
        for name, known, answers, pace in (
            (f"{PER_SECOND} queries a second", simple, asked.seconds * PER_SECOND, PER_SECOND),
            ("as fast as they can", simple, asked.answers, 0),
            (f"each of {len(counted)} metrics, as fast as they can", counted, asked.metric_answers, 0),
        ):
            with storing(house, COMMITS) as stored:
                found = read(house, known, READERS, answers, pace)
            print(line(f"{READERS} readers, {name}", found, stored()), flush=True)
            wrong += found.wrong
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

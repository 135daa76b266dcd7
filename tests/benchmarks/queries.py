"""How long every query of every page takes at several sizes, and a few beside what people would use instead.

python -m tests.benchmarks.queries [--responses 100000 1000000 10000000] [--folder DIR] [--runs 20]
    [--pages overview members ...] [--peers-at 1000000] [--peers pandas Polars ...]
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.generating import ANSWERS, SURVEY, generate
from tests.benchmarks.peers import OURS, PEERS, compare
from warehouse import Warehouse, open_warehouse
from warehouse.as_of import as_of
from warehouse.contracts import current_contract
from warehouse.fieldwork import course, dispositions, flags
from warehouse.filters import Filters, options
from warehouse.invitations import waves
from warehouse.judging import judge_contract
from warehouse.members import member_movement
from warehouse.satisfaction import satisfaction
from warehouse.summary import summarise

NOW = datetime(2026, 10, 20, 4, tzinfo=UTC)  # within a month and a quarter: some is counted by day
QUARTER = {"start": date(2026, 4, 1), "end": date(2026, 7, 1)}
MOST_MS = 5_000  # after which a query is not asked again
Asked = tuple[str, tuple[tuple[str, Any], ...]]


def overview(house: Warehouse) -> None:
    """Count what the scorecard needs: the metrics of every period begun."""
    loaded = current_contract(house)
    assert loaded is not None
    judge_contract(house, loaded, as_of(house, NOW))


PAGES: Mapping[str, Callable[[Warehouse], object]] = {
    "overview": overview,
    "satisfaction": lambda house: satisfaction(house, Filters(SURVEY), NOW),
    "satisfaction, filtered": lambda house: satisfaction(
        house, Filters(SURVEY, tier="vip", channel="page", **QUARTER), NOW
    ),
    "filters": lambda house: options(house, SURVEY),
    "figures": lambda house: (summarise(house, SURVEY), summarise(house, SURVEY, "tier")),
    "members": lambda house: member_movement(house, NOW),
    "members who answered": lambda house: house.read(
        "members/answered", survey=SURVEY, start=date(2025, 3, 3), end=date(2026, 2, 2)
    ),
    "fieldwork": lambda house: (
        dispositions.waves(house, SURVEY),
        course.completions(house, SURVEY),
        course.break_offs(house, SURVEY),
        course.page_times(house, SURVEY),
        flags.flags(house, SURVEY),
    ),
    "links": lambda house: waves(house, SURVEY),
}


def main() -> None:
    """Measure and print Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, nargs="*", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--folder", type=Path, help="keeps the files; those that are there are taken")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--pages", nargs="+", default=list(PAGES), choices=list(PAGES))
    parser.add_argument("--peers-at", type=int, nargs="*", default=[1_000_000], help="sizes")
    peers = [peer for peer in PEERS if peer != OURS]
    parser.add_argument("--peers", nargs="+", default=peers, choices=peers)
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, load average {load:.1f} before\n")
    with kept_folder(asked.folder) as folder:
        measured = {size: _pages(made(folder, size), asked.pages, asked.runs) for size in asked.responses}
        if measured:
            print_measured({f"{size * ANSWERS:,} answers": found for size, found in measured.items()})
        for size in asked.peers_at:
            compare(made(folder, size), asked.runs, asked.peers)


@contextmanager
def kept_folder(kept: Path | None) -> Iterator[Path]:
    """That folder, or one that is deleted afterwards."""
    if kept:
        yield kept
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)


def made(folder: Path, responses: int) -> Path:
    """The file of that size with everything sealed."""
    path = folder / f"{responses}" / "w.duckdb"
    if not path.exists():
        generate(path, responses)
    with closing(open_warehouse(path)) as house:
        house.quiet.close()
        if house.rollups.ahead:
            start = time.perf_counter()
            house.rollups.seal()
            print(f"sealed {responses:,} responses in {time.perf_counter() - start:.1f} s")
    return path


def asked_again(
    house: Warehouse, page: str, show: Callable[[Warehouse], object], runs: int
) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Page and query -> milliseconds of each run and of the CPU in each; asked twice with other values is
    two."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for number, (name, values) in enumerate(_queries(house, show)):
        took: list[tuple[float, float]] = []
        while len(took) <= runs and sum(waited for waited, _ in took) < MOST_MS:
            start, worked = time.perf_counter(), time.process_time()
            house.read(name, **dict(values))
            spent = time.perf_counter() - start, time.process_time() - worked
            took.append((spent[0] * 1_000, spent[1] * 1_000))
        found[page, f"{name} ({number})"] = took[1:] or took
    return found


def _pages(path: Path, pages: Sequence[str], runs: int) -> dict[tuple[str, str], list[tuple[float, float]]]:
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with closing(open_warehouse(path)) as house:
        for page in pages:
            found |= asked_again(house, page, PAGES[page], runs)
    return found


def _queries(house: Warehouse, show: Callable[[Warehouse], object]) -> list[Asked]:
    """The queries that the page asks, each once, with their values."""
    asked: dict[str, Asked] = {}

    def note(original: Callable[..., Any]) -> Callable[..., Any]:
        def ask(sql_name: str, /, **values: Any) -> Any:
            asked[f"{sql_name} {values}"] = (sql_name, tuple(values.items()))
            return original(sql_name, **values)

        return ask

    originals = {name: getattr(house, name) for name in ("read", "table")}
    for name, original in originals.items():
        setattr(house, name, note(original))
    try:
        show(house)
    finally:
        for name, original in originals.items():
            setattr(house, name, original)
    return list(asked.values())


def print_measured(measured: Mapping[str, dict[tuple[str, str], list[tuple[float, float]]]]) -> None:
    """A table with a column for each size."""
    print(f"p50 / p95 / p50 of CPU, in ms\n\n| page | query | {' | '.join(measured)} |")
    print(f"|---|---|{'---|' * len(measured)}")
    for page, query in next(iter(measured.values())):
        cells = [_cell(found.get((page, query), [])) for found in measured.values()]
        print(f"| {page} | {query.partition(' ')[0]} | {' | '.join(cells)} |")


def _cell(took: list[tuple[float, float]]) -> str:
    if not took:
        return "–"
    waited, worked = zip(*took, strict=True)
    cuts = statistics.quantiles(waited if len(waited) > 1 else waited * 2, n=20, method="inclusive")
    return f"{statistics.median(waited):.1f} / {cuts[18]:.1f} / {statistics.median(worked):.1f}"


if __name__ == "__main__":
    main()

"""Do the figures on many random members agree with a slow plain reckoning, and what do their pages cost?

python -m tests.benchmarks.members [MEMBERS] [SEED]
python -m tests.benchmarks.members --pages [--members 5000000] [--folder DIR] [--runs 5]: every query of their
pages over so many members with six purchases each."""

import argparse
import os
import platform
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from tests.benchmarks.generating import HERE
from tests.benchmarks.queries import asked_again, kept_folder, print_measured
from tests.benchmarks.rows import LATER, MEMBERS, PURCHASES, RISKS
from tests.warehouse.membership.agreeing import compare
from tests.warehouse.records.keeping import keep
from warehouse import Warehouse, open_warehouse
from warehouse.contract_loading import load_contract
from warehouse.contracts import current_contract
from warehouse.evidence.basis import EVERYTHING
from warehouse.members import first_day, member_movement
from warehouse.membership.at_risk import LEAST_LISTED, at_risk
from warehouse.membership.campaigns import campaigns, sources
from warehouse.membership.cohorts import buying_cohorts, joined_cohorts
from warehouse.membership.file import find, is_large, member_file
from warehouse.membership.file_quality import file_quality
from warehouse.membership.merging import aliases, duplicates
from warehouse.membership.retention import retention
from warehouse.membership.staying import staying
from warehouse.membership.tiers import tier_flow

QUARTER = (date(2026, 4, 1), date(2026, 7, 1))
ANY_DAY = (date(2026, 4, 10), date(2026, 7, 10))
TODAY = date(2026, 11, 1)
METRICS = (
    *("member_growth", "member_retention", "member_churn", "member_renewal", "member_won_back"),
    *("repeat_purchase", "complaints_per_1000", "tier_share", "tier_raised"),
    "cost_per_registered_member",
    *("file_completeness", "file_validity", "file_freshness"),
)


CAMPAIGNS = [
    {
        "title": "Bring a friend",
        "channel": ("shop", "web")[month % 2],
        "cost": "1000",
        "new_members": "8",
        "started_on": f"2025-{month:02}-03",
        "ended_on": f"2025-{month:02}-27",
    }
    for month in range(1, 13)
]


def metrics(house: Warehouse) -> None:
    """The metrics of members for every period begun."""
    loaded = current_contract(house)
    assert loaded is not None
    known = {"contract": loaded.contract.sha256, "as_of": TODAY, "tier": "vip", **EVERYTHING.parameters()}
    for name in METRICS:
        text = (Path(__file__).parents[2] / "warehouse" / "metrics" / f"{name}.sql").read_text("utf-8")
        house.read(f"metrics/{name}", **{key: value for key, value in known.items() if f"${key}" in text})


PAGES: Mapping[str, Callable[[Warehouse], object]] = {
    "members": lambda house: (
        member_movement(house, datetime(2026, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))),
        first_day(house, TODAY),
        joined_cohorts(house, TODAY),
        buying_cohorts(house, TODAY),
        staying(house, TODAY),
    ),
    "members, classes": lambda house: (tier_flow(house, *QUARTER), retention(house, *QUARTER)),
    "members, from any day": lambda house: (tier_flow(house, *ANY_DAY), retention(house, *ANY_DAY)),
    "members, files": lambda house: file_quality(house),
    "metrics": metrics,
    "one member": lambda house: (
        member_file(house, "M00000123"),
        aliases(house, "M00000123"),
        duplicates(house, "M00000123"),
        is_large(house),
    ),
    "campaigns": lambda house: (campaigns(house), sources(house)),
    "search": lambda house: [find(house, text) for text in TYPED],
}
# Who is at risk, each time from another member on: what was asked before is kept.
AT_RISK: Mapping[str, Callable[[Warehouse, int], object]] = {
    "first-page": lambda house, run: at_risk(house, TODAY, offset=run),
    "of-one-reason": lambda house, run: at_risk(house, TODAY, reason="falling", offset=run),
    "from-the-1,000,000th": lambda house, run: at_risk(house, TODAY, offset=1_000_000 + run),
}
# A number, whole and in part; a name, its last part, its first; the end of a phone; an address; nobody; what
# stands in the middle of an address.
TYPED = ("M00000123", "123", "王伟英", "秀文", "王", "5678", "member4321@", "nobody", "ber4321@")


def main() -> None:
    """Compare, or measure and print Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("count", type=int, nargs="?", default=10_000)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--pages", action="store_true")
    parser.add_argument("--members", type=int, default=5_000_000)
    parser.add_argument("--folder", type=Path, help="keeps the file; one that is there is taken")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tail", type=int, default=0, help="ask again beside so many purchases not sealed")
    asked = parser.parse_args()
    with kept_folder(asked.folder) as folder:
        if asked.pages:
            _measure(folder / f"members-{asked.members}" / "w.duckdb", asked)
            return
        began = time.perf_counter()
        compare(folder, asked.seed, asked.count)
        took = time.perf_counter() - began
        print(f"{asked.count:,} members, seed {asked.seed}: every figure agrees ({took:.0f} s)")


def make(path: Path, members: int) -> None:
    """A warehouse of so many members, with six purchases each and nothing sealed."""
    with closing(open_warehouse(path)) as house:
        load_contract(house, (HERE / "contract.yaml").read_text("utf-8"))
        keep(house, "campaign", *CAMPAIGNS)
    with duckdb.connect(str(path)) as connection:
        for statement in (*MEMBERS, PURCHASES, *RISKS):
            connection.execute(statement, {"members": members})


def _measure(path: Path, asked: argparse.Namespace) -> None:
    print(f"{platform.machine()}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} before")
    if not path.exists():
        make(path, asked.members)
    with closing(open_warehouse(path)) as house:
        house.quiet.close()
        print(f"sealed in {_sealed(house)}\n")
        found = {f"{asked.members:,} members": _asked_again(house, asked.runs)}
        if asked.tail:
            with house.transaction() as cursor:
                cursor.execute(LATER, {"members": asked.members, "rows": asked.tail})
            found[f"beside {asked.tail:,} purchases not sealed"] = _asked_again(house, asked.runs)
            print(f"these were sealed in {_sealed(house)}\n")
    print_measured(found)


def _at_risk(house: Warehouse, runs: int) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Where no list of them is kept yet and there are many: that, then from the list."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    start = time.perf_counter(), time.process_time()
    many = at_risk(house, TODAY, offset=9_999).members >= LEAST_LISTED
    found["at risk", "without-a-list"] = [_since(*start)]
    if many:
        print(f"the list of who is at risk was made in {_sealed(house)}\n")
    for name, show in AT_RISK.items():
        took = []
        for run in range(runs + 1):
            start = time.perf_counter(), time.process_time()
            show(house, run)
            took.append(_since(*start))
        found["at risk", name] = took[1:]
    return found


def _since(waited: float, worked: float) -> tuple[float, float]:
    """Milliseconds waited and of CPU."""
    return (time.perf_counter() - waited) * 1_000, (time.process_time() - worked) * 1_000


def _sealed(house: Warehouse) -> str:
    start, worked = time.perf_counter(), time.process_time()
    house.rollups.seal()
    return f"{time.perf_counter() - start:.0f} s, {time.process_time() - worked:.0f} s of CPU"


def _asked_again(house: Warehouse, runs: int) -> dict[tuple[str, str], list[tuple[float, float]]]:
    found = _at_risk(house, runs)
    for page, show in PAGES.items():
        found |= asked_again(house, page, show, runs)
    return found


if __name__ == "__main__":
    main()

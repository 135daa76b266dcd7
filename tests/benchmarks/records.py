"""What do the pages of cases, care and the other records cost in a register of millions of members?

python -m tests.benchmarks.records --pages --work [--members 5000000] [--folder DIR] [--runs 5]: every query
of these pages and of the metrics of records; then what writes much, with answers stored beside it."""

import argparse
import os
import platform
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import duckdb

from survey import read_questionnaire
from tests.benchmarks.generating import HERE
from tests.benchmarks.queries import asked_again, kept_folder, print_measured
from tests.benchmarks.record_rows import ROWS
from tests.benchmarks.record_work import work
from tests.benchmarks.rows import MEMBERS, STATEMENTS
from tests.warehouse.records.keeping import keep
from warehouse import Warehouse, open_warehouse
from warehouse.as_of import as_of
from warehouse.audit.chain import newest
from warehouse.contract_loading import load_contract
from warehouse.contracts import current_contract
from warehouse.judging import judge_contract
from warehouse.records.caring import care_days, care_list, care_today
from warehouse.records.case_queue import queue
from warehouse.records.catalogue import record_type, record_types
from warehouse.records.changing import changes
from warehouse.records.declaring import RecordType
from warehouse.records.figures import figures
from warehouse.records.overspending import overspent
from warehouse.records.reading import Asked, find, history
from warehouse.surveys import publish


def make(path: Path, members: int) -> None:
    """A warehouse of so many members with their records; its members may be there already."""
    is_new = not path.exists()
    questionnaire = read_questionnaire((HERE / "questionnaire.yaml").read_text("utf-8"), "questionnaire.yaml")
    with closing(open_warehouse(path)) as house:
        house.quiet.close()
        publish(house, questionnaire, "bench", questionnaire.title, is_example=False)
        if is_new:
            load_contract(house, (HERE / "contract.yaml").read_text("utf-8"))
        today = care_today(house)
        _keep_few(house, today)
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        if is_new:
            connection.execute(MEMBERS[0], {"members": members})
            connection.execute(
                MEMBERS[1].replace("WHERE e.day <", "WHERE e.event = 'joined' AND e.day <"),
                {"members": members},
            )
        asked = {"responses": max(members // 10, 1), "members": members}
        for statement in (*ROWS, STATEMENTS[0], STATEMENTS[4]):
            connection.execute(
                statement, {name: value for name, value in asked.items() if f"${name}" in statement}
            )


def _keep_few(house: Warehouse, today: date) -> None:
    """Plans of care and surveys, with a festival in three days, a rule for cases, a hundred of all else."""
    begun = (today - timedelta(days=400)).isoformat()
    plan = {"channel": "text_message", "greeting": "{name}", "in_force_on": begun}
    soon = today + timedelta(days=3)
    festival = {"occasion": "solar", "month": str(soon.month), "day_of_month": str(soon.day)}
    keep(
        house,
        "care_plan",
        {**plan, "number": "BIRTHDAY", "title": "Birthday", "occasion": "birthday"},
        {**plan, **festival, "number": "FESTIVAL", "title": "Festival"},
    )
    rule = {"survey": "bench", "question": "overall", "at_most": "0", "severity": "low", "in_force_on": begun}
    keep(house, "case_rule", rule)
    months = [f"{year}-{month:02}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    keep(
        house,
        "survey_plan",
        *({"survey": "bench", "wave": m, "due_on": f"{m}-28", "rest_days": "30"} for m in months),
    )
    made = {"service_case", "case_limit", "case_rule", "survey_plan", "service_check", "budget_line"}
    for kind in record_types():
        if kind.name not in made and not kind.name.startswith("care_"):
            keep(house, kind.name, *(_any(kind, today, n) for n in range(100)))


def _any(kind: RecordType, today: date, number: int) -> dict[str, str]:
    """A record with its required fields and its day alone."""
    day = (today - timedelta(days=number + 1)).isoformat()
    said = {
        "text": f"{kind.name} {number}",
        "whole": "10",
        "money": "1000",
        "day": day,
        "instant": f"{day} 10:00",
        "yes_no": "yes",
    }
    return {"number": f"R{number}"} | {
        field.code: field.choices[0].code if field.choices else said[field.kind]
        for field in kind.fields
        if field.required or field.code == kind.by
    }


def _overview(house: Warehouse) -> None:
    loaded = current_contract(house)
    assert loaded is not None
    judge_contract(house, loaded, as_of(house))
    overspent(house, loaded.contract.sha256)


def _listed(name: str) -> Callable[[Warehouse], object]:
    """What the page of a type asks: the newest fifty, a search, what waits, one record, the figures."""

    def show(house: Warehouse) -> None:
        kind = record_type(name)
        rows = find(house, kind, "operator", Asked()).rows
        find(house, kind, "operator", Asked(text="nobody"))
        find(house, kind, "operator", Asked(skip=1_000))
        changes(house, kind, most=50)
        if rows:
            history(house, kind, "operator", rows[0].record_id)
        figures(house, kind)

    return show


def _care(house: Warehouse) -> None:
    today = care_today(house)
    care_days(house, today - timedelta(days=7), today + timedelta(days=7))
    care_days(house, today - timedelta(days=1), today - timedelta(days=1))
    care_list(house, today - timedelta(days=1), 50)


PAGES: Mapping[str, Callable[[Warehouse], object]] = {
    "overview": _overview,
    "cases": lambda house: queue(house, "operator"),
    "care": _care,
    **{kind.name: _listed(kind.name) for kind in record_types()},
    "audit": lambda house: newest(house, 200, None),
}


def measure(
    house: Warehouse, runs: int, pages: Mapping[str, Callable[[Warehouse], object]] = PAGES
) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Page and query -> milliseconds waited and of CPU; the whole of a page's asking beside it."""
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for page, show in pages.items():
        found |= asked_again(house, page, show, runs)
        took = []
        for _ in range(min(runs, 3)):
            start, worked = time.perf_counter(), time.process_time()
            show(house)
            took.append((1_000 * (time.perf_counter() - start), 1_000 * (time.process_time() - worked)))
        found[page, "everything, in Python too"] = took
    return found


def main() -> None:
    """Measure and print Markdown."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", action="store_true", help="the queries of the pages")
    parser.add_argument("--work", action="store_true", help="what writes much")
    parser.add_argument("--members", type=int, default=5_000_000)
    parser.add_argument("--import-rows", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, help="keeps the file; one that is there is taken")
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f} before")
    with kept_folder(asked.folder) as folder:
        path = folder / f"records-{asked.members}" / "w.duckdb"
        if not path.exists():
            make(path, asked.members)
        with closing(open_warehouse(path)) as house:
            house.quiet.close()
            house.rollups.seal()
            if asked.pages:
                print_measured({f"{asked.members:,} members": measure(house, asked.runs)})
            if asked.work:
                work(house, asked.import_rows)


if __name__ == "__main__":
    main()

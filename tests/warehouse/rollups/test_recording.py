"""Whatever was sealed when: lists and figures of cases, consents and care say what their rows say."""

import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.warehouse.rollups.facts import Facts
from tests.warehouse.rollups.test_rollups import CONTRACTS, merge
from warehouse import Warehouse, open_warehouse
from warehouse.evidence.basis import EVERYTHING
from warehouse.metrics import metric
from warehouse.records.catalogue import record_type
from warehouse.records.looking_up import alike, newest
from warehouse.records.reading import ALL, Asked, find, history, page_values
from warehouse.sql import sql

KINDS = tuple(record_type(name) for name in ("service_case", "care_consent", "care_task"))
METRICS = (
    *("case_answered_in_time", "case_resolved_in_time", "case_reopened", "case_handling_satisfied"),
    *("complaints_per_1000", "care_on_time"),
)
DAY_ZERO = date(2026, 1, 1)
CARE_DAYS = """
SELECT due_on, occasion, count(*), count(given_on) FROM care_task
WHERE due_on >= $first AND due_on <= $last GROUP BY due_on, occasion ORDER BY due_on, occasion"""
CARE_MADE = "SELECT DISTINCT plan, due_on FROM care_task_record WHERE due_on >= $first AND due_on < $until"
MADE_UNTIL = "SELECT max(due_on) FROM care_task_record WHERE recorded_by = 'plan' AND revision = 1"
CARE_LIST = "SELECT record_id FROM care_task WHERE due_on = $day ORDER BY occasion, member_id"
UNGIVEN = "SELECT record_id FROM care_task WHERE due_on = $day AND given_on IS NULL"
AHEAD = "SELECT record_id FROM care_task WHERE due_on >= $day AND given_on IS NULL"
OPEN = """
SELECT record_id FROM service_case
WHERE resolved_at IS NULL OR (reopened_at IS NOT NULL AND resolved_again_at IS NULL)"""
OF_MEMBER = "SELECT coalesce(subject, '') FROM service_case WHERE member_id = $member"
MINE = "SELECT record_id FROM care_task WHERE member_id = $member"
ACTIONS = ("record", "record", "record", "seal", "merge", "rebuild", "compare")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recording") / "template.duckdb"
    with_periods = open_warehouse(path)
    with with_periods.transaction() as cursor:
        for contract, spans in CONTRACTS.items():
            for span in spans:
                row = [contract, span.name, span.start, span.end]
                cursor.execute("INSERT INTO contract_period VALUES (?, ?, ?, ?)", row)
    with_periods.close()
    return path


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.rollups.recording.MOST_ROWS", 3)


# Not made smaller when it fails: each try costs a second.
@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(st.sampled_from(ACTIONS), min_size=6, max_size=14), st.integers(0, 2**32))
def test_records_that_count_are_those_of_the_rows_whatever_was_sealed_when(
    template: Path, tmp_path_factory: pytest.TempPathFactory, actions: list[str], seed: int
) -> None:
    path = tmp_path_factory.mktemp("one") / "w.duckdb"
    shutil.copy(template, path)
    house, chance = open_warehouse(path), Random(seed)
    house.quiet.close()  # nothing is sealed but by this test
    try:
        for action in (*actions, "compare"):
            DOES[action](house, chance)
        assert house.read("rollups/differing_records") == []
    finally:
        house.close()
        shutil.rmtree(path.parent)


def a_day(chance: Random) -> date:
    return DAY_ZERO + timedelta(days=chance.randrange(100))


def at(chance: Random) -> datetime:
    return datetime.combine(a_day(chance), datetime.min.time()) + timedelta(hours=chance.randrange(24))


def record(house: Warehouse, chance: Random) -> None:
    """Rows about new records and old ones: corrected, withdrawn, some of them brought back."""
    with house.transaction() as cursor:
        for _ in range(chance.randrange(1, 12)):
            kind = chance.choice(KINDS)
            number = chance.choice("kK") + str(chance.randrange(8))
            other = f"{number.swapcase()[0]}{number[1:]}"
            if newest(cursor, kind, [other]):
                number = other  # never two that differ by small and capital letters alone
            revision = int(str(newest(cursor, kind, [number]).get(number, {"revision": 0})["revision"])) + 1
            row: dict[str, object] = {
                "record_id": number,
                "revision": revision,
                "withdrawn": chance.random() < 0.2,
                "recorded_at": datetime(2026, 5, 1) + timedelta(seconds=chance.randrange(99)),  # noqa: DTZ001
                "recorded_by": chance.choice(("plan", "party_b")),
                **MAKES[kind.name](chance),
            }
            names, marks = ", ".join(row), ", ".join("?" * len(row))
            cursor.execute(f"INSERT INTO {kind.table} ({names}) VALUES ({marks})", list(row.values()))


def a_case(chance: Random) -> Mapping[str, object]:
    received = at(chance)
    row: dict[str, object] = {
        "subject": f"S{chance.randrange(9)}",
        "category": chance.choice(("complaint", "crisis", "question")),
        "severity": chance.choice(("low", "high")),
        "member_id": chance.choice("abc"),
        "handling_score": chance.choice((None, 1, 4, 5)),
    }
    for name in ("received", "first_response", "resolved", "reopened", "resolved_again", "paused"):
        moment = received if name == "received" else chance.choice((None, at(chance)))
        row |= {f"{name}_at": moment, f"{name}_day": moment and moment.date()}
    for name in ("respond_by", "resolve_by"):
        moment = chance.choice((None, at(chance), at(chance)))
        row |= {f"{name}_at": moment, f"{name}_day": moment and moment.date()}
    return row


def a_word(chance: Random) -> Mapping[str, object]:
    return {"member_id": chance.choice("abc"), "agrees": chance.random() < 0.5, "said_on": a_day(chance)}


def a_greeting(chance: Random) -> Mapping[str, object]:
    due = a_day(chance)
    given_on = chance.choice((None, due, due + timedelta(days=1), due - timedelta(days=1)))
    return {
        "plan": chance.choice("PQ"),
        "occasion": chance.choice("XY"),
        "member_id": chance.choice("abc"),
        "due_on": due,
        "channel": chance.choice(("call", "gift")),
        "given_on": given_on,
    }


MAKES: Mapping[str, Callable[[Random], Mapping[str, object]]] = {
    "service_case": a_case,
    "care_consent": a_word,
    "care_task": a_greeting,
}


def compare(house: Warehouse, chance: Random) -> None:
    compare_figures(house, chance)
    compare_lists(house, chance)
    day, until = sorted((a_day(chance), a_day(chance)))

    def rows(text: str, **values: object) -> list[tuple[object, ...]]:
        with house.one_state() as cursor:
            return cursor.execute(text, values).fetchall()

    assert house.read("records/care_days", first=day, last=until) == rows(CARE_DAYS, first=day, last=until)
    made = house.read("records/care_made", first=day, until=until)
    assert sorted(made) == sorted(rows(CARE_MADE, first=day, until=until))
    assert house.read("records/care_made_until") == rows(MADE_UNTIL)
    for day in {day for (day,) in rows("SELECT DISTINCT due_on FROM care_task_record")}:
        listed = [row[:1] for row in house.read("records/care_list", day=day, most=ALL)]
        assert sorted(listed) == sorted(rows(CARE_LIST, day=day))
        ungiven = house.read("records/care_ungiven", day=day, given_on=day)
        assert sorted(row[:1] for row in ungiven) == sorted(rows(UNGIVEN, day=day))
        with house.one_state() as cursor:
            cursor.execute(sql("records/care_gone"), {"day": day})
            ahead = cursor.execute("SELECT record_id FROM care_wanted").fetchall()
        assert sorted(ahead) == sorted(rows(AHEAD, day=day))
    names, found = house.table("records/open_cases")
    place = list(names).index("record_id")
    assert sorted((row[place],) for row in found) == sorted(rows(OPEN))
    told = [row[3:] for row in house.read("members/services", member="a") if row[1] == "case"]
    assert sorted(told) == sorted(rows(OF_MEMBER, member="a"))


def compare_figures(house: Warehouse, chance: Random) -> None:
    """Each metric, and what it leaves out, at a day of chance."""
    as_of = a_day(chance)
    values = {"as_of": as_of, "today": a_day(chance), "instant": at(chance), **EVERYTHING.parameters()}
    for contract in CONTRACTS:
        for each in METRICS:
            told = []
            for folder, text in (
                ("metrics", metric(each).sql),
                ("metrics/from_rows", metric(each).from_rows),
            ):
                used = {name: value for name, value in values.items() if f"${name}" in text}
                told.append(sorted(house.read(f"{folder}/{each}", contract=contract, **used)))
            assert told[0] == told[1], each
        asked = {"contract": contract, "as_of": as_of, "instant": values["instant"]}
        waiting = house.read("metrics/left_out/case_resolved_in_time", **asked)
        rows = "metrics/left_out/from_rows/case_resolved_in_time"
        until = EVERYTHING.records_until
        assert sorted(waiting) == sorted(house.read(rows, **asked, records_until=until))


def compare_lists(house: Warehouse, chance: Random) -> None:
    """The list of each type, a part of it, and each record; expected is what is looked for among all rows."""
    for kind in KINDS:
        choices = kind.by_code[kind.filter].choices if kind.filter else ()
        narrowed = chance.choice((None, *(each.code for each in choices)))
        asked = Asked(value=narrowed, most=ALL)
        names, rows = house.table("records/page", **page_values(kind, "operator", asked))
        expected = [dict(zip(names, row, strict=True)) for row in rows]
        found = find(house, kind, "operator", asked)
        listed = [(row.values[kind.by], row.record_id, row.revision) for row in found.rows]
        by = [(row[kind.by], row["record_id"], row["revision"]) for row in expected]
        assert [row[0] for row in listed] == [row[0] for row in by]
        assert sorted(listed) == sorted(by) and found.fitting == len(by)
        if kind.name != "care_task":  # of a day, the greeting written last comes first
            assert listed == by
        skip, most = chance.randrange(4), chance.randrange(1, 4)
        part = find(house, kind, "operator", Asked(value=narrowed, most=most, skip=skip))
        assert [row.record_id for row in part.rows] == [row[1] for row in listed[skip : skip + most]]
        compare_each(house, kind.name)


def compare_each(house: Warehouse, name: str) -> None:
    kind = record_type(name)
    with house.one_state() as cursor:
        numbers = [
            row[0] for row in cursor.execute(f"SELECT DISTINCT record_id FROM {kind.table}").fetchall()
        ]
        values = {"records": kind.table, "record_ids": numbers}
        expected = sorted(row[:2] for row in cursor.execute(sql("records/newest"), values).fetchall())
        looked_up = newest(cursor, kind, numbers)
        assert sorted((number, row["revision"]) for number, row in looked_up.items()) == expected
        others = [number.swapcase() for number in numbers]
        assert alike(cursor, kind, others) == {number.swapcase(): number for number in numbers}
        assert alike(cursor, kind, [*numbers, "new"]) == {}
    for number in numbers:
        written = house.read("records/history", records=kind.table, record_id=number)
        told = history(house, kind, "operator", number)
        assert [row.revision for row in told] == [row[1] for row in written]


def seal(house: Warehouse, chance: Random) -> None:
    house.rollups.seal()


def rebuild(house: Warehouse, chance: Random) -> None:
    house.rollups.rebuild()


def merge_long(house: Warehouse, chance: Random) -> None:
    merge(house, Facts(), chance)


DOES: Mapping[str, Callable[[Warehouse, Random], None]] = {
    "record": record,
    "seal": seal,
    "merge": merge_long,
    "rebuild": rebuild,
    "compare": compare,
}


COLUMNS = {
    "care_now": "given_on",
    "service_now": "handling_score",
    "consent_now": "agrees",
    "record_place": "place",
    "care_day": "n",
    "care_made": "n",
}


@pytest.mark.parametrize("table", COLUMNS)
def test_each_rollup_of_records_that_says_something_else_is_named_and_no_other(
    template: Path, tmp_path: Path, table: str
) -> None:
    path = tmp_path / "w.duckdb"
    shutil.copy(template, path)
    house, chance = open_warehouse(path), Random(3)
    house.quiet.close()
    for _ in range(8):
        record(house, chance)
    assert house.read("rollups/differing_records") == []
    house.rollups.seal()
    assert house.read("rollups/differing_records") == []
    column = COLUMNS[table]
    said = "NOT agrees" if column == "agrees" else f"coalesce({column}, 0) + 1"
    said = "coalesce(given_on, DATE '2026-01-01') + 1" if column == "given_on" else said
    with house.transaction() as cursor:
        cursor.execute(f"UPDATE {table}_sealed SET {column} = {said}")
    assert house.read("rollups/differing_records") == [(table,)]
    house.close()

"""Who is at risk on any day, whatever is sealed: as a slow plain reckoning of the rows says."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest

from tests.warehouse.making import a_warehouse
from warehouse import Warehouse, WarehouseError
from warehouse.as_of import AsOf, as_of
from warehouse.membership.at_risk import AtRisk, all_at_risk, at_risk, list_of_today
from warehouse.membership.risk_list import REASONS, is_listed
from warehouse.rollups.risk_lists import differing

FIRST, DAYS = date(2026, 1, 1), 500
PEOPLE = [f"m{number:02}" for number in range(36)]
KINDS = ("joined", "joined", "returned", "renewed", "lapsed", "left", *("purchase",) * 12, "tier")
EVENT = """
INSERT INTO member_event (
    member_id, event, happened_at, day, month, recorded_at, event_key, revision, amount, tier)
VALUES (?, ?, ?, ?, date_trunc('month', CAST(? AS DATE)), ?, ?, 1, ?, ?)"""
FILE = """
INSERT INTO member (member_id, language, channel, is_example, recorded_at)
VALUES (?, 'zh', ?, FALSE, ?)"""
RESPONSE = """
INSERT INTO response
SELECT ?, (SELECT coalesce(max(ingest_seq), 0) + 1 FROM response), 'customer-satisfaction',
       'customer-satisfaction', 1, ?, NULL, NULL, 'page', 'zh', NULL, ?, ?, ?,
       date_trunc('month', CAST(? AS DATE)), 1.0, ?, [], NULL"""
CASE = """
INSERT INTO service_case_record (record_id, revision, withdrawn, recorded_at, recorded_by, category,
    received_day, resolved_at, reopened_at, resolved_again_at, member_id)
VALUES (?, ?, ?, TIMESTAMP '2026-01-01', 'operator', ?, ?, ?, ?, ?, ?)"""
HISTORY = """
SELECT member_id, day, event, amount, happened_at, recorded_at, place_at_instant(event)
FROM member_history ORDER BY happened_at, recorded_at, place_at_instant(event)"""
ANSWERS = """
SELECT coalesce(a.kept_id, r.member_id), r.day, r.submitted_at, q.measures, r.scores[q.score_position]
FROM response AS r
JOIN question AS q ON q.questionnaire = r.questionnaire AND q.version = r.version
LEFT JOIN member_alias AS a ON a.member_id = r.member_id
WHERE q.measures IN ('nps', 'csat') AND r.scores[q.score_position] IS NOT NULL"""
CASES = """
SELECT coalesce(a.kept_id, c.member_id), c.received_day, c.resolved_at, c.reopened_at, c.resolved_again_at
FROM service_case AS c LEFT JOIN member_alias AS a ON a.member_id = c.member_id
WHERE c.category IN ('complaint', 'crisis')"""
CHANNELS = "SELECT member_id, channel FROM member ORDER BY recorded_at, rowid"
TIERS = "SELECT member_id, tier FROM member_tier_on(CAST(? AS DATE), '', TIMESTAMP '9999-12-31')"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("risk")
    a_warehouse(folder, contract=False).close()
    return folder


def test_who_is_at_risk_on_any_day_is_what_the_rows_say_whatever_is_sealed(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.membership.risk_telling.MOST_MEMBERS", 18)
    monkeypatch.setattr("warehouse.membership.risk_telling.FEW", 12)  # of more, all events are looked at
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    house, chance = a_warehouse(tmp_path, contract=False), Random(1)
    house.quiet.close()  # nothing is sealed but by this test
    reasons: set[tuple[str, ...]] = set()
    try:
        happen(house, chance, 400)
        reasons |= compare(house, chance)  # all of it is tail
        house.rollups.seal()
        reasons |= compare(house, chance, 2)
        happen(house, chance, 2)
        compare(house, chance)
        compare_list(house, chance, monkeypatch)
    finally:
        house.close()
    assert {each for found in reasons for each in found} == set(REASONS)
    assert max(map(len, reasons)) > 1


class Undone(Exception):
    """Takes back what a transaction changed."""


def test_a_list_of_who_is_at_risk_that_is_wrong_in_any_column_is_named(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.membership.at_risk.LEAST_LISTED", 0)
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    house, chance = a_warehouse(tmp_path, contract=False), Random(2)
    house.quiet.close()
    happen(house, chance, 300)
    house.rollups.seal()
    at_risk(house, FIRST + timedelta(days=300))
    house.rollups.seal()  # makes the list
    happen(house, chance, 3)
    house.rollups.seal()  # tells of some beside it
    counting = {
        "risk_list": "place NOT IN (SELECT place FROM risk_left)",
        "risk_listed": "TRUE",
        "risk_moved": "marks > 0",
    }
    for table, counts in counting.items():
        with house.transaction() as cursor:
            columns = cursor.execute(f"DESCRIBE {table}").fetchall()
            assert differing(cursor) == []
        for column, kind, *_ in columns:
            if column in ("until", "contract", "responses", "cases"):  # of what it is
                continue
            one = f"SELECT min(rowid) FROM {table} WHERE {counts}"
            said = "'x'" if kind == "VARCHAR" else "'2020-01-01'" if kind == "DATE" else f"{column} + 1"
            with suppress(Undone), house.transaction() as cursor:
                cursor.execute(f"UPDATE {table} SET {column} = {said} WHERE rowid = ({one})")
                assert (column, differing(cursor)) == (column, ["risk_list"])
                raise Undone
    house.close()


def compare_list(house: Warehouse, chance: Random, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a list of one day, and compare its pages before and after what happens since is sealed."""
    until = FIRST + timedelta(days=chance.randrange(250, DAYS))
    with monkeypatch.context() as patched:
        patched.setattr("warehouse.membership.at_risk.LEAST_LISTED", 0)
        at_risk(house, until)
    house.rollups.seal()
    for events, merging in ((0, False), (2, True), (20, False)):
        if events or merging:
            happen(house, chance, events, merging=merging)
        told = reckon(house, until)
        for _ in range(2 if events else 1):
            with house.one_state() as cursor:
                assert is_listed(cursor, until, "")
                assert differing(cursor) == []
            for reason in (None, chance.choice(REASONS)):
                compare_page(house, until, told, reason, chance.randrange(len(told) + 3))
            house.rollups.seal()
    house.rollups.rebuild()
    with house.one_state() as cursor:
        assert not is_listed(cursor, until, "")


def test_a_list_that_is_kept_is_made_of_the_next_day_before_anybody_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, today, tomorrow = a_warehouse(tmp_path, contract=False), date(2026, 6, 1), date(2026, 6, 2)
    house.quiet.close()
    happen(house, Random(1), 200)

    def wake_up(until: date) -> bool:
        moment = AsOf(datetime.combine(until, datetime.min.time(), UTC), until)
        monkeypatch.setattr("warehouse.membership.at_risk.as_of", lambda house: moment)
        list_of_today(house)
        house.rollups.seal()
        with house.one_state() as cursor:
            return is_listed(cursor, until, "")

    assert not wake_up(today)  # nobody ever looked
    monkeypatch.setattr("warehouse.membership.at_risk.LEAST_LISTED", 0)
    at_risk(house, today)
    assert wake_up(today) and wake_up(tomorrow)
    house.close()


def test_the_list_of_a_large_register_is_made_though_nobody_ever_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = a_warehouse(tmp_path, contract=False)
    house.quiet.close()
    happen(house, Random(1), 200)
    house.rollups.seal()
    today = as_of(house).until
    ((members, _),) = house.read("members/risk_sealed", contract="")
    for large, listed in ((members + 1, False), (members, True)):
        monkeypatch.setattr("warehouse.membership.at_risk.LARGE_REGISTER", large)
        list_of_today(house)
        house.rollups.seal()
        with house.one_state() as cursor:
            assert is_listed(cursor, today, "") == listed
    house.close()


def happen(house: Warehouse, chance: Random, events: int, *, merging: bool = False) -> None:
    """So many events, and some files, answers and cases; of days before and after those asked for."""
    with house.transaction() as cursor:
        for number in range(events):
            day, at = a_moment(chance)
            member = PEOPLE[number] if number < len(PEOPLE) < events else chance.choice(PEOPLE)
            kind = "joined" if number < len(PEOPLE) < events else chance.choice(KINDS)
            key, amount = UUID(int=chance.getrandbits(128)), chance.choice((None, 10, 10, 90))
            tier = chance.choice((None, "vip"))
            cursor.execute(EVENT, [member, kind, at, day, day, at, key, amount, tier])
            if chance.random() < 0.03:
                cursor.execute("INSERT INTO member_event_replaced VALUES (?, 1, '2026-07-02')", [key])
        for _ in range(1 + events // 12):
            day, at = a_moment(chance)
            cursor.execute(FILE, [chance.choice(PEOPLE), chance.choice(("shop", "web")), at])
            scores = [chance.choice((None, 1, 5)), chance.choice((None, 3, 9))]
            key = UUID(int=chance.getrandbits(128))
            positions = cursor.execute(
                """SELECT measures, score_position FROM question
                   WHERE questionnaire = 'customer-satisfaction' AND version = 1
                     AND score_position IS NOT NULL"""
            ).fetchall()
            given: list[int | None] = [None] * max(position for _, position in positions)
            for measures, position in positions:
                given[position - 1] = {"csat": scores[0], "nps": scores[1]}.get(measures)
            cursor.execute(RESPONSE, [key, chance.choice(PEOPLE), at, at, day, day, given])
            ends = [chance.choice((None, at)) for _ in range(3)]
            cursor.execute(
                CASE,
                [
                    *(str(key), 1, chance.random() < 0.1, chance.choice(("complaint", "crisis", "question"))),
                    *(day, *ends, chance.choice(PEOPLE)),
                ],
            )
        if merging:
            row = [*chance.sample(PEOPLE, 2), False, datetime(2026, 7, 1)]  # noqa: DTZ001 - as stored
            cursor.execute("INSERT INTO member_merge VALUES (?, ?, ?, '', '', ?)", row)


def a_moment(chance: Random) -> tuple[date, datetime]:
    """A day, and an instant of it: often the same of one day."""
    day = FIRST + timedelta(days=chance.randrange(DAYS))
    return day, datetime.combine(day, datetime.min.time()) + timedelta(hours=chance.choice((0, 9, 9)))


def compare(house: Warehouse, chance: Random, days: int = 1) -> set[tuple[str, ...]]:
    """Compare pages of some days, with all and with each reason, and the whole list; the reasons found."""
    reasons = set()
    for _ in range(days):
        until = FIRST + timedelta(days=chance.randrange(150, DAYS + 250))
        told = reckon(house, until)
        reasons |= {each.reasons for each in told}
        assert list(all_at_risk(house, until)) == [(len(told), each) for each in told]
        for reason in (None, chance.choice(REASONS)):
            offset = chance.choice((0, 0, 3, 11, 99))
            compare_page(house, until, told, reason, offset)
    return reasons


def compare_page(house: Warehouse, until: date, told: list[AtRisk], reason: str | None, offset: int) -> None:
    found = at_risk(house, until, reason=reason, limit=9, offset=offset)
    of_it = [each for each in told if reason is None or reason in each.reasons]
    assert list(found.shown) == of_it[offset : offset + 9]
    assert found.members == len(told)
    assert found.counts == {one: sum(one in each.reasons for each in told) for one in REASONS}


def reckon(house: Warehouse, until: date) -> list[AtRisk]:
    """One member at a time, from all rows."""
    with house.transaction() as cursor:
        history = cursor.execute(HISTORY).fetchall()
        answers, cases = cursor.execute(ANSWERS).fetchall(), cursor.execute(CASES).fetchall()
        channels = dict(cursor.execute(CHANNELS).fetchall())
        tiers = dict(cursor.execute(TIERS, [until]).fetchall())
        keys = dict(cursor.execute("SELECT m, place_key(m) FROM unnest(?) AS t(m)", [PEOPLE]).fetchall())
    found = []
    for member in PEOPLE:
        mine: Callable[[list[Any]], list[Any]] = lambda rows, one=member: [  # noqa: E731
            row for row in rows if row[0] == one and row[1] < until
        ]
        if (one := reckon_one(member, until, mine(history), mine(answers), mine(cases))) is not None:
            tier = None if "lapsed" in one[0] else tiers[member]
            found.append(AtRisk(member, channels.get(member), *one[1:], one[0], tier))
    return sorted(found, key=lambda one: (-len(one.reasons), -one.spent, keys[one.member_id]))


def reckon_one(
    member: str, until: date, history: list[Any], answers: list[Any], cases: list[Any]
) -> tuple[Any, ...] | None:
    """Reasons, deals, spent, last day of a purchase; None for who is not at risk."""

    def ago(day: date) -> int:
        return (until - day).days

    said = [row for row in history if row[2] not in ("purchase", "tier")]
    bought = [row for row in history if row[2] == "purchase"]
    if not said or said[-1][2] == "left" or (said[-1][2] == "lapsed" and ago(said[-1][1]) > 180):
        return None
    lapsed = said[-1][2] == "lapsed"
    lately = sum(ago(row[1]) <= 90 for row in bought)
    early = sum(90 < ago(row[1]) <= 180 for row in bought)
    lows = [(row[2], row[4] <= (6 if row[3] == "nps" else 2)) for row in answers if ago(row[1]) <= 180]
    last = max((at for at, _ in lows), default=None)
    true = {
        "lapsed": lapsed,
        "complaint": not lapsed and any(row[2] is None or (row[3] and not row[4]) for row in cases),
        "low_score": not lapsed and any(low for at, low in lows if at == last),
        "falling": early >= 2 and 2 * lately < early,
        "silent": len(bought) >= 2 and all(ago(row[1]) > 180 for row in bought),
    }
    reasons = tuple(reason for reason in REASONS if true[reason])
    if not reasons:
        return None
    spent = sum((row[3] or 0 for row in bought), start=bought[0][3] * 0 if bought and bought[0][3] else 0)
    return reasons, len(bought), spent, max((row[1] for row in bought), default=None)


def test_beside_too_much_that_is_not_counted_yet_the_page_says_so_and_the_list_of_all_is_told(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    house = a_warehouse(tmp_path, contract=False)
    house.quiet.close()
    try:
        happen(house, Random(4), 60)
        monkeypatch.setattr("warehouse.rollups.waiting.MOST_WAITING", 50)
        with pytest.raises(WarehouseError, match="still-counted"):
            at_risk(house, FIRST + timedelta(days=300))
        until = FIRST + timedelta(days=400)
        assert [each for _, each in all_at_risk(house, until)] == reckon(house, until)
        house.rollups.seal()
        assert list(at_risk(house, until, limit=99).shown) == reckon(house, until)
    finally:
        house.close()

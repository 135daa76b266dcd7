"""Whatever was sealed when, each metric and page query says what the rows say when counted one by one."""

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from survey import library_questionnaire
from tests.warehouse.rollups import cases
from tests.warehouse.rollups.campaigns_from_rows import compare_campaigns, keep_campaigns
from tests.warehouse.rollups.classes_from_rows import VERSION, agree, compare_classes
from tests.warehouse.rollups.facts import (
    MEASURES,
    QUESTIONS,
    SCALES,
    Asked,
    Facts,
    Given,
    Rows,
    Span,
    from_history,
    histogram,
    metric,
    value_of,
)
from tests.warehouse.rollups.members_from_rows import compare_files, compare_risks
from warehouse import Warehouse, open_warehouse
from warehouse.evidence.basis import EVERYTHING
from warehouse.metrics import FROM_ROWS, Metric, catalogue
from warehouse.rollups import sealing
from warehouse.surveys import publish

FIRST = date(2025, 12, 20)
SURVEYS = ("customer-satisfaction", "other")
# A contract whose periods part months, and one whose periods do not.
CONTRACTS = {
    "odd": [
        Span("one", date(2026, 1, 10), date(2026, 2, 25)),
        Span("two", date(2026, 2, 25), date(2026, 4, 3)),
    ],
    "even": [Span("Q1", date(2026, 1, 1), date(2026, 4, 1)), Span("Q2", date(2026, 4, 1), date(2026, 7, 1))],
}
RESPONSE = """
INSERT INTO response SELECT ?, (SELECT coalesce(max(ingest_seq), 0) + 1 FROM response), ?, ?, 1,
?, ?, ?, ?, ?, ?, ?, ?, ?, date_trunc('month', CAST(? AS DATE)), ?, ?, [], NULL"""
EVENT = """
INSERT INTO member_event (
    member_id, event, happened_at, day, month, recorded_at, event_key, revision, amount, tier)
VALUES (?, ?, ?, ?, date_trunc('month', CAST(? AS DATE)), ?, ?, ?, ?, ?)"""
MOVEMENT = """
SELECT day, count(*) FILTER (step = 'joined'), count(*) FILTER (step = 'returned'),
       count(*) FILTER (step = 'left')
FROM member_step WHERE day < ? GROUP BY day ORDER BY day"""
CHAIN = "SELECT 1 FROM member_alias WHERE member_id = $kept OR kept_id = $member"
FILE = """
INSERT INTO member (member_id, language, channel, is_example, name, phone, email, birthday, recorded_at)
VALUES (?, 'zh', ?, FALSE, ?, ?, ?, ?, ?)"""
INVITATION = """
INSERT INTO invitation (token_sha256, survey, wave, member_id, tier, response_id, created_at, expires_at, day)
VALUES (?, ?, ?, 'a', ?, ?, ?, ?, ?)"""
# What a register means is written down once, in SQL: that is what the rollups have to come to.
REGISTER = (
    *("member_churn", "member_growth", "member_retention", "member_renewal", "member_won_back"),
    *("complaints_per_1000", "repeat_purchase", "tier_share", "cost_per_registered_member"),
    *("file_completeness", "file_validity", "file_freshness"),
)
# Compared in test_recording.py.
RECORDED = (
    *("care_on_time", "case_answered_in_time", "case_handling_satisfied", "case_reopened"),
    "case_resolved_in_time",
)
BY_MONTHS = "tier_raised"  # counts from the first of a month, on which periods of contracts begin
ACTIONS = (
    *("answer", "answer", "happen", "happen", "file", "invite", "form", "agree"),
    *("seal", "merge", "migrate", "rebuild", "compare"),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with two surveys and two contracts."""
    path = tmp_path_factory.mktemp("rollups") / "template.duckdb"
    house = open_warehouse(path)
    built_in = library_questionnaire(SURVEYS[0])
    publish(house, built_in, SURVEYS[1], built_in.title, is_example=False)
    with house.transaction() as cursor:
        for contract, spans in CONTRACTS.items():
            for span in spans:
                row = [contract, span.name, span.start, span.end]
                cursor.execute("INSERT INTO contract_period VALUES (?, ?, ?, ?)", row)
        cursor.execute(VERSION, {"sha256": "odd", "version": 0})  # it has no bars
        cursor.execute("UPDATE battery SET blocks = ?", [cases.BATTERY])
    agree(house, "even", 1, Random(1))
    keep_campaigns(house)
    house.close()
    return path


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even five members and three forms are sealed in several parts."""
    monkeypatch.setattr("warehouse.rollups.registering.MOST_MEMBERS", 2)
    monkeypatch.setattr("warehouse.rollups.registering.TOGETHER", 2)
    monkeypatch.setattr("warehouse.rollups.registering.MOST_EVENTS", 30)
    monkeypatch.setattr("warehouse.rollups.sealing.MOST_ROWS", 3)


# Not made smaller when it fails: each try costs a second, and that went on for minutes. The example is shown.
@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(st.sampled_from(ACTIONS), min_size=6, max_size=14), st.integers(0, 2**32))
def test_rollups_say_what_the_rows_say(
    template: Path, tmp_path_factory: pytest.TempPathFactory, actions: list[str], seed: int
) -> None:
    path = tmp_path_factory.mktemp("one") / "w.duckdb"
    shutil.copy(template, path)
    house, chance, facts = open_warehouse(path), Random(seed), Facts()
    house.quiet.close()  # nothing is sealed but by this test
    try:
        for action in (*actions, "compare"):
            DOES[action](house, facts, chance)
        for each in ("differing", "differing_members", "differing_tiers"):
            assert house.read(f"rollups/{each}") == []
    finally:
        house.close()
        shutil.rmtree(path.parent)


def a_day(chance: Random) -> date:
    return FIRST + timedelta(days=chance.choice((chance.randrange(200), chance.randrange(60, 75))))


def give(house: Warehouse, facts: Facts, chance: Random) -> None:
    """Some responses: some late, some of invited members, some of nobody known."""
    open_ids = [each.response_id for each in facts.invitations]
    taken = {each.response_id for each in facts.responses}
    with house.transaction() as cursor:
        for _ in range(chance.randrange(1, 12)):
            key = UUID(int=chance.getrandbits(128))
            if open_ids and chance.random() < 0.4 and (chosen := chance.choice(open_ids)) not in taken:
                key = chosen
            taken.add(key)
            scores = tuple(
                chance.choice((None, *SCALES[question], *SCALES[question])) for question in QUESTIONS
            )
            row = Given(
                key,
                chance.choice((SURVEYS[0], *SURVEYS)),
                chance.choice((None, "a", "b", "c")),
                chance.choice((None, "new", "vip")),
                chance.choice((None, "before", "after")),
                chance.choice(("page", "light_form", "page", "light_form", "kiosk", "api")),
                chance.choice(("zh", "en")),
                a_day(chance),
                chance.choice((0.5, 1.0, 2.0)),
                scores,
            )
            facts.responses.append(row)
            at = datetime.combine(row.day, datetime.min.time())
            begun = chance.choice((None, *(at - timedelta(seconds=each) for each in cases.took(chance))))
            cursor.execute(
                RESPONSE,
                [
                    *(key, row.survey, SURVEYS[0], row.member_id, row.tier, row.touchpoint, row.channel),
                    *(row.language, begun, at, at, row.day, row.day, row.weight, list(scores)),
                ],
            )


def happen(house: Warehouse, facts: Facts, chance: Random) -> None:
    """Some events of members in any order, some of them corrected, some members merged or parted again."""
    kinds = ("joined", "left", "returned", "renewed", "lapsed", "purchase", "purchase", "purchase", "tier")
    with house.transaction() as cursor:
        for _ in range(chance.randrange(1, 10)):
            key, member, day = UUID(int=chance.getrandbits(128)), chance.choice("abcde"), a_day(chance)
            at = datetime.combine(day, datetime.min.time()) + timedelta(
                seconds=chance.choice((0, chance.randrange(80_000)))
            )
            amount, tier = chance.choice((None, 10, 90)), chance.choice((None, "vip", "mid", "other"))
            cursor.execute(EVENT, [member, chance.choice(kinds), at, day, day, at, key, 1, amount, tier])
            facts.keys.append(key)
        for key in chance.sample(facts.keys, min(len(facts.keys), chance.randrange(2))):
            cursor.execute("INSERT INTO member_event_replaced VALUES (?, 1, '2026-07-02')", [key])
        if chance.random() < 0.4:
            facts.merges += 1
            at = datetime(2026, 7, 1) + timedelta(seconds=facts.merges)  # noqa: DTZ001 - as stored
            member, kept = chance.sample("abcde", 2)
            row = [member, kept, chance.random() < 0.3, at]
            chain = cursor.execute(CHAIN, {"member": member, "kept": kept}).fetchall()
            if row[2] or not chain:  # merging refuses a chain
                cursor.execute("INSERT INTO member_merge VALUES (?, ?, ?, '', '', ?)", row)


def file(house: Warehouse, facts: Facts, chance: Random) -> None:
    """Some files entered or changed, late or early, twice at one instant too; some of who is no member."""
    with house.transaction() as cursor:
        for _ in range(chance.randrange(1, 8)):
            basic = (
                chance.choice((None, "王芳")),
                chance.choice((None, "12", "+86 138-0000-0000")),
                chance.choice((None, "a@b", "a@b.cn")),
                chance.choice((None, "1990-02-30", "1990-01-01", "2026-02-25")),
            )
            at = datetime.combine(a_day(chance), datetime.min.time()) + timedelta(hours=chance.randrange(24))
            at -= timedelta(days=chance.choice((0, 300, 365, 400)))
            cursor.execute(FILE, [chance.choice("abcdef"), chance.choice(("shop", "web")), *basic, at])


def invite(house: Warehouse, facts: Facts, chance: Random) -> None:
    """Some invitations, a few of them again to the same wave, or after the answer."""
    known = [(each.survey, each.response_id) for each in facts.invitations]
    known += [(each.survey, each.response_id) for each in facts.responses]
    with house.transaction() as cursor:
        for _ in range(chance.randrange(1, 6)):
            survey, key = chance.choice(SURVEYS), UUID(int=chance.getrandbits(128))
            if known and chance.random() < 0.4:
                survey, key = chance.choice(known)
            row = Asked(survey, key, a_day(chance), chance.choice((None, "new", "vip")))
            facts.invitations.append(row)
            known.append((survey, key))
            at = datetime.combine(row.day, datetime.min.time()) + timedelta(seconds=len(known))
            row_of_it = [str(len(known)), survey, chance.choice("vw"), row.tier, key, at, at, row.day]
            cursor.execute(INVITATION, row_of_it)


def merge(house: Warehouse, facts: Facts, chance: Random) -> None:
    """Seal, and put the rows of every sealed table together."""
    least, sealing.LEAST_MERGE = sealing.LEAST_MERGE, -1
    try:
        house.rollups.seal()
    finally:
        sealing.LEAST_MERGE = least


def compare(house: Warehouse, facts: Facts, chance: Random) -> None:
    """Every metric and page query with dates and filters of chance."""
    survey, as_of = chance.choice(SURVEYS), a_day(chance)
    for contract, spans in CONTRACTS.items():
        for each in catalogue():
            if each.name in RECORDED or (each.name in ("tier_share", BY_MONTHS) and contract == "odd"):
                continue  # that one has no bars
            if each.name in (*REGISTER, BY_MONTHS):
                expected = counts(house, each, f"metrics/{FROM_ROWS}", contract, as_of, survey)
                assert counts(house, each, "metrics", contract, as_of, survey) == expected
            elif each.from_rows:
                expected = sorted(metric(facts, each.name, spans, as_of, survey))
                assert counts(house, each, "metrics", contract, as_of, survey) == expected
    others = (*REGISTER, BY_MONTHS, *RECORDED)
    each = chance.choice([each for each in catalogue() if each.from_rows and each.name not in others])
    assert counts(house, each, f"metrics/{FROM_ROWS}", "odd", as_of, survey) == sorted(
        metric(facts, each.name, CONTRACTS["odd"], as_of, survey)
    )
    compare_satisfaction(house, facts, chance, survey)
    compare_summary(house, facts, survey)
    compare_members(house, facts, chance, survey)
    cases.compare(house, SURVEYS)
    with house.transaction() as cursor:
        moved = cursor.execute(MOVEMENT, [as_of]).fetchall()
        for name, grain, text in from_history():
            told = cursor.execute(text, {"until": as_of} | grain).fetchall()
            assert (name, house.read(f"members/{name}", until=as_of, **grain)) == (name, told)
    assert house.read("members/movement", until=as_of) == moved
    compare_files(house, chance)
    compare_risks(house, chance)
    compare_campaigns(house, as_of, *sorted((a_day(chance), a_day(chance))))
    if chance.random() < 0.4:
        compare_classes(house, chance, facts.contracts, a_day(chance))


def agree_again(house: Warehouse, facts: Facts, chance: Random) -> None:
    """Bars of another version count too, once."""
    if len(facts.contracts) == 2:
        facts.contracts.append("new")
        agree(house, "new", 2, chance)


def counts(house: Warehouse, asked: Metric, folder: str, contract: str, as_of: date, survey: str) -> Rows:
    """What the metric's file in that folder gives; the value of a census is looked at and left out."""
    text = asked.sql if folder == "metrics" else asked.from_rows
    values = {"contract": contract, "as_of": as_of, "survey": survey, "touchpoint": None, "tier": "vip"}
    values |= EVERYTHING.parameters()
    used = {name: value for name, value in values.items() if f"${name}" in text}
    found = house.read(f"{folder}/{asked.file}", **used)
    if asked.kind == "census" and asked.unit != "money":  # what it cost is looked at itself
        assert all(row[4] == value_of(asked.name, row[2], row[3]) for row in found)
        found = [row[:4] for row in found]
    return sorted(found)


def compare_satisfaction(house: Warehouse, facts: Facts, chance: Random, survey: str) -> None:
    spans, until = chance.choice(list(CONTRACTS.values())), a_day(chance)
    filters = {"tier": chance.choice((None, "vip")), "channel": chance.choice((None, "page"))}
    filters |= {"touchpoint": chance.choice((None, "after")), "language": chance.choice((None, "zh"))}
    named = {
        "names": [span.name for span in spans],
        "starts": [span.start for span in spans],
        "ends": [span.end for span in spans],
    }
    start, end = (
        chance.choice((None, date(2026, 1, 1))),
        chance.choice((None, date(2026, 3, 1), a_day(chance))),
    )
    mine = [each for each in facts.responses if each.survey == survey and each.day < until]
    passed = [
        each
        for each in mine
        if all(value is None or getattr(each, name) == value for name, value in filters.items())
        and (start is None or each.day >= start)
        and (end is None or each.day < end)
    ]
    found = house.read(
        "satisfaction/histogram", survey=survey, until=until, start=start, end=end, **named, **filters
    )
    assert sorted(found) == sorted(histogram(passed, facts, spans, survey))
    cells: Counter[tuple[object, ...]] = Counter()
    for question, measures in MEASURES.items():
        for each, _ in facts.answers(survey, question):
            if each.day < until:
                by = [getattr(each, name) if filters[name] else None for name in ORDER]
                span = next((span.name for span in spans if each.day in span), "")
                cells[measures, span, *by] += 1
    rows = house.read("satisfaction/cells", survey=survey, until=until, **named, **filters)
    assert {(row[0], row[1], *row[3:]): row[2] for row in rows} == cells


def compare_summary(house: Warehouse, facts: Facts, survey: str) -> None:
    mine = [each for each in facts.responses if each.survey == survey]
    for by in ("", *ORDER):
        counts: dict[tuple[str, str, int], list[float]] = {}
        for question in QUESTIONS:
            for each, score in facts.answers(survey, question):
                key = question, (getattr(each, by) or "") if by else "", score
                counts.setdefault(key, []).append(each.weight)
        found = house.read("summary/histogram", survey=survey, by=by)
        assert found == sorted((*k, len(w), sum(w), sum(x * x for x in w)) for k, w in counts.items())
    assert house.read("summary/responses", survey=survey) == [(len(mine),)]
    assert dict(house.read("core/survey_responses")) == Counter(each.survey for each in facts.responses)
    days = sorted(each.day for each in mine) or [None]
    assert house.read("satisfaction/first_day", survey=survey) == [(days[0],)]
    assert house.read("exports/days", survey=survey) == [(days[0], days[-1])]
    values = {(name, getattr(each, name)) for each in mine for name in ORDER}
    assert set(house.read("filters/values", survey=survey)) == {
        each for each in values if each[1] is not None
    }


def compare_members(house: Warehouse, facts: Facts, chance: Random, survey: str) -> None:
    start, end = sorted((a_day(chance), a_day(chance)))
    given = {
        each.member_id
        for each in facts.responses
        if each.survey == survey and each.member_id and start <= each.day < end
    }
    assert house.read("members/answered", survey=survey, start=start, end=end) == [(len(given),)]
    ever = {each.member_id for each in facts.responses if each.survey == survey and each.member_id}
    assert house.read("members/answered", survey=survey, start=None, end=None) == [(len(ever),)]


ORDER = ("tier", "touchpoint", "channel", "language")
DOES: dict[str, Callable[[Warehouse, Facts, Random], object]] = {
    "answer": give,
    "invite": invite,
    "form": cases.happen,
    "migrate": lambda house, facts, chance: cases.migrate(house, chance),
    "happen": happen,
    "file": file,
    "seal": lambda house, facts, chance: house.rollups.seal(),
    "merge": merge,
    "rebuild": lambda house, facts, chance: house.rollups.rebuild(),
    "compare": compare,
    "agree": agree_again,
}

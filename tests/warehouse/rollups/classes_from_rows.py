"""What the rows say of the classes of customers, asked of member_tier_on and member_step: what the rollups of
classes have to come to."""

from collections.abc import Sequence
from datetime import date
from random import Random

from duckdb import DuckDBPyConnection

from warehouse import Warehouse
from warehouse.evidence.basis import EVERYTHING

FLOW = """
WITH placed AS MATERIALIZED (
    SELECT t.cut, t.member_id, t.tier
    FROM member_tier_on_each([CAST($start AS DATE), CAST($end AS DATE)], $contract, $known) AS t
)
SELECT coalesce(a.tier, '') AS before_tier, coalesce(z.tier, '') AS after_tier, count(*) AS n
FROM (SELECT s.member_id, s.tier FROM placed AS s WHERE s.cut = $start) AS a
FULL JOIN (SELECT e.member_id, e.tier FROM placed AS e WHERE e.cut = $end) AS z ON z.member_id = a.member_id
GROUP BY ALL
"""
KEPT = """
WITH inside AS (
    SELECT s.member_id, min(s.day) AS joined_on,
           sum(CASE WHEN s.day >= $start THEN 0 WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0 AS before,
           sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0 AS after
    FROM member_step AS s
    WHERE s.day < $end
    GROUP BY s.member_id
), described AS (
    SELECT i.member_id, i.after, coalesce(t.tier, '') AS tier, coalesce(f.channel, '') AS channel,
           CAST(year(i.joined_on) AS VARCHAR) AS cohort
    FROM inside AS i
    LEFT JOIN member_tier_on(CAST($start AS DATE), $contract, $known) AS t ON t.member_id = i.member_id
    LEFT JOIN member_file AS f ON f.member_id = i.member_id
    WHERE i.before
), long AS (
    SELECT d.after, unnest(['', 'tier', 'channel', 'cohort']) AS dimension,
           unnest(['', d.tier, d.channel, d.cohort]) AS group_name
    FROM described AS d
)
SELECT l.dimension, l.group_name, count(*) AS opening, count(CASE WHEN l.after THEN 1 END) AS kept
FROM long AS l
GROUP BY l.dimension, l.group_name
"""
QUALITY = """
WITH inside AS (
    -- A member's steps add up to 1 while they are a member.
    SELECT s.member_id
    FROM member_step AS s
    WHERE s.day < CAST($until AS DATE)
    GROUP BY s.member_id
    HAVING sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0
), held AS (
    SELECT i.member_id, t.tier
    FROM inside AS i
    LEFT JOIN member_tier_on(CAST($until AS DATE), $contract, $known) AS t ON t.member_id = i.member_id
    UNION ALL
    SELECT i.member_id, '' FROM inside AS i
), kept AS (
    SELECT m.member_id, max(m.recorded_at) AS kept_at
    FROM member AS m
    WHERE m.recorded_at < CAST($until AS DATE)
    GROUP BY m.member_id
), filed AS (
    SELECT h.tier, h.member_id, unnest(['name', 'phone', 'email', 'birthday', 'gender', 'city']) AS field,
           unnest([f.name, f.phone, f.email, f.birthday, f.gender, f.city]) AS stated
    FROM held AS h
    LEFT JOIN member_file AS f ON f.member_id = h.member_id
    WHERE h.tier IS NOT NULL
)
SELECT f.tier, f.field, count(*) AS members, count(f.stated) AS filled,
       CASE f.field
           WHEN 'phone' THEN count(CASE WHEN is_phone(f.stated) THEN 1 END)
           WHEN 'email' THEN count(CASE WHEN is_email(f.stated) THEN 1 END)
           WHEN 'birthday' THEN count(CASE WHEN birthday_of(f.stated) < CAST($until AS DATE) THEN 1 END)
       END AS valid,
       count(CASE WHEN k.kept_at >= CAST($until AS DATE) - INTERVAL 365 DAY THEN 1 END) AS fresh
FROM filed AS f
LEFT JOIN kept AS k ON k.member_id = f.member_id
GROUP BY f.tier, f.field
ORDER BY f.tier, list_position(['name', 'phone', 'email', 'birthday', 'gender', 'city'], f.field)
"""
OF_ONE = """
SELECT t.member_id, t.tier, t.is_stated FROM member_tier_on(CAST($until AS DATE), $contract, $known) AS t
WHERE t.member_id = $member
"""
BARS = """
INSERT INTO contract_tier (sha256, place, tier, min_deals, min_amount, within_days)
VALUES ($sha256, 1, 'low', 0, NULL, NULL), ($sha256, 2, 'mid', 2, NULL, $days),
       ($sha256, 3, 'vip', 4, $amount, 45),
       ($sha256, 4, 'top', NULL, 200, NULL)
"""
VERSION = """
INSERT INTO contract_version SELECT 'bars', $version, $sha256, '{}', '', FALSE, TIMESTAMP '2026-01-01'
"""


def compare_classes(house: Warehouse, chance: Random, contracts: Sequence[str], a_day: date) -> None:
    """Flow, retention and the class of one by the bars of one of the contracts, from the first of a month or
    from any day on."""
    known = {"known": EVERYTHING.members_until}
    contract = chance.choice(contracts)
    start, name = chance.choice(((a_day.replace(day=1), ""), (a_day, "_any_day")))
    end = chance.choice((start, date(2026, 8, 15), max(start, date(2026, 3, 1))))
    span = {"start": start, "end": end, "contract": contract}
    one = {"until": a_day, "contract": contract, "member": chance.choice("abcde")}
    with house.transaction() as cursor:
        flow, kept = asked(cursor, FLOW, span | known), asked(cursor, KEPT, span | known)
        classed = asked(cursor, OF_ONE, one | known)
        filed = cursor.execute(QUALITY, {"until": a_day, "contract": contract, **known}).fetchall()
    assert sorted(house.read(f"members/tier_flow{name}", **span)) == flow
    assert sorted(house.read(f"members/retention{name}", **span)) == kept
    assert house.read("members/file_quality", until=a_day, contract=contract) == filed
    one["members"] = [one.pop("member")]
    assert house.read("members/tiers_of", **one) == classed


def asked(cursor: DuckDBPyConnection, text: str, values: dict[str, object]) -> list[tuple[object, ...]]:
    return sorted(cursor.execute(text, values).fetchall())


def agree(house: Warehouse, sha256: str, version: int, chance: Random) -> None:
    """A version of a contract with bars of its own counts from now on."""
    bars = {"sha256": sha256, "days": chance.choice((None, 30, 90)), "amount": chance.choice((None, 80))}
    with house.transaction() as cursor:
        cursor.execute(VERSION, {"sha256": sha256, "version": version})
        cursor.execute(BARS, bars)

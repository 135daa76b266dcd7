"""What the rows say of campaigns and sources: who joined by which channel when, and who of them is there."""

from datetime import date

from tests.warehouse.records.keeping import keep
from warehouse import Warehouse

CAMPAIGNS = """
WITH standing AS (
    SELECT s.member_id, sum(CASE WHEN s.step = 'left' THEN -1 ELSE 1 END) > 0 AS inside
    FROM member_step AS s WHERE s.day < $until GROUP BY s.member_id
)
SELECT c.record_id, count(f.member_id), count(CASE WHEN f.member_id IS NOT NULL AND n.inside THEN 1 END)
FROM campaign AS c
LEFT JOIN member_step AS s ON s.step = 'joined' AND s.day < $until
    AND s.day BETWEEN c.started_on AND c.ended_on
LEFT JOIN member_file AS f ON f.member_id = s.member_id AND f.channel = c.channel
LEFT JOIN standing AS n ON n.member_id = s.member_id
WHERE c.started_on < $until GROUP BY ALL ORDER BY ALL"""
SOURCES = """
SELECT coalesce(f.channel, ''), count(*) FROM member_step AS s JOIN member_file AS f USING (member_id)
WHERE s.step = 'joined' AND s.day >= $start AND s.day < $end AND s.day < $until GROUP BY ALL ORDER BY ALL"""


def keep_campaigns(house: Warehouse) -> None:
    """Campaigns that overlap, of one channel and of others, of one day and of the whole time."""
    spans = (("web", "2026-01-05", "2026-02-20"), ("shop", "2026-02-01", "2026-02-25"))
    spans += (("shop", "2026-02-25", "2026-02-25"), ("fair", "2026-01-01", "2026-06-30"))
    base = {"title": "t", "cost": "9", "new_members": "1"}
    rows = [
        base | {"channel": channel, "started_on": start, "ended_on": end} for channel, start, end in spans
    ]
    keep(house, "campaign", *rows)


def compare_campaigns(house: Warehouse, until: date, start: date, end: date) -> None:
    """By what is known before the day `until`; the sources of the days from `start` to before `end`."""
    span = {"start": start, "end": end, "until": until}
    with house.transaction() as cursor:
        told = cursor.execute(CAMPAIGNS, {"until": until}).fetchall()
        came = cursor.execute(SOURCES, span).fetchall()
    found = house.read("members/campaigns", until=until)
    assert sorted((row[0], row[8], row[10]) for row in found) == told
    rows = house.read("members/sources", names=["one"], starts=[start], ends=[end], until=until)
    assert sorted(row[1:] for row in rows) == came

"""Who is at risk, the files of members and the search for them: what pages ask, beside what the rows say."""

from datetime import date, timedelta
from random import Random

from warehouse import Warehouse
from warehouse.membership.file import Found, find
from warehouse.membership.risk_telling import tell, tell_all
from warehouse.sql import sql

OWN = "(SELECT $member UNION SELECT member_id FROM member_alias WHERE kept_id = $member)"
FILES = f"SELECT member_id, recorded_at FROM member WHERE member_id IN {OWN} ORDER BY ALL"
HAPPENED = "SELECT stated_id, happened_at, event FROM member_history WHERE member_id = $member ORDER BY ALL"


def compare_risks(house: Warehouse, chance: Random) -> None:
    """Who is at risk on any day, from the rollups and from the rows alone."""
    until = date(2026, 2, 9) + timedelta(days=chance.randrange(400))
    with house.one_state() as cursor:
        tell_all(cursor, until, "", with_classes=False)
        found = cursor.execute(sql("members/risk_all")).fetchall()
        tell(cursor, until, "", everybody=True)
        told = cursor.execute(sql("members/risk_all")).fetchall()
    assert [row[:-1] for row in found] == [row[:-1] for row in told]
    there = {row[1]: row[-1] for row in told if row[-1]}
    rows = house.read("members/tiers_of", members=list(there), until=until, contract="")
    assert {one: tier for one, tier, _ in rows} == there


def compare_files(house: Warehouse, chance: Random) -> None:
    """One member's page and the search, beside what the rows say."""
    member, text = (
        chance.choice("abcdef"),
        chance.choice(("a", "芳", "12", "0000", "+86 138-0", "a@b", "8-00")),
    )
    told = house.read("members/find_anywhere", text=text)
    assert set(find(house, text)) == {Found(*row) for row in told}
    pairs = house.read("members/duplicates")
    assert house.read("members/duplicates_of", member=member) == [row for row in pairs if member in row[:2]]
    with house.transaction() as cursor:
        kept = cursor.execute(FILES, {"member": member}).fetchall()
        happened = cursor.execute(HAPPENED, {"member": member}).fetchall()
    assert sorted((row[2], row[0]) for row in house.read("members/changes", member=member)) == kept
    found = house.read("members/happenings", member=member)
    assert sorted((row[7], row[0], row[2]) for row in found) == happened

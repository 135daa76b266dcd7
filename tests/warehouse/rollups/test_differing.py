"""What the doctor compares: each rollup of the register with what its rows say."""

from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from tests.warehouse.fieldwork.making import completed, happened
from tests.warehouse.making import a_warehouse, happen, join, local, satisfied
from warehouse import Warehouse
from warehouse.register import Member, MemberEvent, add_events, add_members
from warehouse.rollups.tables import BY_CUSTOMER, CLASSES, SOURCES
from warehouse.sql import sql

# What stands for a number of such members, in the tables that count none.
COLUMNS = {"place": "place", "word": "place", "mark": "place", "standing": "deals", "falling": "until"}
REGISTER = sorted(table for table, sources in SOURCES.items() if sources & {"member_event", "member"})
# What each kind of column is changed to.
OTHER = {"DATE": "{} + 40", "VARCHAR": "{} || 'x'", "BOOLEAN": "NOT {}", "TIMESTAMP": "{} + INTERVAL 1 DAY"}
OF_ANSWERS = (
    *("response", "score_day", "score_month", "measured_day", "measured_month"),
    *("visit", "invited", "case"),
)
INVITED = """
INSERT INTO invitation (token_sha256, survey, wave, member_id, tier, response_id, created_at, expires_at, day)
SELECT CAST(r.response_id AS VARCHAR), r.survey, 'w', r.member_id, 'vip', r.response_id,
       TIMESTAMP '2026-01-02', TIMESTAMP '2026-09-02', DATE '2026-01-02'
FROM (SELECT response_id, survey, member_id FROM response
      UNION SELECT response_id, survey, 'M2' FROM fieldwork_event) AS r"""


class Undone(Exception):
    """Takes back what a transaction changed."""


QUERIES = ("rollups/differing_members", "rollups/differing_tiers")


def differing(house: Warehouse, *queries: str) -> list[str]:
    return [name for query in queries for (name,) in house.read(query)]


def test_each_rollup_of_the_register_that_says_something_else_is_named_and_no_other(tmp_path: Path) -> None:
    house = a_warehouse(tmp_path, contract=False)
    join(house, range(3), at="2026-01-05 12:00")
    happen(
        house,
        ("M00000", "left", "2026-02-01 10:00"),
        ("M00000", "returned", "2026-03-01 10:00"),
        ("M00001", "renewed", "2026-02-01 10:00"),
        ("M00001", "lapsed", "2026-04-01 10:00"),
    )
    bought = [
        MemberEvent("M00002", "purchase", local(f"{day} 12:00"), amount=Decimal(5))
        for day in ("2026-01-07", "2026-01-09", "2026-02-03", "2026-05-05", "2026-05-06")
    ]
    with house.transaction() as cursor:
        add_events(cursor, bought, zone=house.reporting_zone, recorded_at=local("2026-07-01 00:00"))
        called = [Member("M00002", "zh", "shop", phone="13800000000")]
        add_members(cursor, called, is_example=False, recorded_at=local("2026-07-02 00:00"))
    assert differing(house, *QUERIES) == []  # all of it is tail, or not: it was a quiet moment perhaps
    house.quiet.close()
    house.rollups.seal()
    assert differing(house, *QUERIES) == []
    for table in REGISTER:
        for change in (1, -1):
            with house.transaction() as cursor:
                column = COLUMNS.get(table.rpartition("_")[0].rpartition("_")[2], "n")
                said = f"{column} = {column} + {change}"
                said = "is_stated = NOT is_stated" if table == BY_CUSTOMER else said
                cursor.execute(f"UPDATE {table} SET {said}")
            found = differing(house, QUERIES[table in CLASSES])
            assert found == [table.removesuffix("_sealed")] * (change > 0)
    house.close()


def test_cases_that_ended_or_lasted_otherwise_than_their_rollups_say_are_named(tmp_path: Path) -> None:
    house = a_warehouse(tmp_path, contract=False)
    happened(house, completed(house), ("page", 0))
    assert house.read("rollups/differing") == []
    house.quiet.close()
    house.rollups.seal()
    assert house.read("rollups/differing") == []
    with house.transaction() as cursor:
        cursor.execute("UPDATE case_sealed SET stage = 'started'")
    assert house.read("rollups/differing") == [("case",)]
    for table, before in (("pace", ["case"]), ("pace_exact", ["case", "pace"])):
        with house.transaction() as cursor:
            cursor.execute(f"UPDATE {table}_sealed SET whole_seconds = 1")
        assert differing(house, "rollups/differing") == [*before, table]
    with house.transaction() as cursor:
        cursor.execute("UPDATE page_time_sealed SET tenths = tenths + 1")
    assert "page_time" in differing(house, "rollups/differing")
    house.rollups.rebuild()
    assert house.read("rollups/differing") == []
    house.close()


def test_one_row_of_counted_answers_or_cases_that_is_wrong_in_any_column_is_named(tmp_path: Path) -> None:
    house = a_warehouse(tmp_path, contract=False)
    satisfied(house, 2, 3, "2026-01-05 12:00")
    happened(house, UUID(int=1), ("started", None), ("question", "overall"))
    with house.transaction() as cursor:
        cursor.execute(
            "UPDATE response SET member_id = 'M1', tier = 'vip', touchpoint = 'after', weight = 0.1"
        )
        cursor.execute(INVITED)
    house.quiet.close()
    house.rollups.seal()
    assert differing(house, "rollups/differing") == []
    for table in OF_ANSWERS:
        with house.transaction() as cursor:
            columns = cursor.execute(f"DESCRIBE {table}_sealed").fetchall()
        for column, kind, *_ in columns:
            changed = OTHER.get(kind, "{} + 1").format(column)
            one = f"SELECT max(rowid) FROM {table}_sealed WHERE {column} IS NOT NULL"
            with suppress(Undone), house.transaction() as cursor:
                cursor.execute(f"UPDATE {table}_sealed SET {column} = {changed} WHERE rowid = ({one})")
                assert (table,) in cursor.execute(sql("rollups/differing")).fetchall(), column
                raise Undone
    assert differing(house, "rollups/differing") == []
    house.close()

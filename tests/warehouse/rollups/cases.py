"""Cases of fieldwork made by chance, and how they ended counted from rollups and from the rows."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import product
from random import Random
from uuid import UUID

from tests.warehouse.rollups.facts import QUESTIONS, Facts
from warehouse import Warehouse, batteries
from warehouse.metrics import FROM_ROWS
from warehouse.sql import ROOM

FORM = """
INSERT INTO fieldwork_event (survey, response_id, event, version, page, question, shown_at, happened_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
MARK = "INSERT INTO invitation_event (token_sha256, event, happened_at) VALUES (?, ?, ?)"
BATTERY = ((1, 2),)  # what is said of a questionnaire that has none
STEP = next(ROOM.glob("migrations/*_case_rollups.sql"))
PAGES_STEP = next(ROOM.glob("migrations/*_page_time_rollups.sql"))
FILES_STEP = next(ROOM.glob("migrations/*_class_file_rollups.sql"))
# What is asked of how cases ended, and the parameters of each question.
CASES: dict[str, dict[str, object]] = {
    "fieldwork/dispositions": {"touchpoint": None, "versions": [1, 2], "cuts": [2, 1]},
    "fieldwork/days": {},
    "fieldwork/break_off": {},
    "fieldwork/page_times": {},
    "invitations/waves": {"now": datetime(2026, 3, 1)},  # noqa: DTZ001 - as stored
}


def happen(house: Warehouse, facts: Facts, chance: Random) -> None:
    """What happened to forms, of links and of nobody's, before and after they were sent; and to links."""
    known = [(each.survey, each.response_id) for each in (*facts.invitations, *facts.responses)]
    with house.transaction() as cursor:
        for _ in range(chance.randrange(1, 10)):
            at = datetime(2025, 12, 20) + timedelta(days=chance.randrange(200))  # noqa: DTZ001 - as stored
            if facts.invitations and chance.random() < 0.3:
                link = str(chance.randrange(1, len(known) + 2))
                cursor.execute(MARK, [link, chance.choice(("revoked", "bounced")), at])
                continue
            of = chance.choice(known) if known and chance.random() < 0.8 else None
            survey, key = of or (
                chance.choice(sorted({each for each, _ in known} or {"other"})),
                UUID(int=chance.getrandbits(128)),
            )
            event = chance.choice(("opened", "started", "question", "page", "page"))
            question = chance.choice(QUESTIONS) if event == "question" else None
            version = chance.choice((1, 1, 2))
            if event == "page":  # some pages of a sheet or of two, at times one before another or none
                for page in chance.sample(range(4), chance.randrange(1, 4)):
                    shown_at = at - timedelta(seconds=chance.choice((0, 0, 20)))
                    left_at = at + timedelta(seconds=chance.choice((5, 5.04, 40, 99.96, 7_000, -3)) * page)
                    cursor.execute(FORM, [survey, key, event, version, page, None, shown_at, left_at])
            else:
                cursor.execute(FORM, [survey, key, event, version, None, question, at, at])


def took(chance: Random) -> Sequence[float]:
    """Seconds that forms took: many within one second, some of them half of others, some by a wrong clock."""
    near = chance.choice((5.0, 5.2, 5.200001, 5.6)), 10 + chance.randrange(20) / 20
    return *near, 10.4, chance.randrange(-3_000_000, 12_000_000) / 1_000_000


def migrate(house: Warehouse, chance: Random) -> None:
    """Fill rollups as their migrations do in a warehouse of which others are sealed."""
    filling = STEP.read_text("utf-8").rpartition("INSERT INTO case_sealed")
    pages = PAGES_STEP.read_text("utf-8").partition("CREATE VIEW page_left_filling")
    files = FILES_STEP.read_text("utf-8").partition("INSERT INTO file_mark_sealed")
    with house.transaction() as cursor:
        if chance.random() < 0.5:  # else what was told of forms stays sealed for the other steps
            cursor.execute("DELETE FROM case_sealed")
            cursor.execute("DELETE FROM rollup_mark WHERE source IN ('invitation_event', 'fieldwork_event')")
            cursor.execute("".join(filling[1:]))
        cursor.execute("DELETE FROM page_time_sealed")
        cursor.execute("".join(pages[1:]))
        cursor.execute("DELETE FROM file_mark_sealed")
        cursor.execute("DELETE FROM tier_file_sealed")
        cursor.execute("".join(files[1:]))
        cursor.execute("DELETE FROM battery")
        found, batteries.batteries = batteries.batteries, lambda definition: BATTERY
        try:
            assert batteries.keep_missing(cursor) and not batteries.keep_missing(cursor)
        finally:
            batteries.batteries = found


def compare(house: Warehouse, surveys: Sequence[str]) -> None:
    """How the cases of each survey ended, by wave, day and question, how the links stand, and what is
    flagged."""
    for survey, (query, values) in product(surveys, CASES.items()):
        folder, _, name = query.partition("/")
        expected = house.read(f"{folder}/{FROM_ROWS}/{name}", survey=survey, **values)
        assert Counter(house.read(query, survey=survey, **values)) == Counter(expected), query
    for survey, least, share in product(surveys, (1, 6), (0.5, 0.75)):
        asked = {"survey": survey, "least": least, "share": share}
        parts = {"versions": [1, 1], "blocks": [0, 0], "places": BATTERY[0]}
        expected = house.read(f"fieldwork/{FROM_ROWS}/flags", **asked, **parts)
        assert Counter(house.read("fieldwork/flags", **asked)) == Counter(expected)

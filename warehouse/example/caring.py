"""The care of the example club: its festivals, who agreed to be greeted, and what was given when."""

from collections.abc import Sequence
from datetime import date, timedelta

from duckdb import DuckDBPyConnection

from warehouse.calendar import utc_now
from warehouse.example.chance import Chance
from warehouse.example.serving import BY, store_records
from warehouse.example.story import LAST_DAY, SEED, in_bad_patch
from warehouse.records.care_making import make_tasks
from warehouse.records.caring import AHEAD
from warehouse.records.catalogue import record_type
from warehouse.records.checking import Record
from warehouse.records.storing import append
from warehouse.register import Member
from warehouse.sql import sql

_FIRST = date(2025, 7, 1)
_AGREE = 0.3
_FESTIVALS = (  # number, title, calendar, month, day, how
    ("SPRING", "春节", "lunar", 1, 1, "text_message"),
    ("DRAGON-BOAT", "端午节", "lunar", 5, 5, "gift"),
    ("MID-AUTUMN", "中秋节", "lunar", 8, 15, "gift"),
    ("DOUBLE-NINTH", "重阳节", "lunar", 9, 9, "call"),
    ("CLUB-DAY", "会员日", "solar", 11, 18, "text_message"),
)
_WORDS = "尊敬的{name}会员：祝您节日快乐！"
_BIRTHDAY_WORDS = "尊敬的{name}会员：祝您生日快乐！"


def store_care(cursor: DuckDBPyConnection, members: Sequence[Member]) -> None:
    """Keep the plan, who agrees, all that was due up to the last day and most of it as given."""
    chance = Chance(SEED + 41)
    since = {"in_force_on": _FIRST.isoformat(), "greeting": _WORDS}
    birthday = {"title": "会员生日", "occasion": "birthday", "channel": "text_message"}
    plans = [("BIRTHDAY", {**since, **birthday, "greeting": _BIRTHDAY_WORDS})]
    for number, title, occasion, month, day, channel in _FESTIVALS:
        plan = {"title": title, "occasion": occasion, "month": str(month), "day_of_month": str(day)}
        plans.append((number, {**plan, "channel": channel, **since}))
    store_records(cursor, "care_plan", plans)
    agreeing = [member for member in members if chance.happens(_AGREE)]
    said = {"agrees": "yes", "said_on": _FIRST.isoformat(), "source": "入会登记"}
    consents = [{**said, "member_id": each.member_id} for each in agreeing]
    store_records(cursor, "care_consent", [(f"A{n:04d}", each) for n, each in enumerate(consents, start=1)])
    make_tasks(cursor, _FIRST, LAST_DAY + timedelta(days=AHEAD), _FIRST)
    _give(cursor, chance)


def _give(cursor: DuckDBPyConnection, chance: Chance) -> None:
    kind = record_type("care_task")
    found = cursor.execute(sql("records/care_tasks"))
    names = [column[0] for column in found.description]
    records = []
    for row in found.fetchall():
        values = dict(zip(names, row, strict=True))
        due = values["due_on"]
        if due > LAST_DAY:
            continue
        late = chance.happens(0.25 if in_bad_patch(due) else 0.05)
        if not (late and chance.happens(0.4)):
            values["given_on"] = due + timedelta(days=1 + chance.below(4)) if late else due
        records.append(Record(values["record_id"], {field.code: values[field.code] for field in kind.fields}))
    append(cursor, kind, records, BY, utc_now())

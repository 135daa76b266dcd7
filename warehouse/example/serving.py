"""The cases of the example club: how many came in, how soon they were answered, which are still open."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from duckdb import DuckDBPyConnection

from warehouse.calendar import to_stored, utc_now
from warehouse.example.chance import Chance
from warehouse.example.story import LAST_DAY, SEED, ZONE, in_bad_patch
from warehouse.records.business_time import Hours
from warehouse.records.case_clock import LIMITS
from warehouse.records.catalogue import record_type
from warehouse.records.checking import Record, check_record
from warehouse.records.derived import rule_of
from warehouse.records.problems import RecordRefusedError
from warehouse.records.storing import append
from warehouse.records.values import written_value
from warehouse.register import Member

BY = "example"
_FIRST_DAY = datetime(2025, 7, 1, tzinfo=ZONE).date()
_END = datetime.combine(LAST_DAY + timedelta(days=1), time(), ZONE)
_A_DAY, _A_DAY_IN_PATCH = 0.5, 1.4
_SEVERITIES = {"low": 0.3, "normal": 0.45, "high": 0.2, "critical": 0.05}
_CHANNELS = {"hotline": 0.55, "website": 0.25, "shop": 0.12, "mail": 0.08}
_SUBJECTS = {
    "question": ("积分何时到账", "如何更换绑定手机", "会员日活动规则"),
    "feedback": ("建议增加自提点", "表扬门店导购", "希望延长营业时间"),
    "complaint": ("包裹迟到五天", "退款一直未到账", "热线多次无人接听", "商品与描述不符"),
    "crisis": ("社交平台集中反映延误",),
}
_RULE = {
    "survey": "customer-satisfaction",
    "question": "overall",
    "at_most": "2",
    "severity": "normal",
    "in_force_on": (LAST_DAY - timedelta(days=2)).isoformat(),
}


def store_service(cursor: DuckDBPyConnection, members: Sequence[Member]) -> None:
    """Keep the cases of the term up to the last day, and the rule by which low scores open more."""
    store_records(cursor, "case_rule", [("R1", _RULE)])
    store_records(cursor, "service_case", _cases(members))


def store_records(
    cursor: DuckDBPyConnection, name: str, written: Iterable[tuple[str, Mapping[str, str]]]
) -> None:
    """Check and keep records of a type, number and fields, as a person would have written them."""
    kind = record_type(name)
    rule, records = rule_of(kind, cursor, ZONE), []
    for number, fields in written:
        found = check_record(kind, number, fields, "operator", ZONE, rule)
        if not isinstance(found, Record):
            raise RecordRefusedError(found)
        records.append(found)
    append(cursor, kind, records, BY, utc_now(), before={})


def _cases(members: Sequence[Member]) -> Iterator[tuple[str, dict[str, str]]]:
    chance, number, day = Chance(SEED + 40), 0, _FIRST_DAY
    while day <= LAST_DAY:
        at = datetime.combine(day, time(8), ZONE)
        rate = _A_DAY_IN_PATCH if in_bad_patch(day) else _A_DAY
        while (at := at + timedelta(hours=14 * chance.wait(rate))) < datetime.combine(day, time(22), ZONE):
            number += 1
            yield f"C{number:04d}", _case(chance, at.replace(second=0, microsecond=0), members)
        day += timedelta(days=1)


def _case(chance: Chance, received_at: datetime, members: Sequence[Member]) -> dict[str, str]:
    patched = in_bad_patch(received_at.date())
    complaints = 0.6 if patched else 0.3
    kinds = {"question": 0.9 - complaints, "feedback": 0.1, "complaint": complaints, "crisis": 0.004}
    category = chance.weighted(kinds)
    severity = "critical" if category == "crisis" else chance.weighted(_SEVERITIES)
    limit = LIMITS[severity]
    hours = Hours(limit.clock, ZONE)
    slow = 1.7 if patched else 1.0
    respond = int(limit.respond_minutes * min(3.0, slow * 0.35 * chance.wait(1.0))) + 1
    resolve = respond + int(limit.resolve_minutes * min(2.5, slow * 0.3 * chance.wait(1.0))) + 5
    responded_at, resolved_at = hours.after(received_at, respond), hours.after(received_at, resolve)
    case = {
        "subject": chance.one_of(_SUBJECTS[category]),
        "category": category,
        "severity": severity,
        "channel": chance.weighted(_CHANNELS),
        "received_at": _said(received_at),
        "first_response_at": _said(responded_at),
        "resolved_at": _said(resolved_at),
        "member_id": chance.one_of(members).member_id,
    }
    if chance.happens(0.09 if patched else 0.04):
        back_at = resolved_at + timedelta(days=2, hours=chance.below(6))
        case |= {"reopened_at": _said(back_at), "resolved_again_at": _said(hours.after(back_at, 200))}
    elif chance.happens(0.5) and resolved_at < _END:
        case["handling_score"] = str(chance.weighted({5: 0.5, 4: 0.28, 3: 0.12, 2: 0.06, 1: 0.04}))
    return {name: text for name, text in case.items() if text}


def _said(at: datetime) -> str:
    """The instant as a person writes it; blank when it is still to come."""
    field = record_type("service_case").by_code["received_at"]
    return written_value(field, to_stored(at), ZONE) if at < _END else ""

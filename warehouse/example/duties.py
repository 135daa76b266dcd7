"""What else the provider of the example club did: checks, plan, measures, trainings, campaigns, money."""

from collections.abc import Iterator
from datetime import date, timedelta

from duckdb import DuckDBPyConnection

from warehouse.example.chance import Chance
from warehouse.example.serving import store_records
from warehouse.example.story import LAST_DAY, MONTHS, SEED, in_bad_patch
from warehouse.surveys import BUILT_IN

Records = Iterator[tuple[str, dict[str, str]]]

# The quarters of the story, each with its first and last day; the last one still runs.
_QUARTERS = tuple(
    (f"{year}Q{quarter}", date(year, 3 * quarter - 2, 1), date(year + quarter // 4, 3 * quarter % 12 + 1, 1))
    for year, quarter in ((2025, 3), (2025, 4), (2026, 1), (2026, 2), (2026, 3), (2026, 4))
)
_STANDARDS = ("热线接通", "礼貌用语", "退换货办理", "投诉回访", "信息核对", "门店陈列")
_ITEMS = ("会员日活动方案", "流失会员回访", "贵宾专属服务", "热线排班调整", "季度满意度分析", "会员手册更新")
_TRAININGS = (
    ("会员系统操作", "staff_a", 24),
    ("投诉处理与安抚", "staff_b", 16),
    ("个人信息保护", "staff_b", 30),
)
_LINES = (("热线与人力", 120_000), ("关怀与礼品", 36_000), ("推广活动", 15_000), ("培训", 12_000))
_CAMPAIGNS = (("老带新", "referral", 4_200), ("小程序拉新", "mini_program", 6_800))
# Quarter when it is due -> (measure, clause, figure, days late or None for open, stated before and after).
_MEASURES = {
    "2025Q4": (("热线增加晚班", "2.4", "case_answered_in_time", 0),),
    "2026Q1": (
        ("更换热线系统", "2.4", "热线接通率（%）", 0, "82.0", "93.5"),
        ("更换仓储承运商", "4.2", "csat_top2", 9),
    ),
    "2026Q2": (
        ("投诉二十四小时内回访", "2.4", "case_resolved_in_time", 0),
        ("流失会员逐一回访", "3.3", "member_retention", 0),
    ),
    "2026Q3": (
        ("补录邮箱与生日", "3.2", "file_completeness", 0),
        ("推荐有礼", "4.3", "nps", 4),
        ("优化入会流程", "4.1", "member_growth", 0),
    ),
    "2026Q4": (
        ("贵宾专线", "3.1", "vip_share", 0),
        ("大促期间增加坐席", "2.4", "case_answered_in_time", None),
    ),
}
_INCIDENTS = (
    ("会员名单误发内部邮箱", "low", "2025-09-04 10:20", "2025-09-04 16:00"),
    ("承运商系统泄露收件信息", "leak", "2026-02-27 09:10", "2026-03-03 11:00"),
    ("客服电脑遗失", "high", "2026-06-11 19:30", "2026-06-12 09:00"),
)
_REQUESTS = (
    ("复核 2025 年第四季度净推荐值", "2026-01-20", "2026-02-09", "2026-02-05", "6000", "50"),
    ("2026 年第一季度免责申请", "2026-04-10", "2026-04-30", "2026-05-06", "9000", "50"),
    ("会员增长口径说明", "2026-08-03", "2026-08-23", "2026-08-20", "4000", "50"),
)

_PLANNED = (
    ("2026Q2", "2026-06-10"),
    ("2026Q3", "2026-09-03"),
    ("2026Q4", "2026-11-05"),
)  # the first was not sent
_FEE_PAID = {"2025Q3": -6, "2025Q4": -4, "2026Q1": 8, "2026Q2": -5, "2026Q3": -3}  # days after it was due
_PAYMENTS = (
    ("调解费甲方份额", "mediator_fee", "party_a", "3000", "2026-02-28", "2026-02-26"),
    ("调解费乙方份额", "mediator_fee", "party_b", "3000", "2026-02-28", "2026-02-27"),
    ("泄露事件补偿", "refund", "party_b", "12000", "2026-05-15", "2026-05-12"),
    ("调解费甲方份额", "mediator_fee", "party_a", "4500", "2026-05-31", "2026-05-29"),
    ("调解费乙方份额", "mediator_fee", "party_b", "4500", "2026-05-31", "2026-05-30"),
    ("员工专项培训", "added_service", "party_a", "16000", "2026-08-10", "2026-08-06"),
)


def store_duties(cursor: DuckDBPyConnection) -> None:
    """Keep the records of all that up to the last day."""
    store_records(cursor, "service_check", _checks(Chance(SEED + 60)))
    store_records(cursor, "plan_item", _plan(Chance(SEED + 61)))
    store_records(cursor, "improvement_action", _measures())
    store_records(cursor, "training", _trainings(Chance(SEED + 62)))
    store_records(cursor, "staff_survey", _staff(Chance(SEED + 65)))
    store_records(cursor, "survey_plan", _surveys())
    store_records(cursor, "payment", _payments())
    store_records(cursor, "campaign", _campaigns(Chance(SEED + 63)))
    store_records(cursor, "budget_line", _budget(Chance(SEED + 64)))
    store_records(cursor, "security_incident", _incidents())
    store_records(cursor, "mediation_request", _requests())


def _checks(chance: Chance) -> Records:
    day, number = _QUARTERS[0][1], 0
    while (day := day + timedelta(days=3 + chance.below(5))) <= LAST_DAY:
        number += 1
        passed = chance.happens(0.7 if in_bad_patch(day) else 0.94)
        check = {"standard": chance.one_of(_STANDARDS), "checked_on": day.isoformat()}
        found = (
            {}
            if passed
            else {"finding": "未达标准，已要求整改", "remedied_on": _by_then(day + timedelta(days=6))}
        )
        yield f"S{number:03d}", check | {"result": "passed" if passed else "failed"} | found


def _plan(chance: Chance) -> Records:
    for name, first, end in _QUARTERS:
        for place, item in enumerate(_ITEMS):
            due = first + timedelta(days=20 + 12 * place)
            late = chance.happens(0.35 if in_bad_patch(due) else 0.07)
            delivered = due + timedelta(days=5 if late else -chance.below(6))
            written = {
                "title": item,
                "clause": "2.2",
                "due_on": due.isoformat(),
                "delivered_on": _by_then(delivered),
            }
            # What party A asked for late in a quarter it has not approved yet.
            approved = {"approved_by": "顾澄", "approved_at": f"{first + timedelta(days=6)} 10:00"}
            yield f"{name}-{place + 1}", written | (approved if due <= LAST_DAY or end < LAST_DAY else {})


def _measures() -> Records:
    ends = {name: end for name, _, end in _QUARTERS}
    for name, measures in _MEASURES.items():
        for place, (title, clause, metric, late, *stated) in enumerate(measures):
            due = min(ends[name], LAST_DAY) - timedelta(days=12 - 2 * place)
            done = "" if late is None else _by_then(due + timedelta(days=late))
            days = {"due_on": due.isoformat(), "done_on": done}
            figures = dict(zip(("metric", "figure_before", "figure_after"), (metric, *stated), strict=False))
            yield (
                f"{name}-{place + 1}",
                {"title": title, "clause": clause, **days, **figures},
            )


def _trainings(chance: Chance) -> Records:
    for name, first, _ in _QUARTERS:
        for place, (title, audience, invited) in enumerate(_TRAININGS):
            planned = first + timedelta(days=12 + 14 * place)
            moved = in_bad_patch(planned) or (name, place) == ("2025Q4", 2)
            held = planned + timedelta(days=75 if moved else chance.below(4))
            days = {"planned_on": planned.isoformat(), "held_on": _by_then(held)}
            came = {"invited": str(invited), "attended": str(invited - chance.below(1 + invited // 4))}
            said = int(came["attended"]) * 4 // 5
            came |= {"answered": str(said), "satisfied": str(said - chance.below(1 + said // 4))}
            training = {"title": title, "audience": audience, **days}
            yield f"{name}-{place + 1}", training | (came if days["held_on"] else {})


def _campaigns(chance: Chance) -> Records:
    joined = {month.first: month.joined for month in MONTHS}
    for name, first, end in _QUARTERS:
        if end > LAST_DAY:
            return  # the campaigns of the running quarter have not ended
        members = sum(number for day, number in joined.items() if first <= day < end)
        for place, (title, channel, cost) in enumerate(_CAMPAIGNS):
            span = {"started_on": str(first + timedelta(days=9)), "ended_on": str(end - timedelta(days=10))}
            brought = {
                "cost": str(cost + 100 * chance.below(25)),
                "new_members": str(members * (2 + 3 * place) // 10),
            }
            yield f"{name}-{place + 1}", {"title": title, "channel": channel, **span, **brought}


def _budget(chance: Chance) -> Records:
    for name, first, end in _QUARTERS:
        for place, (title, planned) in enumerate(_LINES):
            over = (
                0.14
                if any(in_bad_patch(first + timedelta(days=each)) for each in (45, 60)) and place == 0
                else 0.0
            )
            share = 0.93 + 0.06 * chance.unit() + over
            part = 1.0 if end <= LAST_DAY else (LAST_DAY - first).days / (end - first).days
            line = {"title": title, "booked_on": str(first), "planned": str(planned)}
            yield f"{name}-{place + 1}", line | {"spent": str(round(planned * share * part))}


def _staff(chance: Chance) -> Records:
    for name, first, _ in _QUARTERS:
        asked = first + timedelta(days=40)
        for audience, answered in (("staff_b", 26), ("staff_a", 18)) if name.endswith(("Q2", "Q4")) else ():
            satisfied = answered - 2 - chance.below(1 + answered // 5)
            survey = {"title": "服务人员满意度调查", "audience": audience, "asked_on": asked.isoformat()}
            said = {"asked": str(answered + 9), "answered": str(answered), "satisfied": str(satisfied)}
            yield f"{name}-{audience}", survey | said


def _surveys() -> Records:
    for name, due in _PLANNED:
        survey = {"survey": BUILT_IN, "wave": name, "due_on": due, "rest_days": "45"}
        yield f"P-{name}", survey


def _payments() -> Records:
    for name, _, end in _QUARTERS:
        if end > LAST_DAY:
            continue
        due = end + timedelta(days=30)
        fee = {"title": f"{name} 基本服务费", "what": "base_fee", "payer": "party_a", "amount": "300000"}
        paid = _by_then(due + timedelta(days=_FEE_PAID[name]))
        yield f"F-{name}", fee | {"due_on": due.isoformat(), "paid_on": paid}
    for number, (title, what, payer, amount, due_on, paid_on) in enumerate(_PAYMENTS, start=1):
        said = {"title": title, "what": what, "payer": payer, "amount": amount}
        yield f"Z{number}", said | {"due_on": due_on, "paid_on": paid_on}


def _incidents() -> Records:
    for number, (title, severity, found, told) in enumerate(_INCIDENTS, start=1):
        yield f"I{number}", {"title": title, "severity": severity, "found_at": found, "told_at": told}


def _requests() -> Records:
    for number, (title, asked, due, answered, fee, share) in enumerate(_REQUESTS, start=1):
        dates = {"asked_on": asked, "due_on": due, "answered_on": answered}
        yield (
            f"J{number}",
            {"title": title, **dates, "fee": fee, "share_a": share, "papers": "季度报告与原始答卷导出"},
        )


def _by_then(day: date) -> str:
    """The day, blank when it is still to come."""
    return day.isoformat() if day <= LAST_DAY else ""

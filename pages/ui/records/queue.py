"""The queue of cases in words: how long is left, what is due, the table."""

from zoneinfo import ZoneInfo

from pages.ui.numbers import NOTHING, amount
from pages.ui.records.telling import address, short, told
from pages.ui.standing import Standing
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import language, t
from warehouse.calendar import to_stored
from warehouse.records.case_queue import Queue, Waiting
from warehouse.records.catalogue import record_type

_SOON = 120  # minutes
_DUE = {"answer": "First response", "resolve": "Resolution"}


def queue_words(found: Queue) -> str:
    """What the queue comes to, in a sentence."""
    if not found.cases:
        return t("Nobody waits.")
    count = amount(found.open, "count", language())
    if not found.late:
        return t("{count} open, none past its limit.", count=count)
    late = amount(found.late, "count", language())
    return t("{count} open, {late} past the limit.", late=late, count=count)


def queue_table(found: Queue, zone: ZoneInfo) -> Table:
    """One line a case, in the order of the queue."""
    kind, chosen = record_type("service_case"), language()
    shown = [kind.by_code[code] for code in ("category", "severity", "channel", "received_at")]
    columns = [t("Case"), t("Time left"), t("Due"), *(field.title.said(chosen) for field in shown)]
    rows = []
    for case in found.cases:
        due = kind.by_code["resolve_by_at"]
        when = told(due, to_stored(case.due_at), zone, chosen) if case.due_at else NOTHING
        rows.append(
            [
                _case(case, address(kind, record=case.record_id)),
                Cell(_left(case), standing=_standing(case)),
                Cell(t(_DUE[case.next_step]), when),
                *(Cell(told(field, case.values[field.code], zone, chosen)) for field in shown),
            ]
        )
    return Table(t("Who waits"), [Column(name) for name in columns], rows)


def case_name(case: Waiting) -> str:
    """What it is about, for who may read that, and its number."""
    subject, number = str(case.values.get("subject") or ""), short(case.record_id)
    return f"{subject} · {number}" if subject else number


def _case(case: Waiting, href: str) -> Cell:
    subject, number = str(case.values.get("subject") or ""), short(case.record_id)
    return Cell(subject, number, href=href) if subject else Cell(number, href=href)


def span_words(minutes: int) -> str:
    """Minutes in words: "3 h 20 min", "9 h", "40 min"."""
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return t("{hours} h {minutes} min", hours=hours, minutes=rest)
    return t("{hours} h", hours=hours) if hours else t("{minutes} min", minutes=rest)


def _left(case: Waiting) -> str:
    """The minutes in words: "3 h 20 min left", "1 h late"."""
    if case.minutes_left is None:
        return t("Waits for the customer")
    span = span_words(abs(case.minutes_left))
    return t("{span} late", span=span) if case.minutes_left < 0 else t("{span} left", span=span)


def _standing(case: Waiting) -> Standing:
    """Shape and tone beside the words."""
    if case.minutes_left is None:
        return Standing("", "dash", False, "open")
    if case.minutes_left < 0:
        return Standing("", "diamond", False, "bad")
    soon = case.minutes_left <= _SOON
    return Standing("", "triangle", True, "bad") if soon else Standing("", "circle", True, "good")

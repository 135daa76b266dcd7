"""A whole record from the texts that somebody wrote: every value, what belongs together, who wrote it."""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TypeAlias
from zoneinfo import ZoneInfo

from warehouse.access import Role
from warehouse.calendar import from_stored, local_day, to_stored
from warehouse.problems import Problem
from warehouse.records.declaring import Field, RecordType
from warehouse.records.derived import Rule
from warehouse.records.problems import record_problem
from warehouse.records.values import Value, read_value, written_value

Classes: TypeAlias = Mapping[str, Mapping[str, str]]
"""Class of customers -> language -> what it is called."""

_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
FAST = timedelta(minutes=5)  # by which a clock may be ahead of ours
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: nothing that looks like another


@dataclass(frozen=True, slots=True)
class Record:
    """The values of a record by column, days of instants and derived fields with them, and its number."""

    record_id: str
    values: Mapping[str, Value]


def new_number(today: date) -> str:
    """A number for a record that has none: its day and 30 random bits, such as 261122-7K3MQ2."""
    return f"{today:%y%m%d}-{''.join(secrets.choice(_SIGNS) for _ in range(6))}"


def number_of(said: str) -> str:
    """A number for a row of a file that has none, such as F-7K3MQ2B04ZXC: 60 bits of what it says."""
    bits = int.from_bytes(hashlib.sha256(said.encode()).digest()[:8])
    return f"F-{''.join(_SIGNS[bits >> 5 * place & 31] for place in range(12))}"


def check_record(
    kind: RecordType,
    record_id: str,
    written: Mapping[str, str],
    role: Role,
    zone: ZoneInfo,
    rule: Rule,
    before: Mapping[str, Value] | None = None,
    language: str = "en",
    now: datetime | None = None,
    counted: Collection[str] = (),
    classes: Classes = MappingProxyType({}),
) -> Record | tuple[Problem, ...]:
    """The record of these texts, field code -> text; a field left out keeps its value of `before`.

    `rule` works out the derived fields. `before` are the values of the record that this corrects, None for a
    new one. A field that the role may not set has to stay as it is. What states that something happened
    is not after `now`, an aware instant, but for a clock that is a little fast; None asks nothing of that and
    sets no stamp. `counted` are the names of the figures that are counted, `classes` those of customers.
    """
    problems: list[Problem] = []
    if not _NUMBER.fullmatch(record_id):
        problems.append(record_problem("record-number", record_id[:60]))
    known = {field.code for field in kind.fields if not field.derived}
    problems += [
        record_problem("record-field-unknown", code[:60], known=", ".join(sorted(known)))
        for code in written
        if code not in known
    ]
    mine = {field.code for field in kind.entered_by(role)}
    if not mine:
        problems.append(record_problem("record-not-yours", kind.title.said(language)))
    values: dict[str, Value] = {}
    for field in kind.fields:
        if field.derived:
            continue
        old = None if before is None else before.get(field.code)
        read = read_value(field, written.get(field.code, written_value(field, old, zone)), zone, language)
        if field.names == "tier" and isinstance(read, str) and read != old:
            read = _class(field, read, classes, language)
        if isinstance(read, Problem):
            problems.append(read)
        elif read != old and field.code not in mine:
            problems.append(record_problem("record-not-yours", field.title.said(language)))
        elif read != old and now is not None and _is_ahead(field, read, now, zone):
            problems.append(record_problem("record-ahead", field.title.said(language)))
        else:
            values[field.code] = read
    problems += _out_of_order(kind, values, language)
    problems += [
        record_problem("record-required", kind.by_code[code].title.said(language))
        for need in kind.needed
        if values.get(need.choice) in need.of
        for code in need.fields
        if code in values and values[code] is None  # what cannot be read was said to be wrong already
    ]
    problems += _typed(kind, values, before, counted, language)
    for field in kind.fields:
        if field.stamp_of in values and field.code in values:
            old = None if before is None else before.get(field.code)
            values[field.code], problem = _stamp(kind, field, values, old, now, language)
            problems += problem
    if problems:
        return tuple(problems)
    for field in kind.fields:
        if field.day_column and not field.derived:
            values[field.day_column] = _day(values[field.code], zone)
    found = rule(values)
    for field in kind.fields:
        if field.derived:
            values[field.code] = found[field.code]
            if field.day_column:
                values[field.day_column] = _day(found[field.code], zone)
    return Record(record_id, values)


def _class(field: Field, text: str, classes: Classes, language: str) -> str | Problem:
    """The class of customers that is called so, by its code or title."""
    named = {title.casefold(): code for code, titles in classes.items() for title in titles.values()}
    named |= {code.casefold(): code for code in classes}
    if found := named.get(text.casefold()):
        return found
    known = ", ".join(f"{code} ({titles.get(language, code)})" for code, titles in classes.items())
    return record_problem("record-choice", field.title.said(language), value=text[:40], known=known)


def _out_of_order(kind: RecordType, values: Mapping[str, Value], language: str) -> list[Problem]:
    found = []
    for order in kind.orders:
        first, then = values.get(order.first), values.get(order.then)
        titles = [kind.by_code[code].title.said(language) for code in (order.first, order.then)]
        # What cannot be read was said to be wrong already.
        needs = order.needs or order.together
        if needs and then is not None and first is None and order.first in values:
            found.append(record_problem("record-needs", titles[1], first=titles[0]))
        if order.together and first is not None and then is None and order.then in values:
            found.append(record_problem("record-needs", titles[0], first=titles[1]))
        # Both are of one kind, as the declaration was read.
        is_before = first is not None and then is not None and then < first  # type: ignore[operator]
        if is_before or (order.together and first is not None and first == then):
            found.append(record_problem("record-order", titles[1], first=titles[0]))
    return found


def _typed(
    kind: RecordType,
    values: Mapping[str, Value],
    before: Mapping[str, Value] | None,
    counted: Collection[str],
    language: str,
) -> list[Problem]:
    """What is stated of a figure that is counted, unless it stood there before it was."""
    if kind.counted is None or values.get(kind.counted.figure) not in counted:
        return []
    named = kind.counted.figure
    return [
        record_problem("record-counted", kind.by_code[code].title.said(language), figure=values[named])
        for code in kind.counted.instead
        if values.get(code) is not None
        and (before is None or (before[code], before[named]) != (values[code], values[named]))
    ]


def _stamp(
    kind: RecordType,
    field: Field,
    values: Mapping[str, Value],
    old: Value,
    now: datetime | None,
    language: str,
) -> tuple[Value, list[Problem]]:
    """When the field that says who was filled: now where nothing is said; nobody without a name did it."""
    who, when = values[field.stamp_of or ""], values[field.code]
    if who is None and when == old:
        return None, []
    if who is None:
        name = kind.by_code[field.stamp_of or ""].title.said(language)
        return when, [record_problem("record-required", name)]
    if who is not None and when is None and now is not None:
        return to_stored(now.replace(microsecond=0)), []
    return when, []


def _is_ahead(field: Field, value: Value, now: datetime, zone: ZoneInfo) -> bool:
    """Whether something is said to have happened after the instant."""
    if isinstance(value, datetime):
        return from_stored(value) > now + FAST
    return field.happened and isinstance(value, date) and value > local_day(now + FAST, zone)


def _day(stored: Value, zone: ZoneInfo) -> date | None:
    return local_day(from_stored(stored), zone) if isinstance(stored, datetime) else None

"""The form of a record: one widget a field, made from the declaration; what is entered becomes text again."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import streamlit as st

import warehouse
from pages.ui.layout import notice
from pages.ui.literal import literal
from pages.ui.records.changes import waits_words
from pages.ui.records.telling import class_names, known_names, worded
from pages.ui.texts import language, t
from warehouse.access import Role
from warehouse.calendar import from_stored
from warehouse.records.changing import MOST_REASON
from warehouse.records.declaring import Field, RecordType
from warehouse.records.problems import RecordRefusedError
from warehouse.records.storing import Stored, Written, store_written
from warehouse.records.values import Value, written_value

_YES_NO = {"yes": "Yes", "no": "No"}
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)


def record_form(
    kind: RecordType,
    record_id: str,
    fields: Sequence[Field],
    before: Mapping[str, Value],
    role: Role,
) -> Stored | None:
    """Show the form, store what is sent; what became of it, None as long as nothing was stored. What is wrong
    is said under the button. What somebody else changes while the form is open is neither shown nor lost."""
    zone = warehouse.serving().reporting_zone
    shown = _shown(kind, record_id, fields, before)
    with st.form(f"record-{kind.name}-{record_id}", enter_to_submit=False):
        entered = {
            field.code: _entered(field, shown.get(field.code), zone, _key(kind, record_id, field))
            for field in fields
        }
        reason = _reason(kind, record_id, role) if _may_need_reason(kind, fields, before, role) else ""
        sent = st.form_submit_button(t("Save"), type="primary")
    if not sent:
        return None
    texts = {field.code: written_value(field, shown.get(field.code), zone) for field in fields}
    written = Written(record_id, entered, reason=reason, shown=texts)
    try:
        stored = store_written(warehouse.serving(), kind, [written], role, role, language())
    except RecordRefusedError as error:
        lines = [problem.words(language()) for problem in error.problems]
        notice(lines, title=t("Nothing was stored"), tone="bad")
        for code, text in entered.items():
            if text != texts[code]:  # told now what it has become, who saves again means it
                shown[code] = before.get(code)
        return None
    st.session_state[_turn(kind, record_id)] = st.session_state.get(_turn(kind, record_id), 0) + 1
    return stored


def _turn(kind: RecordType, record_id: str) -> str:
    """Under which it is counted how often the form was sent: then it begins anew."""
    return f"record-turn-{kind.name}-{record_id}"


def _key(kind: RecordType, record_id: str, field: Field) -> str:
    """The widget's; another one once the form was sent, so that it holds what the record says then."""
    turn = st.session_state.get(_turn(kind, record_id), 0)
    return f"record-field-{kind.name}-{record_id}-{field.code}{f'-{turn}' if turn else ''}"


def _shown(
    kind: RecordType, record_id: str, fields: Sequence[Field], before: Mapping[str, Value]
) -> dict[str, Value]:
    """What the fields held when the form was opened."""
    kept = f"record-shown-{kind.name}-{record_id}"
    if _key(kind, record_id, fields[0]) not in st.session_state:  # nothing is entered yet
        st.session_state[kept] = {field.code: before.get(field.code) for field in fields}
    shown: dict[str, Value] = st.session_state[kept]
    return shown


def _may_need_reason(
    kind: RecordType, fields: Sequence[Field], before: Mapping[str, Value], role: Role
) -> bool:
    """Of what is there already where something stands; of a new record where it can be late."""
    if before:
        return any(field.stands for field in fields)
    return bool(kind.asks(role)) and any(field.due for field in fields)


def _reason(kind: RecordType, record_id: str, role: Role) -> str:
    """Why what stood is changed; needed only then."""
    about = t("Needed where something that counts is changed or emptied, or entered days after it was due.")
    if waits := waits_words(kind, role):
        about = f"{about} {waits}"
    key = f"record-reason-{kind.name}-{record_id}"
    return st.text_input(t("Reason"), key=key, help=literal(about), max_chars=MOST_REASON)


def _entered(field: Field, value: Value, zone: ZoneInfo, key: str) -> str:
    """The widget of a field, holding `value` at first; what it holds now, as text."""
    label = literal(field.title.said(language())) + (" *" if field.required else "")
    about = literal(field.help.said(language())) if field.help else None
    match field.kind:
        case "note":
            return st.text_area(
                label, written_value(field, value, zone), key=key, help=about, max_chars=5_000
            )
        case "choice":
            titles = {choice.code: choice.title.said(language()) for choice in field.choices}
            return _chosen(label, titles, value, key, about)
        case "yes_no":
            titles = {code: t(_YES_NO[code]) for code in _YES_NO}
            return _chosen(label, titles, written_value(field, value, zone) or None, key, about)
        case _ if field.names == "tier":
            return _chosen(label, _classes(field, value), value or "", key, about)
        case _ if field.names and (names := known_names(field.names, language())):
            return _named(label, names, written_value(field, value, zone), key, about)
        case "day":
            day = st.date_input(
                label,
                value if isinstance(value, date) else None,
                key=key,
                help=about,
                format="YYYY-MM-DD",
                min_value=_FIRST,
                max_value=_LAST,
            )
            return day.isoformat() if isinstance(day, date) else ""
        case "time":
            hour = st.time_input(label, value if isinstance(value, time) else None, key=key, help=about)
            return "" if hour is None else f"{hour:%H:%M}"
        case "instant":
            local = (
                from_stored(value).astimezone(zone).replace(tzinfo=None)
                if isinstance(value, datetime)
                else None
            )
            instant = st.datetime_input(label, local, key=key, help=about, step=60, format="YYYY-MM-DD")
            if not isinstance(instant, datetime):
                return ""
            # The widget knows no seconds: what was not changed keeps its own.
            is_same = local is not None and instant == local.replace(second=0)
            return written_value(field, value, zone) if is_same else instant.isoformat(" ")
        case _:
            return st.text_input(label, written_value(field, value, zone), key=key, help=about, max_chars=200)


def _classes(field: Field, value: Value) -> Mapping[str, str]:
    """The classes of customers there are, and what stands there, which the contract may have no more."""
    now = {value: worded(field, value, language())} if isinstance(value, str) else {}
    return {"": t("All members"), **class_names(language(), of_any_version=False), **now}


def _named(label: str, names: Mapping[str, str], value: str, key: str, about: str | None) -> str:
    """One of the names, or whatever else is typed."""
    codes = [*names, *([value] if value and value not in names else [])]
    found = st.selectbox(
        label,
        codes,
        index=codes.index(value) if value else None,
        format_func=lambda code: names.get(code, code),
        key=key,
        help=about,
        placeholder=t("Choose or type"),
        accept_new_options=True,
    )
    return found or ""


def _chosen(label: str, titles: Mapping[str, str], value: Value, key: str, about: str | None) -> str:
    codes = list(titles)
    place = codes.index(value) if isinstance(value, str) and value in codes else None
    found = st.selectbox(
        label,
        codes,
        index=place,
        format_func=titles.__getitem__,
        key=key,
        help=about,
        placeholder=t("Choose"),
    )
    return found or ""

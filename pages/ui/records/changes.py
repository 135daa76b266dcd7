"""Withdrawn and corrected records in words: why, who asked and who agreed; and the buttons of who has to."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

import warehouse
from pages.ui.layout import notice, section
from pages.ui.numbers import NOTHING, day
from pages.ui.records.telling import address, worded
from pages.ui.standing import Standing
from pages.ui.tables import Cell, Column, Table, show_table
from pages.ui.texts import language, t, translate
from warehouse.access import Role
from warehouse.records.catalogue import record_type
from warehouse.records.changing import MOST_REASON, Change
from warehouse.records.declaring import Field, RecordType
from warehouse.records.problems import RecordRefusedError
from warehouse.records.storing import Saying, answer_change

_ROLES = {"operator": "Operator", "party_a": "Party A", "party_b": "Party B", "mediator": "Mediator"}
_MAKERS = {
    "clock": "The clock of time limits",
    "plan": "The care plan",
    "rule": "The rule for low scores",
}
_STATES = {
    "asked": "Waits for consent",
    "made": "Done",
    "agreed": "Agreed",
    "refused": "Not agreed",
    "taken_back": "Taken back",
}
_STANDINGS = {
    "asked": Standing("", "square", True, "open"),
    "refused": Standing("", "diamond", False, "bad"),
    "taken_back": Standing("", "dash", False, "open"),
}
_DONE = Standing("", "circle", False, "good")


def waits_words(kind: RecordType, role: Role) -> str:
    """Whose consent the role needs for what counts; "" where it needs none."""
    asked = kind.asks(role)
    if not asked:
        return ""
    names = t(" or ").join(t(_ROLES[each]) for each in asked)
    return t("It counts once {names} agrees.", names=names)


def who(recorded_by: str, language: str) -> str:
    """The role, or what wrote it unasked, in words, and the file or program behind it as it was given."""
    role, _, rest = recorded_by.partition(": ")
    if role in _MAKERS:
        return translate(_MAKERS[role], language)
    named = translate(_ROLES[role], language) if role in _ROLES else role
    return f"{named}: {rest}" if rest else named


def revision_words(change: Change, zone: ZoneInfo, language: str) -> str:
    """What a row of a record's history says of the change that made it."""
    said = translate("Reason: {reason}", language, reason=change.reason)
    if change.answered_at is None:
        return said
    agreed = translate("agreed by {who} on {when}", language, **_answered(change, zone, language))
    return f"{said}; {agreed}"


def changes_section(role: Role, found: Sequence[Change]) -> None:
    """The table; nothing where no record was withdrawn or changed with a reason."""
    if not found:
        return
    section(
        t("Withdrawn and corrected"),
        t("What counted, or would have, with the reason; what waits for consent has changed nothing yet."),
    )
    show_table(change_table(found, role, warehouse.serving().reporting_zone, language()))


def change_table(found: Sequence[Change], role: Role, zone: ZoneInfo, language: str) -> Table:
    """One line a change, with what of it the role may see."""
    rows = []
    for change in found:
        kind = record_type(change.type)
        state = translate(_STATES[change.state], language)
        answer = ""
        if change.answered_at is not None:
            answer = " · ".join(_answered(change, zone, language).values())
            answer = f"{answer}: {change.comment}" if change.comment else answer
        asked = " · ".join((who(change.recorded_by, language), _when(change.recorded_at, zone, language)))
        rows.append(
            [
                Cell(
                    change.record_id,
                    kind.title.said(language),
                    href=address(kind, record=change.record_id),
                ),
                Cell(_what(change, kind, role, language)),
                Cell(change.reason, asked),
                Cell(state, answer, _STANDINGS.get(change.state, _DONE)),
            ]
        )
    names = {"Record": False, "What changes": True, "Reason": True, "State": False}
    return Table(
        translate("Withdrawn and corrected", language),
        [Column(translate(name, language), wraps=wraps) for name, wraps in names.items()],
        rows,
    )


def waiting_section(kind: RecordType, role: Role, waiting: Sequence[Change]) -> None:
    """What waits for consent, with the buttons of who may say something to it."""
    if not waiting:
        return
    section(t("Waits for consent"), t("Nothing of it counts until it is agreed."))
    show_table(change_table(waiting, role, warehouse.serving().reporting_zone, language()))
    sayable = {change.change_id: sayings for change in waiting if (sayings := _may_say(kind, change, role))}
    if not sayable:
        return
    numbers = {change.change_id: change.record_id for change in waiting if change.change_id in sayable}
    with st.form(f"changes-{kind.name}", enter_to_submit=False):
        chosen = st.selectbox(
            t("Record"),
            list(numbers),
            format_func=numbers.__getitem__,
            key=f"change-chosen-{kind.name}",
            index=0 if len(numbers) == 1 else None,
            placeholder=t("Choose"),
            width=280,
        )
        comment = st.text_input(t("Comment"), key=f"change-comment-{kind.name}", max_chars=MOST_REASON)
        labels: dict[Saying, str] = {
            "agreed": t("Agree"),
            "refused": t("Refuse, with this comment"),
            "taken_back": t("Take it back"),
        }
        offered = [each for each in labels if any(each in sayings for sayings in sayable.values())]
        with st.container(horizontal=True):
            keys: dict[Saying, str] = {each: f"change-{each}-{kind.name}" for each in offered}
            pressed = [each for each, key in keys.items() if st.form_submit_button(labels[each], key=key)]
    if pressed and chosen:
        _say(kind, chosen, pressed[0], role, comment)


def _may_say(kind: RecordType, change: Change, role: Role) -> tuple[Saying, ...]:
    asker = change.asked_by
    if role == "operator":
        return ("agreed", "refused")
    if role == asker:
        return ("taken_back",)
    return ("agreed", "refused") if role in kind.asks(asker) else ()


def _say(kind: RecordType, change_id: str, say: Saying, role: Role, comment: str) -> None:
    try:
        answer_change(warehouse.serving(), kind, change_id, say, role, comment)
    except RecordRefusedError as error:
        lines = [problem.words(language()) for problem in error.problems]
        notice(lines, title=t("Nothing was changed"), tone="bad")
    except warehouse.WarehouseError as error:
        notice([error.problem.words(language())], title=t("Nothing was changed"), tone="bad")
    else:
        st.rerun()


def _what(change: Change, kind: RecordType, role: Role, language: str) -> str:
    if change.withdraws:
        return translate("Withdrawn", language) if change.revision else translate("To be withdrawn", language)
    seen = {field.code: field for field in kind.seen_by(role)}
    return "; ".join(
        f"{seen[code].title.said(language)}: {_said(seen[code], before, language)}"
        f" → {_said(seen[code], after, language)}"
        for code, (before, after) in change.fields.items()
        if code in seen
    )


def _said(field: Field, written: str, language: str) -> str:
    """What was written, a code in its words."""
    if field.kind == "yes_no" and written in ("yes", "no"):
        return translate("Yes" if written == "yes" else "No", language)
    return worded(field, written, language) or NOTHING


def _answered(change: Change, zone: ZoneInfo, language: str) -> dict[str, str]:
    when = "" if change.answered_at is None else _when(change.answered_at, zone, language)
    return {"who": who(change.answered_by or "", language), "when": when}


def _when(at: datetime, zone: ZoneInfo, language: str) -> str:
    local = at.astimezone(zone)
    return f"{day(local.date(), language)} {local:%H:%M}"

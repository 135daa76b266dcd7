"""What differs between two versions of a questionnaire, and where answers would no longer be comparable."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui.editing import bound, desk
from pages.ui.editing.entries import Entry
from pages.ui.editing.source_text import problem_list
from pages.ui.layout import notice
from pages.ui.markup import show
from pages.ui.texts import language, t
from survey import Questionnaire, pick
from survey.changes import Change, changes

DRAFT = 0
KINDS = {"added": "added", "removed": "removed", "moved": "moved", "changed": "changed"}
NAMES = {
    "": "Question",
    "text": "Text",
    "help": "Explanation",
    "title": "Title",
    "intro": "Introduction",
    "thanks": "Thanks at the end",
    "required": "An answer is required",
    "type": "Type of question",
    "scale": "Scale",
    "choices": "Choice",
    "rows": "Row",
    "measures": "It measures",
    "show_if": "Show only if",
    "pii": "Answers may name a person",
    "languages": "Languages",
}
"""The first part of `Change.what` -> its name for a person."""


@dataclass(frozen=True, slots=True)
class Row:
    """One difference in words."""

    code: str
    label: str
    what: str
    kind: str
    before: str
    after: str
    breaks: bool


def differences(entry: Entry) -> None:
    """Choose two versions, the draft among them, and read what differs."""
    versions = {each.version: each for each in entry.versions}
    drafted, problems = desk.read()
    if entry.draft and problems:
        problem_list(problems)
    if entry.draft and drafted:
        versions[DRAFT] = drafted
    names = {number: t("Version {version}", version=number) for number in versions if number != DRAFT}
    if DRAFT in versions:
        names[DRAFT] = t("The draft")
    if len(names) < 2:
        notice([t("There is only one version so far: nothing to compare.")])
        return
    offered = list(names)
    with st.container(horizontal=True):
        first = _choose(t("From"), offered, names, len(offered) - 2, "differences-from")
        second = _choose(t("To"), offered, names, len(offered) - 1, "differences-to")
    show_differences(changes(versions[first], versions[second]), versions[first], versions[second])


def show_differences(found: Sequence[Change], before: Questionnaire, after: Questionnaire) -> None:
    """The differences as a table, the warning above it."""
    if not found:
        notice([t("Nothing differs.")])
        return
    rows = [_row(change, before, after) for change in found]
    if breaking := list(dict.fromkeys(row.code for row in rows if row.breaks)):
        notice(
            [
                t(
                    "Answers to these questions would no longer mean the same as before: {codes}.",
                    codes=", ".join(breaking),
                ),
                t("Give such a question a new code; answers under the old code stay as they are."),
            ],
            title=t("Answers would no longer be comparable"),
            tone="bad",
        )
    show(
        "differences",
        caption=t("Differences"),
        columns=[t(name) for name in ("Question", "What", "Before", "After")],
        rows=rows,
        not_comparable=t("no longer comparable"),
    )


def _choose(label: str, offered: Sequence[int], names: dict[int, str], at: int, key: str) -> int:
    return int(st.selectbox(label, offered, index=at, format_func=names.__getitem__, key=key, width=260))


def _row(change: Change, before: Questionnaire, after: Questionnaire) -> Row:
    return Row(
        code=change.code,
        label=_label(change.code, after) or _label(change.code, before) or t("The whole questionnaire"),
        what=_what(change.what),
        kind=t(KINDS[change.kind]),
        before="–" if change.before is None else change.before,
        after="–" if change.after is None else change.after,
        breaks=change.breaks,
    )


def _label(code: str, questionnaire: Questionnaire) -> str:
    try:
        asked = questionnaire.question(code)
    except KeyError:
        return ""
    return pick(asked.text, language(), questionnaire.default_language)[0]


def _what(what: str) -> str:
    """ "choices.after.text.en" as "Choice after · English"."""
    parts = what.split(".")
    first = t(NAMES[parts[0]]) if parts[0] in NAMES else parts[0]
    if parts[0] in ("choices", "rows") and len(parts) > 1:
        first = f"{first} {parts[1]}"
        parts = parts[1:]
    rest = [part for part in parts[1:] if part not in ("text", "labels")]
    own = [bound.own_name(part) if len(part) == 2 else _end(part) for part in rest]
    return " · ".join((first, *own))


def _end(part: str) -> str:
    ends = {"low": t("Words at the low end"), "high": t("Words at the high end")}
    ends |= {"min": t("lowest score"), "max": t("highest score")}
    return ends.get(part, part)

"""The tables of a member's file: what happened, answers and cases, changes."""

import json

from pages.ui.filters import value_title
from pages.ui.membership import tier_title
from pages.ui.numbers import NOTHING, amount, moment
from pages.ui.records.changes import who
from pages.ui.records.telling import told
from pages.ui.tables import Cell, Column, Table
from pages.ui.texts import translate
from survey.words import spoken
from warehouse import Warehouse
from warehouse.membership.file import MemberFile, Service
from warehouse.records.catalogue import record_type
from warehouse.surveys import scored_ever, survey

EVENTS = {
    "joined": "Joined",
    "renewed": "Renewed",
    "lapsed": "Lapsed",
    "left": "Left",
    "returned": "Returned",
    "purchase": "Purchase",
    "tier": "Class stated",
}
KINDS = {"answer": "Answer", "case": "Case"}
TITLES = {
    "name": "Name",
    "phone": "Phone",
    "email": "E-mail",
    "birthday": "Birthday",
    "gender": "Gender",
    "city": "City",
    "channel": "Channel",
    "language": "Language",
    "attributes": "Further",
}
_MOST = 100


def field_words(name: str, text: str, language: str) -> str:
    """What a field of the file says, codes in words; a dash for nothing."""
    if not text:
        return NOTHING
    if name in ("channel", "language"):
        return value_title(name, text, language)
    if name == "attributes":
        return "; ".join(f"{key}: {value}" for key, value in json.loads(text).items())
    return text


def happening_table(file: MemberFile, house: Warehouse, language: str) -> Table:
    """The latest hundred things that happened."""
    rows = []
    for each in file.happenings[:_MOST]:
        said = amount(each.amount, "scale", language) if each.amount is not None else _tier(house, each.tier)
        by = who(each.recorded_by, language) if each.recorded_by else ""
        notes = [text for text in (each.reason, by) if text]
        rows.append(
            [
                Cell(moment(each.happened_at, house.reporting_zone.key, language)),
                Cell(translate(EVENTS[each.event], language) if each.event in EVENTS else each.event),
                Cell(said),
                Cell(" · ".join(notes) or NOTHING),
            ]
        )
    columns = [
        _when(house, language),
        Column(translate("Happening", language)),
        Column(translate("Amount or class", language), right=True),
        Column(translate("Reason, source", language), wraps=True),
    ]
    return Table(translate("Membership and purchases", language), columns, rows)


def service_table(file: MemberFile, house: Warehouse, language: str) -> Table:
    """The latest hundred answers and cases."""
    rows = [
        [
            Cell(moment(each.happened_at, house.reporting_zone.key, language)),
            Cell(translate(KINDS[each.kind], language)),
            *(Cell(words or NOTHING) for words in _service_words(house, each, language)),
        ]
        for each in file.services[:_MOST]
    ]
    columns = [
        _when(house, language),
        Column(translate("Happening", language)),
        Column(translate("Survey or category", language)),
        Column(translate("Scores or subject", language), wraps=True),
    ]
    return Table(translate("Answers and cases", language), columns, rows)


def _service_words(house: Warehouse, service: Service, language: str) -> tuple[str, str]:
    """The category of a case in words and its subject; of an answer the survey, and each question with its
    score."""
    if service.kind == "case":
        category = record_type("service_case").by_code["category"]
        return told(category, service.subject, house.reporting_zone, language), service.said
    asked = survey(house, service.subject)
    if asked is None:
        return service.subject, service.said
    title, _ = spoken(asked.questionnaire, asked.title, language, {})
    known = {question.code: question for question in scored_ever(house, asked)}
    said = []
    for each in filter(None, (service.said or "").split(", ")):
        code, _, score = each.rpartition(" ")
        if (question := known.get(code)) and question.scale:
            words, _ = spoken(asked.questionnaire, question.text, language, {})
            each = f"{' '.join(words.split())} {score} / {question.scale.max}"
        said.append(each)
    return title, "; ".join(said)


def change_table(file: MemberFile, house: Warehouse, language: str) -> Table:
    """Each version of the file beside what was different in the one before."""
    rows = []
    before = [*file.versions[1:], None]
    for version, older in zip(file.versions, before, strict=True):
        was = older.fields if older and older.member_id == version.member_id else {}
        changed = [
            f"{translate(TITLES[name], language)}: "
            f"{field_words(name, was.get(name, ''), language)} → {field_words(name, text, language)}"
            for name, text in version.fields.items()
            if (was.get(name) or "") != text and was
        ]
        rows.append(
            [
                Cell(moment(version.recorded_at, house.reporting_zone.key, language), version.member_id),
                Cell("; ".join(changed) or translate("First entry", language)),
                Cell(who(version.recorded_by, language) or NOTHING),
            ]
        )
    columns = [
        _when(house, language),
        Column(translate("What changed", language), wraps=True),
        Column(translate("By", language)),
    ]
    return Table(translate("Changes of the file", language), columns, rows)


def _when(house: Warehouse, language: str) -> Column:
    """The zone stands in the heading, not in every row."""
    return Column(f"{translate('When', language)} ({house.reporting_zone.key})")


def _tier(house: Warehouse, tier: str | None) -> str:
    return tier_title(house, tier) if tier else NOTHING

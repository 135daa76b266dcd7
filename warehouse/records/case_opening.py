"""Cases that low scores open by the rules recorded: one a response, however often it is looked."""

from typing import TYPE_CHECKING

from survey.words import spoken
from warehouse.anonymity import anonymous_surveys
from warehouse.calendar import utc_now
from warehouse.records.catalogue import record_type
from warehouse.records.checking import Record, check_record
from warehouse.records.derived import rule_of
from warehouse.records.problems import RecordRefusedError
from warehouse.records.storing import append
from warehouse.records.values import LONGEST, written_value
from warehouse.sql import sql
from warehouse.surveys import scored_ever, survey

if TYPE_CHECKING:
    from warehouse.database import Warehouse

_AT_A_TIME = 500
BY_RULE = "rule"
DONE = "cases opened"


def open_cases(warehouse: "Warehouse") -> int:
    """Open a case for each answer at or under the bar of a rule that has none; how many.

    A withdrawn case stays withdrawn. Answers to anonymous surveys open none: a case would say who gave them.
    """
    ((rules, reaches),) = warehouse.read("records/low_score_state")
    looked_at = warehouse.done.get(DONE)
    if looked_at == (rules, reaches):
        return 0
    # By the same rules, only what came since.
    after = looked_at[1] if isinstance(looked_at, tuple) and looked_at[0] == rules else 0
    opened = _open(warehouse, after)
    warehouse.done[DONE] = (rules, reaches)
    return opened


def _open(warehouse: "Warehouse", after: int) -> int:
    kind, zone, opened = record_type("service_case"), warehouse.reporting_zone, 0
    field = kind.by_code["received_at"]
    while True:
        with warehouse.transaction() as cursor:
            known = {"anonymous": list(anonymous_surveys(cursor)), "after": after, "most": _AT_A_TIME}
            found = cursor.execute(sql("records/low_scores"), known).fetchall()
            rule, records = rule_of(kind, cursor, zone), []
            for response_id, submitted_at, member_id, score, slug, question, severity in found:
                written = {
                    "subject": _subject(warehouse, slug, question, score),
                    "category": "feedback",
                    "severity": severity,
                    "channel": "survey",
                    "received_at": written_value(field, submitted_at.replace(microsecond=0), zone),
                    "member_id": member_id or "",
                }
                record = check_record(kind, f"S-{response_id}", written, "operator", zone, rule)
                if not isinstance(record, Record):
                    raise RecordRefusedError(record)
                records.append(record)
            append(cursor, kind, records, BY_RULE, utc_now(), before={})
        opened += len(found)
        if len(found) < _AT_A_TIME:
            return opened


def _subject(warehouse: "Warehouse", slug: str, code: str, score: int) -> str:
    """The score and the question it was given to, in the language that the questionnaire is written in."""
    if asked := survey(warehouse, slug):
        for question in scored_ever(warehouse, asked):
            if question.code == code and question.scale:
                text = spoken(asked.questionnaire, question.text, asked.questionnaire.default_language, {})[0]
                said = f"{score} / {question.scale.max} · {' '.join(text.split())}"
                return "".join(letter for letter in said if letter.isprintable())[: LONGEST["text"]]
    return f"{slug}: {code} = {score}"

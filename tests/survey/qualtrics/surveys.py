"""Writes .qsf files as Qualtrics does, from the payloads of their questions."""

import json
from collections.abc import Mapping, Sequence
from typing import TypedDict

Payload = dict[str, object]


def question(qid: str, tag: str, kind: str, selector: str = "", **more: object) -> Payload:
    """The payload of a question."""
    return {
        "QuestionText": f"Question {qid}?",
        "DataExportTag": tag,
        "QuestionType": kind,
        "Selector": selector,
        "Configuration": {"QuestionDescriptionOption": "UseText"},
        "Validation": {"Settings": {"ForceResponse": "OFF", "ForceResponseType": "ON", "Type": "None"}},
        "Language": [],
        "QuestionID": qid,
        **more,
    }


def choices(*texts: str, **more: Mapping[str, object]) -> Payload:
    """Choices numbered from 1; `k2={"TextEntry": "true"}` says more of the second."""
    listed = {str(place): {"Display": text} for place, text in enumerate(texts, start=1)}
    for key, extra in more.items():
        listed[key[1:]] = {**listed[key[1:]], **extra}
    return {"Choices": listed, "ChoiceOrder": list(listed)}


def answers(*texts: str) -> Payload:
    """The columns of a matrix."""
    listed = {str(place): {"Display": text} for place, text in enumerate(texts, start=1)}
    return {"Answers": listed, "AnswerOrder": [int(key) for key in listed], "ChoiceDataExportTags": False}


def forced(**settings: object) -> Payload:
    """The validation that an answer must be given."""
    return {"Validation": {"Settings": {"ForceResponse": "ON", "ForceResponseType": "ON", **settings}}}


def when(*parts: tuple[str, str, str, str]) -> Payload:
    """A set of display logic: conjunction, left operand, operator, right operand."""
    expressions = {
        str(place): {
            "LogicType": "Question",
            "QuestionIsInLoop": "no",
            "LeftOperand": left,
            "Operator": operator,
            **({"RightOperand": right} if right else {}),
            "Type": "Expression",
            "Description": f"<span>If</span> {left}",
            **({"Conjuction": joined} if joined else {}),
        }
        for place, (joined, left, operator, right) in enumerate(parts)
    }
    return {"0": {**expressions, "Type": "If"}, "Type": "BooleanExpression", "inPage": False}


class Options(TypedDict, total=False):
    """What `qsf` takes beside the questions."""

    blocks: Sequence[Mapping[str, object]]
    flow: Sequence[Mapping[str, object]]
    options: Mapping[str, object]
    entry: Mapping[str, object]


def qsf(
    *questions: Payload,
    blocks: Sequence[Mapping[str, object]] | None = None,
    flow: Sequence[Mapping[str, object]] | None = None,
    options: Mapping[str, object] | None = None,
    entry: Mapping[str, object] | None = None,
) -> bytes:
    """The file; without blocks all questions are in one."""
    listed = [{"Type": "Question", "QuestionID": each["QuestionID"]} for each in questions]
    whole = blocks or [{"Type": "Default", "ID": "BL_1", "Description": "Block", "BlockElements": listed}]
    way = flow or [{"Type": "Block", "ID": block["ID"], "FlowID": "FL_2"} for block in whole]
    elements: list[Mapping[str, object]] = [
        {"Element": "BL", "PrimaryAttribute": "Survey Blocks", "Payload": whole},
        {"Element": "FL", "Payload": {"Type": "Root", "FlowID": "FL_1", "Flow": way}},
        {"Element": "SO", "Payload": options or {}},
        {"Element": "QC", "SecondaryAttribute": "5", "Payload": None},
        *({"Element": "SQ", "PrimaryAttribute": each["QuestionID"], "Payload": each} for each in questions),
    ]
    head = {"SurveyID": "SV_1", "SurveyName": "Visit feedback", "SurveyLanguage": "EN", **(entry or {})}
    return json.dumps({"SurveyEntry": head, "SurveyElements": elements}).encode()

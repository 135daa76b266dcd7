"""Programs write records: once however often they send them, and told everything that is wrong."""

import json

import httpx

from tests.pages.web.api.calling import RECORD, Program, codes

BODY = {"title": "A", "audience": "staff_a", "planned_on": "2026-02-03", "invited": 12}


def put(program: Program, body: object, path: str = RECORD, **headers: str) -> httpx.Response:
    return program.visitor.send(
        "PUT", path, content=json.dumps(body).encode(), headers=program.headers(**headers)
    )


def test_a_record_is_stored_once_and_corrected_by_what_is_sent(program: Program) -> None:
    assert [put(program, BODY).status_code for _ in range(2)] == [201, 200]
    without = put(program, {"attended": 9, "invited": None})
    assert codes(without) == [("record-reason", "Invited")]
    corrected = put(program, {"attended": 9, "invited": None, "reason": "nobody knows any more"})
    assert corrected.status_code == 200
    told = program.get(RECORD).json()
    assert told == corrected.json()
    assert (told["revision"], told["fields"]["title"], told["fields"]["attended"]) == (2, "A", "9")
    assert told["fields"]["invited"] is None


def test_what_was_read_is_known_when_it_is_sent_back_with_what_was_worked_out_of_it(program: Program) -> None:
    path = "/api/v1/records/service_case/C1"
    case = {"subject": "x", "category": "complaint", "severity": "high", "channel": "hotline"}
    told = put(program, {**case, "received_at": "2026-03-03 09:00"}, path).json()
    assert told["fields"]["respond_by_at"] == "2026-03-03 13:00"
    again = put(program, {**told["fields"], "respond_by_at": "2026-03-09 18:00"}, path)
    assert (again.status_code, again.json()) == (200, told)


def test_a_program_without_a_key_or_with_a_wrong_body_is_refused(program: Program) -> None:
    assert put(program, BODY, authorization="").status_code == 401
    assert program.get(RECORD, authorization="").status_code == 401
    assert codes(put(program, [])) == [("body-not-an-object", "")]
    assert codes(put(program, {**BODY, "title": ["A"]})) == [("record-value", "title")]
    wrong = put(program, {"title": "A", "audience": "x", "colour": 1})
    assert wrong.status_code == 422
    assert [code for code, _ in codes(wrong)] == ["record-field-unknown", "record-choice", "record-required"]


def test_fields_are_called_by_their_titles_in_the_language_of_the_reader(program: Program) -> None:
    wrong = put(program, {**BODY, "attended": 13}, accept_language="zh")
    (problem,) = wrong.json()["problems"]
    assert (problem["where"], problem["what"]) == ("应到人数", "该值早于或小于“实到人数”")


def test_a_class_of_customers_that_is_not_there_is_refused_with_those_that_are(program: Program) -> None:
    plan = {"title": "Gift", "occasion": "birthday", "channel": "gift", "in_force_on": "2026-01-01"}
    path = "/api/v1/records/care_plan/GIFT"
    wrong = put(program, {**plan, "tier": "gold"}, path)
    assert wrong.status_code == 422
    assert codes(wrong) == [("record-choice", "Only members of this class")]
    assert "potential (Potential), new (New), returning (Returning)" in wrong.text
    assert put(program, {**plan, "tier": "老客户"}, path).json()["fields"]["tier"] == "returning"


def test_there_are_no_other_types_and_no_records_that_nobody_wrote(program: Program) -> None:
    assert codes(put(program, BODY, "/api/v1/records/nothing/1")) == [("record-type-none", "")]
    assert codes(program.get(RECORD)) == [("record-none", "")]
    assert program.get(RECORD).status_code == 404

"""The record of actions: for the operator and the mediator, in words, with the chain's verdict."""

import pytest

import warehouse
from tests.pages.conftest import Visitor
from tests.pages.opening import Tab
from tests.pages.web.filling import Sheet
from warehouse.audit.chain import newest
from warehouse.keys import make_key
from warehouse.life import pause

SURVEY = "customer-satisfaction"


@pytest.mark.parametrize("role", ["party_a", "party_b"])
def test_the_parties_do_not_see_it(role: str) -> None:
    assert Tab("audit", role).words.startswith("Not for this role")  # type: ignore[arg-type] - a role of the list
    warehouse.serving().audit.write()
    (refused,) = newest(warehouse.serving(), 5, "refused")
    assert refused.actor == role and refused.details["code"] == "page-not-yours"


def test_it_says_who_did_what_and_that_nothing_was_changed() -> None:
    make_key(warehouse.serving(), "crm")
    tab = Tab("audit", "mediator")
    for said in (
        "Signed in by link",
        "Mediator",
        "Key of a program made",
        "crm",
        "follows from the one before",
    ):
        assert said in tab.words
    chosen = tab.app.selectbox(key="audit-event").select("key-made")
    assert chosen and "Signed in by link" not in tab.run().markup.partition("<table")[2]
    assert "生成程序密钥" in Tab("audit", "operator", "zh").words


def test_a_row_that_was_changed_is_said_first() -> None:
    with warehouse.serving().transaction() as cursor:
        cursor.execute("UPDATE audit_event SET actor = 'mediator' WHERE seq = 1")
    assert "The record was tampered with" in Tab("audit", "operator").words


def test_what_the_routes_refuse_and_hand_out_is_in_it(visitor: Visitor) -> None:
    house = warehouse.serving()
    assert visitor.get("/signin?key=wrong").status_code == 403
    assert visitor.post("/i/" + "0" * 32, data={"overall": "5"}).status_code == 404
    assert visitor.get("/s/nowhere").status_code == 404  # a look only
    assert visitor.post(f"/api/v1/surveys/{SURVEY}/responses").status_code == 401
    visitor.sign_in("party_b")
    assert visitor.get("/export/audit.csv").status_code == 403
    visitor.sign_in("mediator")
    answers = visitor.get("/export/answers.csv")
    assert answers.status_code == 200
    record = visitor.get("/export/audit.csv")
    assert record.status_code == 200 and "sha256" in record.text
    found = {(each.actor, each.details.get("code"), each.subject) for each in newest(house, 50, "refused")}
    assert {
        ("visitor", "key-refused", ""),
        ("visitor", "invitation-closed", ""),
        ("visitor", "key-missing", "api"),
        ("party_b", "export-not-yours", "audit"),
    } <= found
    assert "survey-unknown" not in {code for _, code, _ in found}
    assert {(each.actor, each.subject) for each in newest(house, 50, "exported")} == {
        ("mediator", "answers"),
        ("mediator", "audit"),
    }


def test_what_the_form_refuses_is_counted_by_its_code(visitor: Visitor) -> None:
    house = warehouse.serving()
    fields = Sheet(visitor.get(f"/s/{SURVEY}").text).fields | {"recommend": "11", "comment": "Mrs Wang"}
    for _ in range(2):
        assert visitor.post(f"/s/{SURVEY}", data=fields).status_code == 422
    pause(house, SURVEY)
    house.audit.write()
    counted = {each.details["code"]: each for each in newest(house, 20, "refused")}
    assert any(each.subject == SURVEY and each.details["count"] == 2 for each in counted.values())
    assert not any("Wang" in str(each) or "11" in each.subject for each in counted.values())

"""Questions are put together so that the whole always holds."""

import pytest

from survey import SurveyError
from survey.foreign.content import Content
from survey.foreign.draft import Draft, Shown
from survey.foreign.notes import Notes
from survey.foreign.tree import Apply, Number, Ref, Text

HEAD: Content = {
    "slug": "a",
    "version": 1,
    "languages": ["en"],
    "default_language": "en",
    "title": {"en": "T"},
    "intro": {"en": "I"},
    "thanks": {"en": "B"},
}


def draft() -> tuple[Draft, Notes]:
    notes = Notes("a.lss")
    return Draft(("en",), notes), notes


def number(code: str, **more: object) -> Content:
    return {"code": code, "type": "number", "text": {"en": code}, **more}


def codes(notes: Notes) -> list[str]:
    return [note.code for note in notes.all()]


def test_codes_leave_room_for_their_parts_and_never_meet() -> None:
    made, notes = draft()
    assert made.code("Q1", 1, "here", ("a", "b")) == "q1"
    assert made.code("Q1_a", 2, "here") == "q1_a_2"
    assert made.code("Q1", 3, "here", ("a",)) == "q1_2"
    assert len(made.code("x" * 60, 4, "here", ("part",))) == 35
    assert codes(notes).count("import-name-changed") == 3
    assert codes(notes).count("import-names-lower") == 1


def test_a_condition_that_cannot_be_said_opens_the_question_to_everyone() -> None:
    made, notes = draft()
    made.add(number("age"), "here", 1, Shown())
    made.name("Age", "age")
    said = made.shown(Apply(">", (Ref("Age"), Number("17"))), "raw", "here", Shown())
    unsaid = made.shown(Apply("=", (Ref("Nobody"), Text("x"))), "raw", "here", said)
    assert (said.parts, unsaid.unsaid) == (("age > 17",), True)
    made.add(number("adult", required=True), "here", 2, said)
    made.add(number("free", required=True), "here", 3, unsaid)
    found = made.finished(HEAD, "a.lss").questionnaire
    assert found.question("adult").show_if == "age > 17" and found.question("adult").required
    assert not found.question("free").required
    assert codes(notes) == ["import-condition"]


def test_what_does_not_hold_is_left_out_before_the_question_is() -> None:
    made, notes = draft()
    assert made.add(number("a", number={"min": "9", "max": "1"}), "here", 1, Shown()) is not None
    assert made.add({"code": "b", "type": "rating", "text": {"en": "b"}}, "here", 2, Shown()) is None
    assert codes(notes) == ["import-setting", "import-question"]


def test_rules_of_one_question_all_hold() -> None:
    made, _ = draft()
    content = number("a")
    made.rule(content, Apply(">", (Ref("."), Number("1"))), "raw", "here", None)
    made.rule(content, Apply("<", (Ref("."), Number("9"))), "raw", "here", None)
    made.add(content, "here", 1, Shown())
    rule = made.finished(HEAD, "a.lss").questionnaire.question("a").validation
    assert rule and rule.expression == "(a > 1) and (a < 9)"


def test_nothing_to_ask_is_refused_with_all_notes() -> None:
    made, notes = draft()
    notes.tell("import-hidden", "here")
    made.add({"code": "s", "type": "section", "text": {"en": "s"}}, "here", 1, Shown())
    with pytest.raises(SurveyError) as refused:
        made.finished(HEAD, "a.lss")
    assert [problem.code for problem in refused.value.problems] == ["import-nothing", "import-hidden"]

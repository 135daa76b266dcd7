"""What differs between two versions of a questionnaire, and which differences would spoil answers."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import Question, Questionnaire, library, read_questionnaire
from survey.changes import Change, breaking_changes, changes

EVERYTHING = Path(__file__).with_name("everything.yaml")

FIRST = """
slug: club
version: 1
languages: [en, zh]
default_language: en
title: {en: Club, zh: 俱乐部}
intro: {en: Hello}
thanks: {en: Thanks}
questions:
  - code: overall
    type: rating
    measures: csat
    text: {en: Overall?, zh: 总体？}
    scale: {min: 1, max: 5, low: {en: bad, zh: 差}, high: {en: good, zh: 好}}
  - code: after
    type: single_choice
    text: {en: When?}
    choices:
      - {code: before, text: {en: Before, zh: 之前}}
      - {code: during, text: {en: During, zh: 期间}}
      - {code: later, text: {en: Later, zh: 之后}}
  - code: staff
    type: matrix
    text: {en: Our staff}
    scale: {min: 1, max: 5, low: {en: bad}, high: {en: good}}
    rows: [{code: friendly, text: {en: Friendly}}, {code: quick, text: {en: Quick}}]
  - {code: spent, type: number, text: {en: Minutes?}, number: {min: 0, unit: {en: minutes}}}
  - {code: comment, type: long_text, pii: true, text: {en: Why?}}
  - {code: heading, type: section, text: {en: The end}}
"""


def read(source: str) -> Questionnaire:
    return read_questionnaire(source, "club.yaml")


def edited(*edits: tuple[str, str], source: str = FIRST) -> Questionnaire:
    for old, new in edits:
        assert source.count(old) >= 1, old
        source = source.replace(old, new)
    return read(source)


def found(*edits: tuple[str, str]) -> list[tuple[str, str, str, str | None, str | None, bool]]:
    return [
        (each.kind, each.code, each.what, each.before, each.after, each.breaks)
        for each in changes(read(FIRST), edited(*edits))
    ]


@pytest.mark.parametrize(
    "questionnaire", [*library(), read(EVERYTHING.read_text("utf-8"))], ids=lambda q: q.slug
)
def test_a_questionnaire_does_not_differ_from_itself_nor_from_its_next_number(
    questionnaire: Questionnaire,
) -> None:
    later = questionnaire.model_copy(update={"version": questionnaire.version + 1})
    assert changes(questionnaire, later) == () == breaking_changes((questionnaire,), later)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("en: Hello", "en: Welcome", ("changed", "", "intro.en", "Hello", "Welcome", False)),
        ("en: Hello", "en: Hello, zh: 您好", ("added", "", "intro.zh", None, "您好", False)),
        (", zh: 总体？", "", ("removed", "overall", "text.zh", "总体？", None, False)),
        ("en: Overall?", "en: In all?", ("changed", "overall", "text.en", "Overall?", "In all?", False)),
        ("measures: csat", "measures: ces", ("changed", "overall", "measures", "csat", "ces", True)),
        ("measures: csat", "measures: none", ("changed", "overall", "measures", "csat", "none", True)),
        ("max: 5, low: {en: bad, zh", "max: 7, low: {en: bad, zh",
         ("changed", "overall", "scale.max", "5", "7", True)),
        ("measures: csat", "measures: csat\n    required: true",
         ("changed", "overall", "required", "false", "true", False)),
        ("measures: csat", "measures: csat\n    show_if: \"member.tier = 'gold'\"",
         ("added", "overall", "show_if", None, "member.tier = 'gold'", False)),
        ("en: Later,", "en: Afterwards,",
         ("changed", "after", "choices.later.text.en", "Later", "Afterwards", False)),
        ("      - {code: later, text: {en: Later, zh: 之后}}\n", "",
         ("removed", "after", "choices.later", "Later", None, False)),
        ("type: single_choice", "type: multiple_choice",
         ("changed", "after", "type", "single_choice", "multiple_choice", True)),
        (", {code: quick, text: {en: Quick}}", "", ("removed", "staff", "rows.quick", "Quick", None, False)),
        ("unit: {en: minutes}", "unit: {en: hours}",
         ("changed", "spent", "number.unit.en", "minutes", "hours", True)),
        ("min: 0, ", "", ("removed", "spent", "number.min", "0", None, False)),
        ("pii: true, ", "", ("changed", "comment", "pii", "true", "false", True)),
        ("type: long_text", "type: short_text",
         ("changed", "comment", "type", "long_text", "short_text", False)),
        ("type: long_text", "type: signature",
         ("changed", "comment", "type", "long_text", "signature", True)),
        ("type: section", "type: short_text", ("changed", "heading", "type", "section", "short_text", False)),
    ],
)  # fmt: skip
def test_one_edit_is_one_change_and_is_told_whether_it_breaks(
    old: str, new: str, expected: tuple[object, ...]
) -> None:
    assert found((old, new)) == [expected]


def test_a_question_added_in_front_moves_nothing() -> None:
    new = "questions:\n  - {code: first, type: yes_no, text: {en: Really?}}"
    assert found(("questions:", new)) == [("added", "first", "", None, "Really?", False)]


def test_a_question_that_is_gone_is_removed_and_breaks_nothing() -> None:
    line = "  - {code: comment, type: long_text, pii: true, text: {en: Why?}}\n"
    assert found((line, "")) == [("removed", "comment", "", "Why?", None, False)]


def test_only_the_question_that_moved_is_told_with_its_places() -> None:
    line = "  - {code: comment, type: long_text, pii: true, text: {en: Why?}}\n"
    assert found((line, ""), ("questions:\n", f"questions:\n{line}")) == [
        ("moved", "comment", "", "5", "1", False)
    ]


def test_a_choice_that_moved_is_told_and_breaks_nothing() -> None:
    line = "      - {code: later, text: {en: Later, zh: 之后}}\n"
    assert found((line, ""), ("    choices:\n", f"    choices:\n{line}")) == [
        ("moved", "after", "choices.later", "3", "1", False)
    ]


def test_every_key_of_a_choice_is_compared() -> None:
    randomised = ("type: single_choice", "type: single_choice\n    randomise: true")
    told = found(randomised, ("{code: later,", "{code: later, stay_last: true,"))
    assert told == [
        ("changed", "after", "randomise", "false", "true", False),
        ("changed", "after", "choices.later.stay_last", "false", "true", False),
    ]


def test_words_that_pass_from_one_code_to_another_break_answers() -> None:
    told = found(("en: Before,", "en: X,"), ("en: During,", "en: before ,"))
    assert ("changed", "after", "choices.during.text.en", "During", "before", True) in told
    assert ("changed", "after", "choices.before.text.en", "Before", "X", False) in told


def test_a_scale_turned_round_breaks_answers() -> None:
    # Of words that the reading does not understand; plain ones it refuses by itself.
    ends = (
        "low: {en: left, zh: 左}, high: {en: right, zh: 右}",
        "low: {en: right, zh: 右}, high: {en: left, zh: 左}",
    )
    one, other = (edited(("low: {en: bad, zh: 差}, high: {en: good, zh: 好}", each)) for each in ends)
    told = [(each.what, each.breaks) for each in changes(one, other)]
    assert set(told) == {
        (f"scale.{end}.{language}", True) for end in ("low", "high") for language in ("en", "zh")
    }


def test_the_same_word_in_another_language_is_no_other_code() -> None:
    assert [each[5] for each in found(("en: Before,", "en: 之后,"))] == [False]


def test_an_item_s_code_that_another_question_takes_over_breaks_answers() -> None:
    rows = "rows: [{code: friendly, text: {en: Friendly}}, {code: quick, text: {en: Quick}}]"
    text = "  - {code: staff_friendly, type: long_text, text: {en: Who?}}"
    told = found((rows, f"rows: [{{code: quick, text: {{en: Quick}}}}]\n{text}"))
    assert ("changed", "staff_friendly", "type", "rating", "long_text", True) in told


def test_a_code_that_comes_back_for_something_else_is_refused_whenever_that_is() -> None:
    first = read(FIRST)
    line = "  - {code: comment, type: long_text, pii: true, text: {en: Why?}}\n"
    later = "      - {code: later, text: {en: Later, zh: 之后}}\n"
    second = edited((line, ""), (later, ""))
    assert breaking_changes((first,), second) == ()
    same = read(FIRST)
    assert breaking_changes((first, second), same) == ()
    other = edited(("en: Why?", "en: Your name?"), ("en: Later, zh: 之后", "en: Never, zh: 从不"))
    told = breaking_changes((first, second), other)
    assert {(each.code, each.what) for each in told} == {("comment", "text"), ("after", "choices.later.text")}
    number = edited(("type: long_text, pii: true", "type: number"))
    assert next(each.where for each in breaking_changes((first, second), number)) == "comment.type"
    assert breaking_changes((first,), other) == (), (
        "without a break between, these are other words for the same"
    )


def test_what_an_earlier_version_has_done_is_not_held_against_the_next() -> None:
    first, second = read(FIRST), edited(("measures: csat", "measures: ces"))
    assert breaking_changes((first,), second)
    third = edited(("measures: csat", "measures: ces"), ("en: Overall?", "en: All?"))
    assert breaking_changes((first, second), third) == ()
    back = edited(("en: Overall?", "en: All?"))
    assert [each.where for each in breaking_changes((first, second), back)] == ["overall.measures"]


def test_nothing_published_breaks_nothing() -> None:
    assert breaking_changes((), read(FIRST)) == ()


@pytest.mark.parametrize(
    ("change", "english", "chinese"),
    [
        (Change("added", "a", "", None, "Why?", False), "a added: Why?", "新增 a：Why?"),
        (
            Change("removed", "a", "choices.b", "B", None, False),
            "a.choices.b removed: B",
            "删除 a.choices.b：B",
        ),
        (Change("moved", "a", "", "3", "1", False), "a moved from place 3 to 1", "a 从第 3 位移到第 1 位"),
        (
            Change("changed", "", "title.en", "A", "{B}", False),
            "title.en changed: A → {B}",
            "修改 title.en：A → {B}",
        ),
    ],
)
def test_a_change_is_said_in_both_languages(change: Change, english: str, chinese: str) -> None:
    assert (change.words("en"), change.words("zh")) == (english, chinese)


@settings(max_examples=60, deadline=None)
@given(st.permutations(read(FIRST).questions))
def test_any_order_is_told_by_the_fewest_moves(order: list[Question]) -> None:
    before = read(FIRST)
    told = changes(before, before.model_copy(update={"questions": tuple(order)}))
    assert {each.kind for each in told} <= {"moved"}
    moved = {each.code for each in told}
    stay = [question for question in order if question.code not in moved]
    assert stay == [question for question in before.questions if question.code not in moved]
    lengths = [1] * len(order)
    places = [before.questions.index(question) for question in order]
    for here, place in enumerate(places):
        lengths[here] = 1 + max((lengths[n] for n in range(here) if places[n] < place), default=0)
    assert len(stay) == max(lengths)

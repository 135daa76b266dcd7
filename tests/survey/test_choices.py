"""A choice that excludes the others, and choices that stay last where the order is random."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import Questionnaire, SurveyError, build_form, read_questionnaire
from survey.sheet import read_sheet
from survey.xlsform import read_xlsform, write_xlsform
from survey.xlsform.options import native_constraint

SOURCE = """
slug: picks
version: 1
languages: [en, zh]
default_language: en
title: {en: Picks}
intro: {en: Hello}
thanks: {en: Bye}
questions:
  - code: used
    type: multiple_choice
    text: {en: What did you use?, zh: 您用过什么？}
    other: true
    randomise: true
    min_choices: 2
    choices:
      - {code: app, text: {en: App}}
      - {code: shop, text: {en: Shop}}
      - {code: phone, text: {en: Phone}}
      - {code: unsure, text: {en: Not sure}, exclusive: true, stay_last: true}
      - {code: none, text: {en: None of these}, exclusive: true, stay_last: true}
"""
PICKS = read_questionnaire(SOURCE, "picks.yaml")
OTHERS = ("app", "shop", "phone", "other")
ALONE = ("unsure", "none")


def codes(source: str) -> list[tuple[str, str]]:
    with pytest.raises(SurveyError) as caught:
        read_questionnaire(source, "picks.yaml")
    return [(problem.code, problem.where.split()[-1]) for problem in caught.value.problems]


@given(st.lists(st.sampled_from((*OTHERS, *ALONE)), unique=True, min_size=1))
def test_an_exclusive_choice_is_refused_with_any_other_and_enough_alone(chosen: list[str]) -> None:
    sheet = read_sheet(PICKS, {"used": chosen, "used_other": "x" if "other" in chosen else ""})
    found = [problem.code for problem in sheet.problems]
    if set(chosen) & set(ALONE):
        assert found == ([] if len(chosen) == 1 else ["answer-exclusive"])
    else:
        assert found == (["answer-too-few-choices"] if len(chosen) < 2 else [])


def test_a_text_for_other_counts_as_another_choice() -> None:
    (problem,) = read_sheet(PICKS, {"used": ["none"], "used_other": "post"}).problems
    assert (problem.code, problem.where) == ("answer-exclusive", "used")
    assert (
        problem.advice("en")
        == "One of these choices excludes all others. Keep that one alone, or leave it out."
    )
    assert problem.advice("zh") == "所选项中有一项不能与其他选项同选。请只保留这一项，或取消这一项。"


@given(st.integers(0, 2**128 - 1))
def test_choices_that_stay_last_end_the_list_as_written_before_other(number: int) -> None:
    (field,) = build_form(PICKS, "en", response_id=UUID(int=number)).fields
    shown = [option.code for option in field.options]
    assert shown[-3:] == ["unsure", "none", "other"]
    assert sorted(shown[:3]) == ["app", "phone", "shop"]
    assert [option.code for option in field.options if option.exclusive] == list(ALONE)


def test_the_other_choices_are_still_mixed() -> None:
    orders = {
        tuple(option.code for option in build_form(PICKS, "en", response_id=uuid4()).fields[0].options)
        for _ in range(200)
    }
    assert len(orders) == 6


def test_what_could_not_exclude_or_stay_is_refused_by_its_place() -> None:
    single = SOURCE.replace("multiple_choice", "single_choice").replace("    min_choices: 2\n", "")
    assert codes(single) == [("choice-exclusive", "questions[0].choices[3].exclusive")]
    assert codes(SOURCE.replace("    randomise: true\n", "")) == [
        ("choice-last", "questions[0].choices[3].stay_last")
    ]


def test_the_workbook_says_it_to_other_tools_and_comes_back() -> None:
    written = write_xlsform(PICKS)
    read = read_xlsform(written.data, "picks.xlsx")
    assert read.questionnaire == PICKS and read.notes == ()
    said, whole = native_constraint(PICKS.question("used"), {})
    assert whole and "not(selected(., 'none') and count-selected(.) > 1)" in said
    assert "(selected(., 'unsure') or selected(., 'none') or count-selected(.) >= 2)" in said


def test_hashes_of_questionnaires_without_such_choices_are_what_they_were() -> None:
    path = Path(__file__).parents[2] / "survey" / "library" / "csat-after-sale.yaml"
    one = read_questionnaire(path.read_text(encoding="utf-8"), path.name)
    assert isinstance(one, Questionnaire)
    assert "exclusive" not in one.canonical_json() and "stay_last" not in one.canonical_json()

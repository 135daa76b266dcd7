import json

import pytest

from survey import (
    Envelope,
    Form,
    FormField,
    FormOption,
    Questionnaire,
    build_form,
    library_questionnaire,
    new_response_id,
    started_at,
    validate,
)

QUESTIONNAIRE = library_questionnaire("customer-satisfaction")


def field(form: Form, code: str) -> FormField:
    return next(field for field in form.fields if field.code == code)


def test_a_form_shows_every_question_in_the_language_asked_for() -> None:
    form = build_form(QUESTIONNAIRE, "en")
    assert (form.slug, form.version, form.language) == ("customer-satisfaction", 1, "en")
    assert form.languages == (("zh", "中文"), ("en", "English"))
    assert [field.code for field in form.fields] == [question.code for question in QUESTIONNAIRE.questions]
    assert form.title == QUESTIONNAIRE.title["en"]
    assert form.intro == QUESTIONNAIRE.intro["en"]
    assert form.thanks == QUESTIONNAIRE.thanks["en"]
    assert not any(field.is_fallback or field.problem or field.value for field in form.fields)
    assert build_form(QUESTIONNAIRE, "zh").title == QUESTIONNAIRE.title["zh"]


def test_a_language_that_is_not_offered_gives_the_default_one() -> None:
    assert build_form(QUESTIONNAIRE, "fr") == build_form(QUESTIONNAIRE, "zh")


def test_scales_become_options_with_words_at_both_ends() -> None:
    form = build_form(QUESTIONNAIRE, "en")
    assert field(form, "recommend").options == tuple(FormOption(str(n), str(n)) for n in range(11))
    assert field(form, "ease").options[0] == FormOption("1", "1")
    assert field(form, "ease").options[-1] == FormOption("7", "7")
    assert field(form, "overall").low_label == "Very dissatisfied"
    assert field(form, "overall").high_label == "Very satisfied"
    assert field(form, "overall").required
    assert not field(form, "ease").required


def test_choices_become_options_with_their_texts() -> None:
    options = field(build_form(QUESTIONNAIRE, "zh"), "touchpoint").options
    assert [option.code for option in options] == ["before", "during", "after"]
    assert options[0].label.startswith("购买之前")


def test_a_text_field_has_help_and_a_limit_and_no_options() -> None:
    comment = field(build_form(QUESTIONNAIRE, "zh"), "comment")
    assert comment.options == ()
    assert comment.max_length == 2000
    assert "个人信息" in comment.help


def test_a_missing_translation_is_shown_in_the_default_language_and_marked() -> None:
    content = QUESTIONNAIRE.model_dump(mode="json")
    content["questions"][0]["scale"]["high"]["en"] = "-"
    content["questions"][1]["text"].pop("en")
    content["title"]["en"] = " "
    form = build_form(Questionnaire.model_validate_json(json.dumps(content)), "en")
    assert form.title == "客户满意度调查"
    assert field(form, "overall").high_label == "非常满意"
    assert field(form, "recommend").label.startswith("您有多大可能")
    assert [field.is_fallback for field in form.fields] == [True, True, False, False, False]


def test_answers_already_given_are_shown_again() -> None:
    values = {"overall": "4", "touchpoint": "after", "comment": "<b>好</b>"}
    form = build_form(QUESTIONNAIRE, "zh", values)
    assert [field.value for field in form.fields] == ["4", None, None, "after", "<b>好</b>"]


@pytest.mark.parametrize("value", ["99", "-1", "", "４", "5.0", "before"])
def test_a_value_that_is_no_option_is_never_shown_as_chosen(value: str) -> None:
    assert field(build_form(QUESTIONNAIRE, "zh", {"overall": value}), "overall").value is None


def test_each_problem_stands_at_its_field_and_in_the_list_above() -> None:
    response_id = new_response_id()
    envelope = Envelope(response_id, "club", "web", "zh", started_at(response_id))
    problems = validate(QUESTIONNAIRE, {"recommend": "11", "extra": "1"}, envelope)
    assert isinstance(problems, tuple)
    form = build_form(QUESTIONNAIRE, "zh", {"recommend": "11"}, problems)
    assert field(form, "overall").problem == "这道题还没有回答。请您回答一下。"
    assert field(form, "recommend").problem == "11 不在评分范围内。请填写 0 到 10 之间的整数。"
    assert field(form, "ease").problem is None
    assert [problem.code for problem in form.problems] == ["overall", "recommend", ""]
    assert form.problems[0].words == "“总的来说，您对我们的服务满意吗？”这道题还没有回答。请您回答一下。"
    assert form.problems[2].words.startswith("这份问卷里没有“extra”这道题")


def test_a_language_unknown_to_the_world_is_named_by_its_code() -> None:
    content = QUESTIONNAIRE.model_dump(mode="json") | {"languages": ["zh", "en", "qqq"]}
    assert build_form(Questionnaire.model_validate_json(json.dumps(content)), "zh").languages[2] == (
        "qqq",
        "qqq",
    )

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import survey
from survey import Questionnaire, SurveyError, Text, library, library_questionnaire

FOLDER = Path(survey.__file__).parent / "library"

# A published version is immutable: to change a file, raise its version and add a line here.
PUBLISHED = {
    ("airport-passengers", 1): "e9cbb25b00d8bc2e306b3dd7c0095e3ab262773ad6d701be6e56fbd387e7d385",
    ("ces-after-contact", 1): "a08a8126cebc842cd3070d6a2d2967c9d87491bed75ac849e3fe8dd3860d6d99",
    ("complaint-handling", 1): "ff22096577333dc5920a9f175567eba364e60790148614377603d9cc701488c0",
    ("csat-after-sale", 1): "9f87c3e76fd01b5ba18363da8752ca87879816314a1e9a983c2e2c1d3fb2b179",
    ("csat-before-sale", 1): "ffb5139f4210c402bc106c3e0cc307bb0b60fa190555be1019b59d299323e393",
    ("csat-during-sale", 1): "bfbd19a6228bb3e4d9d3d347cff3c99e2569890e71dc7889e35fb837c85be230",
    ("customer-satisfaction", 1): "67f999daca7e923aeb0aded0d2b034d2186e43bd7c46580fac206709723ba42f",
    ("employee-satisfaction", 1): "dba2bfb872a2c13117b4915efedfba1dde2357da521c281d52bf6baf390d82fb",
    ("member-satisfaction-index", 1): "a73a681dc284277929587bdad4fad2caa062c39a1f906eaa4b58093634df1050",
    ("nps-relationship", 1): "50fb8fc049ae80b6be3951c9331a7eb7fb5462a85a737d231a3bd99df71ee5d9",
    ("training-feedback", 1): "89de70b987cdd194b0111f084c6c64bac9de1e4c7f40fadad3d444d45b893aef",
    ("website", 1): "e09a9738d4ec912d482c028c499cd5263d5a64841ca613b1a83222c6b5b00651",
}

# The questions that measure something, with what and on which scale; every other question measures nothing.
MEASURES = {
    "airport-passengers": {"overall": ("csat", 1, 5), "recommend": ("nps", 0, 10)},
    "ces-after-contact": {"ease": ("ces", 1, 7), "overall": ("csat", 1, 5)},
    "complaint-handling": {"overall": ("csat", 1, 5)},
    "csat-after-sale": {"overall": ("csat", 1, 5)},
    "csat-before-sale": {"overall": ("csat", 1, 5)},
    "csat-during-sale": {"overall": ("csat", 1, 5)},
    "customer-satisfaction": {
        "overall": ("csat", 1, 5),
        "recommend": ("nps", 0, 10),
        "ease": ("ces", 1, 7),
    },
    "employee-satisfaction": {"overall": ("csat", 1, 5), "recommend": ("nps", 0, 10)},
    "member-satisfaction-index": {
        "satisfaction_overall": ("csat", 1, 10),
        "loyalty_recommend": ("nps", 0, 10),
    },
    "nps-relationship": {"recommend": ("nps", 0, 10)},
    "training-feedback": {"overall": ("csat", 1, 5)},
    "website": {"overall": ("csat", 1, 5), "ease": ("ces", 1, 7)},
}

# A minute on a phone is six questions; these take longer and say so (the airport's is there for imports).
LONGER = {"airport-passengers": 23, "employee-satisfaction": 9, "member-satisfaction-index": 21}
MINUTE = 6

ADAPTED = "airport-passengers"  # worded after a published survey, not by us
EACH = pytest.mark.parametrize("one", library(), ids=lambda one: one.slug)
OURS = pytest.mark.parametrize(
    "one", [one for one in library() if one.slug != ADAPTED], ids=lambda one: one.slug
)

# Names that Chinese readers know in Latin letters.
LATIN = {"NPS"}
CHINESE = r"\u3400-\u9fff"
CHINESE_MARKS = "，。！？；：、（）“”‘’《》"


def texts(questionnaire: Questionnaire) -> Iterator[tuple[str, Text]]:
    """Every text that a respondent reads, with its place."""
    yield from (
        ("title", questionnaire.title),
        ("intro", questionnaire.intro),
        ("thanks", questionnaire.thanks),
    )
    for question in questionnaire.questions:
        yield question.code, question.text
        if question.help:
            yield f"{question.code} help", question.help
        if question.scale:
            yield f"{question.code} low", question.scale.low
            yield f"{question.code} high", question.scale.high
        for choice in question.choices:
            yield f"{question.code} {choice.code}", choice.text


def slips_in_chinese(text: str) -> list[str]:
    """What a Chinese proof-reader would mark: half-width punctuation or blanks beside Chinese characters,
    words left in English, a doubled mark."""
    return [
        *re.findall(rf"[{CHINESE}{CHINESE_MARKS}][,.;:!?()'\"\s]+|[,;:!?()'\"\s]+[{CHINESE}]", text),
        *(word for word in re.findall(r"[A-Za-z]+", text) if word not in LATIN),
        *re.findall(rf"([{CHINESE_MARKS}])\1", text),
    ]


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("您满意吗？满意的（或不满意的）都可以说。", []),
        ("净推荐值（NPS）是多少？", []),
        ("您满意吗?", ["吗?"]),
        ("谢谢,再见。", ["谢,"]),
        ("您 满意吗？", ["您 "]),
        ("下载App后再试。", ["App"]),
        ("谢谢！！", ["！"]),
        ("(可选)您的意见", ["选)", "(可"]),
    ],
)
def test_the_proof_reader_of_these_tests_sees_slips_and_only_slips(text: str, slips: list[str]) -> None:
    assert sorted(slips_in_chinese(text)) == sorted(slips)


def test_a_published_version_has_not_changed() -> None:
    assert {(one.slug, one.version): one.sha256 for one in library()} == PUBLISHED


def test_each_file_is_named_after_its_slug_and_each_slug_is_used_once() -> None:
    slugs = [one.slug for one in library()]
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == slugs
    assert len(set(slugs)) == len(slugs)


def test_the_readme_of_the_library_lists_each_questionnaire_as_it_is() -> None:
    rows = re.findall(
        r"^\| `(.+?)` \| .+? \| (\d+) \| (.+?) \|$", (FOLDER / "README.md").read_text("utf-8"), re.M
    )
    listed = {slug: (int(number), set(measures.split(", "))) for slug, number, measures in rows}
    assert listed == {
        one.slug: (len(one.questions), {measure for measure, *_ in MEASURES[one.slug].values()})
        for one in library()
    }


@EACH
def test_every_text_is_written_in_both_languages(one: Questionnaire) -> None:
    assert set(one.languages) == {"zh", "en"}
    for where, text in texts(one):
        assert text.keys() == {"zh", "en"}, where
        assert text["zh"].strip() == text["zh"] != "", where
        assert text["en"].strip() == text["en"] != "", where
    for language in ("zh", "en"):
        form = survey.build_form(one, language)
        assert form.language == language
        assert not any(field.is_fallback for field in form.fields)


@EACH
def test_chinese_is_set_as_chinese_and_english_as_english(one: Questionnaire) -> None:
    assert {where: slips for where, text in texts(one) if (slips := slips_in_chinese(text["zh"]))} == {}
    assert [where for where, text in texts(one) if not re.search(f"[{CHINESE}]", text["zh"])] == []
    assert [where for where, text in texts(one) if re.search(r"[^\x20-\x7e]", text["en"])] == []


@EACH
def test_no_two_questions_and_no_two_choices_read_the_same(one: Questionnaire) -> None:
    for language in ("zh", "en"):
        asked = [question.text[language] for question in one.questions]
        assert len(set(asked)) == len(asked)
        for question in one.questions:
            offered = [choice.text[language] for choice in question.choices]
            assert len(set(offered)) == len(offered)


@EACH
def test_each_measure_is_taken_by_the_question_and_on_the_scale_of_the_table(one: Questionnaire) -> None:
    found = {
        question.code: (question.measures, question.scale.min, question.scale.max)
        for question in one.questions
        if question.scale and question.measures != "none"
    }
    assert found == MEASURES[one.slug]
    # Metrics take the first question of a measure: a second one would be asked and never counted.
    measures = [question.measures for question in one.questions if question.measures != "none"]
    assert len(set(measures)) == len(measures)
    # NPS is the only scale from 0, so that nobody takes a rating for it.
    assert all(
        (question.scale.min == 0) == (question.type == "nps") for question in one.scored if question.scale
    )


@EACH
def test_both_ends_of_every_scale_are_named_and_differ(one: Questionnaire) -> None:
    for question in one.scored:
        assert question.scale
        for language in ("zh", "en"):
            assert question.scale.low[language] != question.scale.high[language], question.code


@EACH
def test_it_takes_a_minute_unless_it_is_known_to_take_longer(one: Questionnaire) -> None:
    if one.slug in LONGER:
        assert MINUTE < len(one.questions) <= LONGER[one.slug]
    else:
        assert 3 <= len(one.questions) <= MINUTE
        assert "一分钟" in one.intro["zh"]
        assert "minute" in one.intro["en"]


@OURS
def test_only_one_question_that_measures_something_must_be_answered(one: Questionnaire) -> None:
    # The rest may be left blank: what a respondent did not come across is not an answer.
    (required,) = [question for question in one.questions if question.required]
    assert required.measures != "none"


@OURS
def test_what_a_respondent_writes_freely_is_marked_as_personal_and_warned_about(one: Questionnaire) -> None:
    for question in one.questions:
        assert question.pii == (question.type == "long_text"), question.code
        if question.pii:
            assert question.help
            assert "个人" in question.help["zh"]
            assert "person" in question.help["en"]


@OURS
def test_a_sheet_with_the_best_answers_and_one_with_only_the_required_are_accepted(
    one: Questionnaire,
) -> None:
    now = survey.started_at(survey.new_response_id())
    envelope = survey.Envelope(survey.new_response_id(), one.slug, "web", "zh", now)
    best = {question.code: str(question.scale.max) for question in one.scored if question.scale}
    best |= {question.code: question.choices[0].code for question in one.questions if question.choices}
    full = survey.validate(one, best, envelope)
    assert isinstance(full, survey.Response)
    assert None not in full.scores
    least = {question.code: best[question.code] for question in one.questions if question.required}
    assert isinstance(survey.validate(one, least, envelope), survey.Response)


def test_the_built_in_questionnaire_asks_what_the_contract_measures() -> None:
    questionnaire = library_questionnaire("customer-satisfaction")
    assert [(question.code, question.type) for question in questionnaire.questions] == [
        ("overall", "rating"),
        ("recommend", "nps"),
        ("ease", "rating"),
        ("touchpoint", "single_choice"),
        ("comment", "long_text"),
    ]
    touchpoint = questionnaire.question("touchpoint")
    assert touchpoint.dimension == "touchpoint"
    assert [choice.code for choice in touchpoint.choices] == ["before", "during", "after"]


@pytest.mark.parametrize("stage", ["before", "during", "after"])
def test_a_questionnaire_of_one_touchpoint_rates_it_in_five_points_and_does_not_ask_which(stage: str) -> None:
    one = library_questionnaire(f"csat-{stage}-sale")
    assert one.touchpoint == stage
    assert not any(question.dimension for question in one.questions)
    assert {question.type for question in one.questions} == {"rating", "long_text"}
    # One scale throughout: nobody has to find their bearings twice within a minute.
    assert {(question.scale.min, question.scale.max) for question in one.scored if question.scale} == {(1, 5)}


def test_the_member_index_sees_each_of_its_blocks_through_two_to_four_questions() -> None:
    index = library_questionnaire("member-satisfaction-index")
    blocks: dict[str, list[str]] = {}
    for question in index.questions:
        block, _, aspect = question.code.partition("_")
        blocks.setdefault(block, []).append(aspect)
    assert blocks == {
        "image": ["overall", "trust", "character"],
        "expectation": ["overall", "fit", "reliability"],
        "quality": ["overall", "fit", "reliability", "service"],
        "value": ["price", "quality"],
        "satisfaction": ["overall", "expected", "ideal"],
        "complaint": ["made", "handling"],
        "loyalty": ["stay", "prefer", "recommend"],
        "comment": [""],
    }
    ratings = [question.scale for question in index.questions if question.type == "rating"]
    assert {(scale.min, scale.max) for scale in ratings if scale} == {(1, 10)}


def test_only_who_made_a_complaint_is_asked_how_it_was_handled() -> None:
    index = library_questionnaire("member-satisfaction-index")
    for made, asked in (("yes", True), ("no", False), ("", False)):
        form = survey.build_form(index, "zh", {"complaint_made": made})
        assert ("complaint_handling" in [field.code for field in form.fields]) == asked


def test_what_was_expected_is_asked_on_the_scale_of_what_was_found() -> None:
    # Only then is the gap between them a figure.
    index = library_questionnaire("member-satisfaction-index")
    for aspect in ("overall", "fit", "reliability"):
        assert index.question(f"expectation_{aspect}").scale == index.question(f"quality_{aspect}").scale


def test_the_airport_questionnaire_holds_every_rating_of_the_survey() -> None:
    airport = library_questionnaire("airport-passengers")
    ratings = [question for question in airport.questions if question.type == "rating"]
    assert len(ratings) == 22
    assert len([question for question in ratings if question.code.startswith("cleanliness_")]) == 6
    # What its files write for "no answer" is told by each file's mapping.
    assert not any(question.required or question.missing_codes for question in airport.questions)


def test_an_unknown_slug_is_answered_with_those_there_are() -> None:
    with pytest.raises(SurveyError, match=", ".join(one.slug for one in library())):
        library_questionnaire("customer-satisfactoin")

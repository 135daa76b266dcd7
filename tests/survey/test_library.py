from pathlib import Path

import pytest

import survey
from survey import SurveyError, library, library_questionnaire

# A published version is immutable: to change a file, raise its version and add a line here.
PUBLISHED = {
    ("airport-passengers", 1): "e9cbb25b00d8bc2e306b3dd7c0095e3ab262773ad6d701be6e56fbd387e7d385",
    ("customer-satisfaction", 1): "67f999daca7e923aeb0aded0d2b034d2186e43bd7c46580fac206709723ba42f",
}


def test_a_published_version_has_not_changed() -> None:
    assert {(one.slug, one.version): one.sha256 for one in library()} == PUBLISHED


def test_each_file_is_named_after_its_slug() -> None:
    names = sorted(path.stem for path in (Path(survey.__file__).parent / "library").glob("*.yaml"))
    assert names == [one.slug for one in library()]


def test_every_text_is_written_in_both_languages() -> None:
    for one in library():
        for language in ("zh", "en"):
            form = survey.build_form(one, language)
            assert form.language == language
            assert not any(field.is_fallback for field in form.fields)
            assert one.title.keys() == one.intro.keys() == one.thanks.keys() == {"zh", "en"}


def test_the_built_in_questionnaire_asks_what_the_contract_measures() -> None:
    asked = [
        (
            question.code,
            question.type,
            question.measures,
            question.scale and (question.scale.min, question.scale.max),
        )
        for question in library_questionnaire("customer-satisfaction").questions
    ]
    assert asked == [
        ("overall", "rating", "csat", (1, 5)),
        ("recommend", "nps", "nps", (0, 10)),
        ("ease", "rating", "ces", (1, 7)),
        ("touchpoint", "single_choice", "none", None),
        ("comment", "long_text", "none", None),
    ]
    questionnaire = library_questionnaire("customer-satisfaction")
    assert [question.code for question in questionnaire.questions if question.required] == ["overall"]
    assert [question.code for question in questionnaire.questions if question.pii] == ["comment"]
    touchpoint = questionnaire.question("touchpoint")
    assert touchpoint.dimension == "touchpoint"
    assert [choice.code for choice in touchpoint.choices] == ["before", "during", "after"]


def test_the_airport_questionnaire_holds_every_rating_of_the_survey() -> None:
    airport = library_questionnaire("airport-passengers")
    ratings = [question for question in airport.questions if question.type == "rating"]
    assert len(ratings) == 22
    assert [question.code for question in ratings if question.measures == "csat"] == ["overall"]
    assert len([question for question in ratings if question.code.startswith("cleanliness_")]) == 6
    assert airport.question("recommend").measures == "nps"
    # What its files write for "no answer" is told by each file's mapping.
    assert not any(question.required or question.missing_codes for question in airport.questions)


def test_an_unknown_slug_is_answered_with_those_there_are() -> None:
    with pytest.raises(SurveyError, match="airport-passengers, customer-satisfaction"):
        library_questionnaire("customer-satisfactoin")

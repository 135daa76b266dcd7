import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from survey import Choice, Question, Questionnaire, Scale, library_questionnaire, read_questionnaire

TEXT = {"en": "?"}
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), min_size=1
).filter(lambda text: text.strip(" -") != "" and "{{" not in text and "}}" not in text)
TEXTS = st.builds(lambda en, zh: {"en": en, "zh": zh}, WORDS.filter(str.strip), WORDS)
SCALES = st.tuples(st.integers(-100, 99), st.integers(1, 50)).flatmap(
    lambda ends: st.builds(
        Scale, min=st.just(ends[0]), max=st.just(min(100, ends[0] + ends[1])), low=TEXTS, high=TEXTS
    )
)
CHOICES = st.lists(NAMES, min_size=2, max_size=4, unique=True).flatmap(
    lambda codes: st.tuples(*(st.builds(Choice, code=st.just(code), text=TEXTS) for code in codes))
)
QUESTIONS = st.lists(NAMES, min_size=1, max_size=4, unique=True).flatmap(
    lambda codes: st.tuples(
        *(
            st.one_of(
                st.builds(
                    Question,
                    code=st.just(code),
                    type=st.just("rating"),
                    text=TEXTS,
                    scale=SCALES,
                    required=st.booleans(),
                    missing_codes=st.dictionaries(st.sampled_from(["x", "999"]), NAMES),
                    measures=st.sampled_from(["csat", "ces", "none"]),
                ),
                st.builds(
                    Question, code=st.just(code), type=st.just("single_choice"), text=TEXTS, choices=CHOICES
                ),
                st.builds(
                    Question,
                    code=st.just(code),
                    type=st.just("long_text"),
                    text=TEXTS,
                    help=st.one_of(st.none(), TEXTS),
                    max_length=st.integers(1, 100_000),
                    pii=st.booleans(),
                ),
            )
            for code in codes
        )
    )
)
QUESTIONNAIRES = st.builds(
    Questionnaire,
    slug=st.just("club"),
    version=st.integers(1, 1000),
    languages=st.just(("en", "zh")),
    default_language=st.just("en"),
    title=TEXTS,
    intro=TEXTS,
    thanks=TEXTS,
    questions=QUESTIONS,
)


@given(QUESTIONNAIRES)
def test_a_definition_survives_its_canonical_json_and_yaml_with_the_same_hash(one: Questionnaire) -> None:
    again = Questionnaire.model_validate_json(one.canonical_json())
    assert again == one
    assert again.canonical_json() == one.canonical_json()
    assert again.sha256 == one.sha256 == hashlib.sha256(one.canonical_json().encode("utf-8")).hexdigest()
    # JSON is YAML: what a file says is what the model holds.
    assert read_questionnaire(one.canonical_json(), "club.yaml").sha256 == one.sha256


def test_canonical_json_leaves_out_defaults_so_that_new_keys_do_not_change_old_hashes() -> None:
    content = json.loads(library_questionnaire("airport-passengers").canonical_json())
    assert content["questions"][1].keys() == {"code", "type", "text", "scale"}


def test_scored_questions_keep_their_order_and_texts_are_not_among_them() -> None:
    for questionnaire in map(library_questionnaire, ("customer-satisfaction", "airport-passengers")):
        scored = [question.code for question in questionnaire.scored]
        assert scored == [each.code for each in questionnaire.questions if each.type in ("rating", "nps")]


def test_a_question_is_found_by_its_code() -> None:
    questionnaire = library_questionnaire("airport-passengers")
    assert questionnaire.question("safety") is questionnaire.questions[-2]
    with pytest.raises(KeyError):
        questionnaire.question("nothing")


def test_a_definition_cannot_be_changed() -> None:
    questionnaire = library_questionnaire("airport-passengers")
    with pytest.raises(ValidationError):
        questionnaire.version = 2


@pytest.mark.parametrize(("low", "high"), [(1, 10), (0, 5), (-5, 5), (0, 11)])
def test_nps_is_asked_from_0_to_10_and_nothing_else(low: int, high: int) -> None:
    scale = Scale(min=low, max=high, low=TEXT, high=TEXT)
    with pytest.raises(ValidationError, match="scale-not-nps"):
        Question(code="recommend", type="nps", text=TEXT, scale=scale, measures="nps")


@pytest.mark.parametrize("text", ["a\x00", "a\ud800", "\x7f"])
def test_a_text_that_could_not_be_shown_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="text-control-character"):
        Choice(code="a", text={"en": text})

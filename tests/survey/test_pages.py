"""Pages, piping, random order and carried answers: the form of a long questionnaire, page by page."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import Form, FormField, FormOption, Questionnaire, build_form, next_page, read_questionnaire
from survey.logic import kinds, needs
from survey.problems import problem

EVERYTHING = read_questionnaire(
    (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8"), "everything.yaml"
)
ONE, OTHER = (UUID(f"019f1d6b-4b00-7000-8000-00000000000{number}") for number in (1, 2))
Raw = Mapping[str, str | Sequence[str] | None]


def field(form: Form, code: str) -> FormField:
    return next(field for field in form.fields if field.code == code)


def test_a_page_ends_where_the_author_breaks_it_and_before_what_needs_its_answers() -> None:
    assert [[question.code for question in page] for page in EVERYTHING.pages] == [
        ["hello", "overall"],
        ["why"],
        ["channels", "best"],
        ["grid", "spent", "joined", "left_on"],
        ["again", "shop", "pic", "agree", "signed", "comment", "photo"],
    ]


def test_no_question_needs_an_answer_of_its_own_page() -> None:
    for page in EVERYTHING.pages:
        given = {name for question in page for name in kinds(question)}
        assert all(not needs(question) & given for question in page)


def test_a_page_shows_its_questions_and_carries_the_answers_of_the_others() -> None:
    raw: Raw = {
        "overall": "4",
        "channels": ["shop", "web"],
        "spent": "12",
        "comment": "",
        "best": ["price", ""],
    }
    form = build_form(EVERYTHING, "en", raw, page=3)
    assert [field.code for field in form.fields] == ["grid", "spent", "joined", "left_on"]
    assert form.carried == (("overall", "4"), ("channels", "shop"), ("channels", "web"), ("best", "price"))
    assert (form.page, form.pages, form.previous_page, form.is_last, form.progress) == (3, 5, 2, False, 0.6)
    assert build_form(EVERYTHING, "en", raw, page=4).is_last
    with pytest.raises(IndexError):
        build_form(EVERYTHING, "en", raw, page=5)


def test_all_pages_at_once_carry_nothing() -> None:
    form = build_form(EVERYTHING, "en", {"overall": "4"})
    assert (form.page, form.previous_page, form.is_last, form.carried) == (None, None, True, ())
    assert "why" not in [field.code for field in form.fields]
    assert "why" in [field.code for field in build_form(EVERYTHING, "en", {"overall": "1"}).fields]


def test_going_on_and_back_leaves_out_pages_that_show_nothing() -> None:
    assert next_page(EVERYTHING, {}, -1) == 0
    assert next_page(EVERYTHING, {"overall": "1"}, 0) == 1
    assert next_page(EVERYTHING, {"overall": "5"}, 0) == 2
    assert next_page(EVERYTHING, {"overall": "5"}, 4) is None
    assert build_form(EVERYTHING, "en", {"overall": "5"}, page=2).previous_page == 0
    assert build_form(EVERYTHING, "en", {"overall": "1"}, page=2).previous_page == 1
    assert build_form(EVERYTHING, "en", {}, page=0).previous_page is None


def test_earlier_answers_and_the_members_fields_stand_in_texts() -> None:
    raw: Raw = {
        "overall": "2",
        "channels": ["shop", "other"],
        "channels_other": "集市",
        "signed": "李 {{ overall }}",
    }
    member = {"name": "<b>Li</b>", "city": "Xi'an"}
    form = build_form(EVERYTHING, "en", raw, member=member)
    assert form.title == "All for <b>Li</b>"
    assert form.intro == "Hello Xi'an"
    assert form.thanks == "Thanks, 李 {{ overall }}: 2"
    assert field(form, "why").label == "Why 2?"
    assert field(form, "grid").label == "At Shop, Other"
    assert field(build_form(EVERYTHING, "zh", raw), "grid").label == "在门店、其他"


def test_what_is_unanswered_is_an_ellipsis_in_a_text() -> None:
    form = build_form(EVERYTHING, "en")
    assert form.thanks == "Thanks, …: …"
    assert form.intro == "Hello there"


def test_what_a_person_wrote_is_one_line_of_bounded_length_in_a_text() -> None:
    form = build_form(EVERYTHING, "en", {"signed": "字" * 1500})
    assert len(form.thanks) < 230


def test_every_type_has_what_its_input_needs() -> None:
    raw: Raw = {"channels": ["shop"], "best": ["staff", ""], "grid_staff": "9", "grid_range": "3"}
    form = build_form(EVERYTHING, "en", raw, today=date(2026, 7, 2))
    hello, overall = field(form, "hello"), field(form, "overall")
    assert (hello.type, hello.label, hello.help, hello.options) == ("section", "Part one", "More", ())
    assert overall.look == "stars"
    assert overall.options[0] == FormOption("1", "bad")
    channels = field(form, "channels")
    assert [option.code for option in channels.options] == ["shop", "web", "phone", "other"]
    assert channels.options[-1].label == "Other"
    assert (channels.values, channels.other_name) == (("shop",), "channels_other")
    assert (channels.min_choices, channels.max_choices) == (1, 2)
    assert field(form, "best").values == ("staff",)
    assert field(form, "best").max_choices == 2
    grid = field(form, "grid")
    assert [(row.code, row.label, row.value) for row in grid.rows] == [
        ("grid_staff", "Staff", None),
        ("grid_range", "Range", "3"),
    ]
    spent, joined = field(form, "spent"), field(form, "joined")
    assert (spent.min, spent.max, spent.step, spent.unit) == ("0", "99999.5", "0.01", "yuan")
    assert (joined.min, joined.max) == ("2000-01-01", "2026-07-02")
    assert [option.label for option in field(form, "again").options] == ["Yes", "No"]
    assert field(form, "agree").options == (FormOption("yes", "I agree"),)
    assert field(form, "pic").image == "shop.png"
    assert field(build_form(EVERYTHING, "zh", raw), "agree").options == (FormOption("yes", "我同意"),)


def test_what_is_not_on_offer_is_not_shown_as_chosen() -> None:
    assert field(build_form(EVERYTHING, "en", {"channels": ["shop", "moon"]}), "channels").values == ("shop",)


def test_problems_of_rows_and_of_other_stand_at_their_own_inputs() -> None:
    found = [
        problem("answer-required", "grid_staff"),
        problem("answer-too-long", "channels_other", length=300, limit=200),
    ]
    form = build_form(EVERYTHING, "en", {"channels": "shop"}, found)
    assert [row.problem is not None for row in field(form, "grid").rows] == [True, False]
    assert field(form, "channels").other_problem is not None
    assert [line.code for line in form.problems] == ["grid_staff", "channels_other"]
    assert form.problems[0].words.startswith("“Staff”")


def test_random_order_is_another_for_each_respondent_and_the_same_for_one() -> None:
    def order(response_id: UUID | None) -> list[str]:
        form = build_form(EVERYTHING, "en", response_id=response_id)
        return [option.code for option in field(form, "channels").options]

    assert order(None) == ["shop", "web", "phone", "other"]
    assert order(ONE) == order(ONE)
    orders = {tuple(order(UUID(int=ONE.int + number))) for number in range(60)}
    assert len(orders) == 6
    assert all(seen[-1] == "other" for seen in orders)
    unshuffled = build_form(EVERYTHING, "en", response_id=OTHER)
    assert [option.code for option in field(unshuffled, "best").options] == ["price", "staff", "place"]


def test_every_place_in_a_random_order_is_as_likely() -> None:
    firsts = [
        field(build_form(EVERYTHING, "en", page=2, response_id=UUID(int=ONE.int + number)), "channels")
        .options[0]
        .code
        for number in range(600)
    ]
    assert all(150 < firsts.count(code) < 250 for code in ("shop", "web", "phone"))


def test_a_missing_translation_of_a_row_marks_the_field() -> None:
    content = json.loads(EVERYTHING.canonical_json())
    content["questions"][5]["rows"][1]["text"].pop("en")
    form = build_form(Questionnaire.model_validate_json(json.dumps(content)), "en", {"channels": "shop"})
    assert field(form, "grid").rows[1].label == "商品"
    assert [shown.code for shown in form.fields if shown.is_fallback] == ["grid"]


VALUES = st.one_of(
    st.none(),
    st.text(max_size=5),
    st.sampled_from(["1", "5", "shop", "2026-01-01"]),
    st.lists(st.text(max_size=3), max_size=3),
)


@given(
    st.dictionaries(st.sampled_from([item.code for item in EVERYTHING.items]), VALUES),
    st.none() | st.integers(0, 4),
)
def test_a_form_can_be_drawn_for_whatever_was_sent(
    raw: dict[str, str | list[str] | None], page: int | None
) -> None:
    form = build_form(EVERYTHING, "zh", raw, page=page)
    assert all(shown.label for shown in form.fields)
    carried = {name for name, _ in form.carried}
    assert not carried & {shown.code for shown in form.fields}

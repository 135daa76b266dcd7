"""Answers of every type, and what logic does to them, through the door that every way in uses."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import Envelope, Problem, Response, check_page, read_questionnaire, validate, with_kept

EVERYTHING = read_questionnaire(
    (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8"), "everything.yaml"
)
ENVELOPE = Envelope(
    response_id=UUID("019f1d6b-4b00-7000-8000-000000000001"),
    survey="club",
    channel="web",
    language="zh",
    submitted_at=datetime(2026, 7, 1, 20, 30, tzinfo=UTC),
    member={"name": "李雷"},
    today=date(2026, 7, 2),
)
LEAST = {"overall": "4", "agree": "yes"}
Raw = Mapping[str, str | Sequence[str] | None]


def accepted(raw: Raw) -> Response:
    found = validate(EVERYTHING, raw, ENVELOPE)
    assert isinstance(found, Response), [problem.words("en") for problem in found]
    return found


def refused(raw: Raw) -> list[tuple[str, str]]:
    found = validate(EVERYTHING, raw, ENVELOPE)
    assert isinstance(found, tuple)
    return [(problem.code, problem.where) for problem in found]


def test_every_type_is_stored_in_its_place() -> None:
    found = accepted(
        {
            "overall": "2",
            "why": "排队太久",
            "channels": ["web", "shop"],
            "best": ["staff", "price", ""],
            "grid_staff": "4",
            "spent": "12.5",
            "joined": "2026-07-02",
            "left_on": "2026-07-02",
            "again": "no",
            "shop": "other",
            "shop_other": "安装",
            "agree": "yes",
            "signed": "李雷",
            "comment": "一\r\n二",
        }
    )
    assert found.scores == (2, 4, None)
    assert found.missing == (None, None, "blank")
    assert found.choices == {
        "channels": ("web", "shop"),
        "best": ("staff", "price"),
        "again": ("no",),
        "shop": ("other",),
        "agree": ("yes",),
    }
    assert found.texts == {"why": "排队太久", "shop_other": "安装", "signed": "李雷", "comment": "一\n二"}
    assert found.numbers == {"spent": Decimal("12.50")}
    assert found.dates == {"joined": date(2026, 7, 2), "left_on": date(2026, 7, 2)}
    assert found.touchpoint == "other"


@pytest.mark.parametrize(
    ("raw", "code", "where"),
    [
        ({"channels": ["web", "moon"]}, "answer-not-offered", "channels"),
        ({"channels": ["web", "web"]}, "answer-repeated", "channels"),
        ({"channels": "web shop phone"}, "answer-too-many-choices", "channels"),
        ({"channels": ["web", "shop"], "channels_other": "集市"}, "answer-too-many-choices", "channels"),
        ({"channels_other": "字" * 201}, "answer-too-long", "channels_other"),
        ({"best": ["", "price"]}, "answer-rank-gap", "best"),
        ({"best": ["price", "price"]}, "answer-repeated", "best"),
        ({"best": ["price", "staff", "place"]}, "answer-too-many-choices", "best"),
        ({"channels": "shop", "grid_staff": "6"}, "answer-out-of-range", "grid_staff"),
        ({"spent": "-1"}, "answer-too-small", "spent"),
        ({"spent": "99999.51"}, "answer-too-large", "spent"),
        ({"spent": "1.234"}, "answer-number-malformed", "spent"),
        ({"spent": "1,234"}, "answer-number-malformed", "spent"),
        ({"spent": "1e3"}, "answer-number-malformed", "spent"),
        ({"spent": "NaN"}, "answer-number-malformed", "spent"),
        ({"spent": "１０"}, "answer-wide-digits", "spent"),
        ({"spent": "9" * 5000}, "answer-number-malformed", "spent"),
        ({"joined": "2026-07-03"}, "answer-too-late", "joined"),
        ({"joined": "1999-12-31"}, "answer-too-early", "joined"),
        ({"joined": "2026-02-30"}, "answer-not-a-date", "joined"),
        ({"joined": "1/2/2026"}, "answer-not-a-date", "joined"),
        ({"joined": "２０２６-01-01"}, "answer-wide-digits", "joined"),
        ({"joined": "2026-01-02", "left_on": "2026-01-01"}, "answer-rule", "left_on"),
        ({"spent": "", "again": "true"}, "answer-not-offered", "again"),
        ({"agree": "no"}, "consent-needed", "agree"),
        ({"agree": ""}, "consent-needed", "agree"),
        ({"agree": "false"}, "answer-not-offered", "agree"),
        ({"signed": "李\n雷"}, "answer-many-lines", "signed"),
        ({"signed": "a\ud800"}, "answer-control-character", "signed"),
        ({"overall": ["4"]}, "answer-not-text", "overall"),
        ({"overall": "1"}, "answer-required", "why"),
        ({"hello": "x"}, "question-unknown", ""),
        ({"grid": "x"}, "question-unknown", ""),
    ],
)
def test_what_does_not_fit_is_refused_by_name(raw: Raw, code: str, where: str) -> None:
    assert refused({**LEAST, **raw}) == [(code, where)]


def test_a_list_and_codes_parted_by_spaces_mean_the_same() -> None:
    assert accepted({**LEAST, "channels": "web shop"}) == accepted({**LEAST, "channels": ["web", "shop", ""]})


@pytest.mark.parametrize("raw", [[], "", " ", ["", " "], None])
def test_no_choice_at_all_is_blank(raw: str | list[str] | None) -> None:
    assert "channels" not in accepted({**LEAST, "channels": raw}).choices


def test_a_text_for_other_chooses_it_unless_another_single_choice_is_marked() -> None:
    assert accepted({**LEAST, "shop_other": "安装"}).choices["shop"] == ("other",)
    marked = accepted({**LEAST, "shop": "after", "shop_other": "安装"})
    assert marked.choices["shop"] == ("after",)
    assert "shop_other" not in marked.texts
    several = accepted({**LEAST, "channels": ["web"], "channels_other": "集市"})
    assert several.choices["channels"] == ("web", "other")
    assert several.texts == {"channels_other": "集市"}
    assert accepted({**LEAST, "shop": "other"}).texts == {}


def test_numbers_are_kept_with_the_decimals_of_the_question() -> None:
    for raw, number in (("0", "0.00"), ("-0", "0.00"), ("7", "7.00"), ("7.1", "7.10"), ("7.1000", "7.10")):
        assert str(accepted({**LEAST, "spent": raw}).numbers["spent"]) == number


def test_today_is_the_day_in_the_zone_of_the_survey_or_else_of_utc() -> None:
    raw = {**LEAST, "joined": "2026-07-02"}
    assert isinstance(validate(EVERYTHING, raw, ENVELOPE), Response)
    assert not isinstance(validate(EVERYTHING, raw, replace(ENVELOPE, today=None)), Response)


def test_a_broken_rule_is_told_in_the_authors_words_with_answers_put_in() -> None:
    found = validate(EVERYTHING, {**LEAST, "joined": "2026-01-02", "left_on": "2026-01-01"}, ENVELOPE)
    assert isinstance(found, tuple)
    assert found[0].advice("en") == (
        "You cannot leave before January 2, 2026. Please look at your answer again."
    )
    assert found[0].advice("zh") == "离开日期不能早于2026年1月2日。请再看一看您的回答。"


def test_a_rule_about_something_unanswered_holds() -> None:
    assert accepted({**LEAST, "left_on": "2026-01-01"}).dates == {"left_on": date(2026, 1, 1)}


def test_a_hidden_question_is_neither_required_nor_stored() -> None:
    found = accepted(LEAST)
    assert found.texts == {}
    assert found.scores == (4, None, None)
    assert found.missing == (None, "not_shown", "not_shown")


@pytest.mark.parametrize(
    ("sent", "where"), [({"why": "x"}, "why"), ({"why": "\x00"}, "why"), ({"grid_staff": "99"}, "grid_staff")]
)
def test_an_answer_to_a_hidden_question_is_refused_whatever_it_says(sent: dict[str, str], where: str) -> None:
    found = validate(EVERYTHING, {**LEAST, **sent}, ENVELOPE)
    assert isinstance(found, tuple)
    assert [(problem.code, problem.where) for problem in found] == [("answer-hidden", where)]
    if where == "why":
        assert "overall <= 2" in found[0].words("zh")


def test_nothing_said_about_a_hidden_question_is_no_answer_to_it() -> None:
    assert accepted({**LEAST, "why": "\u3000", "grid_staff": "", "channels": []}) == accepted(LEAST)


def test_an_answer_is_not_refused_for_a_wrong_one_that_decides_about_it() -> None:
    found = validate(EVERYTHING, {**LEAST, "overall": "11", "why": "x"}, ENVELOPE)
    assert isinstance(found, tuple)
    assert [problem.where for problem in found] == ["overall"]


def test_what_a_form_kept_counts_only_while_its_question_is_shown() -> None:
    kept = {"why": "x", "comment": "y"}
    assert with_kept(EVERYTHING, {"overall": "4"}, kept) == {"comment": "y", "overall": "4"}
    assert with_kept(EVERYTHING, {"overall": "1"}, kept) == {**kept, "overall": "1"}
    # What is sent is never taken away: the validator says what is wrong with it.
    assert with_kept(EVERYTHING, {"overall": "4", "why": "z"}, kept)["why"] == "z"


def test_hiding_runs_down_the_questionnaire() -> None:
    # Without the shop the matrix is hidden, so count(grid) is 0, and the number is given: again is hidden.
    shown = accepted({**LEAST, "channels": "shop", "grid_staff": "5", "spent": "1", "again": "yes"})
    assert shown.choices["again"] == ("yes",)
    hidden = accepted({**LEAST, "channels": "web", "spent": "1"})
    assert "again" not in hidden.choices
    refused = validate(EVERYTHING, {**LEAST, "channels": "web", "spent": "1", "again": "yes"}, ENVELOPE)
    assert isinstance(refused, tuple)
    assert [problem.where for problem in refused] == ["again"]


def test_a_page_is_checked_alone() -> None:
    raw = {"overall": "9", "channels": ["moon"], "grid_staff": "7"}
    assert [p.where for p in check_page(EVERYTHING, raw, 0, ENVELOPE)] == ["overall"]
    assert [p.where for p in check_page(EVERYTHING, raw, 2, ENVELOPE)] == ["channels"]
    assert [p.where for p in check_page(EVERYTHING, {**raw, "channels": "shop"}, 3, ENVELOPE)] == [
        "grid_staff"
    ]
    assert [p.where for p in check_page(EVERYTHING, raw, 4, ENVELOPE)] == ["agree"]


CODES = [item.code for item in EVERYTHING.items]
ANY = st.text(alphabet=st.characters(), max_size=20)
GOOD = st.sampled_from(
    [
        "1",
        "2",
        "5",
        "web",
        "shop",
        "web shop",
        "price",
        "2026-01-01",
        "2025-12-31",
        "yes",
        "no",
        "other",
        "12.5",
    ]
)
VALUES = st.one_of(st.none(), ANY, GOOD, GOOD, st.lists(GOOD | ANY, max_size=4))


@given(st.dictionaries(st.sampled_from(CODES), VALUES), st.dictionaries(ANY, VALUES, max_size=2))
def test_whatever_is_sent_ends_in_a_storable_response_or_in_words(
    raw: dict[str, str | list[str] | None], foreign: dict[str, str | list[str] | None]
) -> None:
    found = validate(EVERYTHING, {**foreign, **raw}, ENVELOPE)
    if isinstance(found, tuple):
        assert found
        assert all(isinstance(problem, Problem) and problem.words("zh").encode() for problem in found)
        return
    stored = {*found.choices, *found.texts, *found.numbers, *found.dates}
    assert stored <= set(CODES)
    assert len(found.scores) == len(found.missing) == len(EVERYTHING.scored)
    assert "\n".join(found.texts.values()).encode() is not None


@given(
    st.fixed_dictionaries(
        {"overall": st.sampled_from("12345"), "agree": st.just("yes"), "why": st.sampled_from(["", "x"])},
        optional={
            "channels": st.lists(st.sampled_from(["shop", "web", "phone"]), max_size=2, unique=True),
            "grid_staff": st.sampled_from(["", "3", "99"]),
            "grid_range": st.sampled_from(["", "5"]),
            "spent": st.sampled_from(["", "10"]),
            "again": st.sampled_from(["yes", "no", "maybe"]),
        },
    )
)
def test_hidden_answers_are_never_stored(raw: dict[str, str | list[str]]) -> None:
    found = validate(EVERYTHING, raw, ENVELOPE)
    grid_shown = "shop" in raw.get("channels", ())
    rows = [raw.get("grid_staff"), raw.get("grid_range")]
    again_shown = (grid_shown and any(rows)) or not raw.get("spent")
    if isinstance(found, tuple):
        refused = {problem.where for problem in found if problem.code == "answer-hidden"}
        assert not (grid_shown and refused & {"grid_staff", "grid_range"})
        assert ("why" in refused) is (bool(raw["why"]) and raw["overall"] not in "12")
        return
    assert ("why" in found.texts) is (raw["overall"] in "12")
    assert (found.missing[1] == "not_shown") is (not grid_shown)
    assert ("again" in found.choices) <= again_shown

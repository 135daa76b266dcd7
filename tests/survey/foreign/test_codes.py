"""Codes for names of foreign forms: readable where they can be, and the same wherever the name stands."""

import pytest

from survey.foreign.codes import choice_code, question_code


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("Fav-Colour", "fav_colour"),
        ("姓名", "u59d3u540d"),
        ("Prénom", "prenom"),
        ("Straße 1", "strasse_1"),
        ("q1_姓名", "q1_u59d3u540d"),
        ("2nd", "q2nd"),
        ("and", "q_and"),
        ("…", "row_7"),
    ],
)
def test_a_name_becomes_a_code(raw: str, code: str) -> None:
    assert question_code(raw, 7, ()) == code


def test_the_code_of_a_name_does_not_depend_on_where_it_stands() -> None:
    assert {question_code("客户姓名", row, ()) for row in (1, 2, 30)} == {"u5ba2u6237u59d3u540d"}
    assert {choice_code("不满意", place, ()) for place in (1, 5)} == {"u4e0du6ee1u610f"}


def test_long_names_that_begin_alike_stay_apart() -> None:
    names = [f"您对本次服务的总体满意程度如何请打分{end}" for end in "甲乙丙"]
    found = {question_code(name, 1, ()) for name in names}
    assert len(found) == 3 and all(len(code) <= 40 for code in found)
    assert found == {question_code(name, 9, ()) for name in names}


def test_a_negative_score_is_told_from_a_positive_one() -> None:
    assert [choice_code(raw, 1, ()) for raw in ("-1", "1", "２")] == ["minus_1", "1", "2"]

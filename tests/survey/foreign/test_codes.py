"""The codes that names of foreign forms become."""

from survey.foreign.codes import choice_code


def test_a_choice_below_nought_is_told_from_the_one_above() -> None:
    assert choice_code("-1", 1, {"1"}) == "minus_1"
    assert choice_code("1", 2, {"minus_1"}) == "1"

"""Scales whose ends are the wrong way round: noticed when they measure something, in both languages."""

import pytest

from survey import Questionnaire, SurveyError, library, read_questionnaire

SOURCE = """
slug: one
version: 1
languages: [zh, en]
default_language: en
title: {en: T}
intro: {en: I}
thanks: {en: T}
questions:
  - code: overall
    type: rating
    measures: %s
    text: {en: Overall}
    scale: {min: 1, max: 5, low: %s, high: %s%s}
"""


def read(low: str, high: str, measures: str = "csat", more: str = "") -> Questionnaire:
    return read_questionnaire(SOURCE % (measures, low, high, more), "one.yaml")


@pytest.mark.parametrize(
    ("low", "high", "measures"),
    [
        ("{en: Very satisfied}", "{en: Very dissatisfied}", "csat"),
        ("{en: 1 = very satisfied}", "{en: 5 = not satisfied at all}", "csat"),
        ("{en: Best, zh: 非常满意}", "{en: So so, zh: 非常不满意}", "csat"),
        ("{en: Excellent}", "{en: Poor}", "csat"),
        ("{en: Bottom, zh: 很好}", "{en: Top, zh: 很差}", "csat"),
        ("{en: Very easy}", "{en: Very difficult}", "ces"),
        ("{en: Very low effort}", "{en: Very high effort}", "ces"),
        ("{en: A, zh: 不费劲}", "{en: B, zh: 很费劲}", "ces"),
    ],
)
def test_the_best_answer_at_the_bottom_of_a_measure_is_refused(low: str, high: str, measures: str) -> None:
    with pytest.raises(SurveyError) as refused:
        read(low, high, measures)
    (found,) = refused.value.problems
    assert (found.code, found.where) == ("scale-reversed", "one.yaml:14 questions[0].scale")
    assert "counted upwards" in found.words("en") and "越高越好" in found.words("zh")


def test_the_words_of_every_point_are_looked_at_too() -> None:
    points = ["Very good", "Good", "So so", "Bad", "Very bad"]
    labels = ", ".join(f'"{score}": {{en: {words}}}' for score, words in enumerate(points, 1))
    with pytest.raises(SurveyError, match="counted upwards"):
        read("{en: One}", "{en: Five}", more=f", labels: {{{labels}}}")


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("{en: Very dissatisfied}", "{en: Very satisfied}"),
        ("{en: Not bad}", "{en: Outstanding}"),
        ("{en: Poor, zh: 很差}", "{en: Understanding, zh: 不错}"),
        ("{en: Very hard, zh: 很难}", "{en: Not hard at all, zh: 一点不难}"),
        ("{en: Satisfied}", "{en: Very satisfied}"),
    ],
)
def test_a_scale_that_runs_upwards_is_read(low: str, high: str) -> None:
    assert read(low, high).scored[0].scale is not None


def test_a_scale_that_measures_nothing_may_run_either_way() -> None:
    assert read("{en: Very satisfied}", "{en: Very dissatisfied}", "none").slug == "one"


def test_the_library_runs_upwards() -> None:
    assert library()  # reading it checks every scale

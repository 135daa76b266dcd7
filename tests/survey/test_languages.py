import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import negotiate, normalise_language, pick
from survey.languages import is_missing


@pytest.mark.parametrize(
    "tag", ["zh", "ZH", "zh-CN", "zh_CN", "zh-Hans-CN", "zh_Hans_CN", " zh ", "zh_CN.UTF-8", "zh-TW"]
)
def test_every_spelling_of_chinese_is_one_language(tag: str) -> None:
    assert normalise_language(tag) == "zh"


@pytest.mark.parametrize("tag", ["", "c", "chinese", "zh-", "zh CN", "../etc", "中文", "z\x00", "en;q=1"])
def test_what_is_no_language_code_is_none(tag: str) -> None:
    assert normalise_language(tag) == ""


@pytest.mark.parametrize("text", [None, "", " ", "-", " - ", "\u3000"])
def test_a_dash_or_a_blank_is_a_missing_translation(text: str | None) -> None:
    assert is_missing(text)


def test_a_missing_translation_falls_back_to_the_default_language_and_says_so() -> None:
    assert pick({"zh": "满意", "en": "-"}, "en", "zh") == ("满意", True)
    assert pick({"zh": "满意", "en": "satisfied"}, "en", "zh") == ("satisfied", False)
    assert pick({"zh": "满意"}, "zh", "zh") == ("满意", False)


def test_a_text_in_neither_language_falls_back_to_any() -> None:
    assert pick({"fr": "oui", "en": " "}, "zh", "en") == ("oui", True)
    assert pick({}, "zh", "en") == ("", True)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en;q=0.5, zh;q=0.8", "zh"),
        ("fr, en;q=0.2", "en"),
        ("fr", "zh"),
        ("*", "zh"),
        ("en, zh", "en"),
        ("en;q=0", "zh"),
        ("en;q=nan, zh;q=0.1", "zh"),
        ("en; q=1.000", "en"),
        ("", "zh"),
        (None, "zh"),
    ],
)
def test_the_best_liked_of_the_offered_languages_is_chosen(header: str | None, language: str) -> None:
    assert negotiate(header, ("zh", "en"), "zh") == language


@given(st.text())
def test_any_header_gives_an_offered_language(header: str) -> None:
    assert negotiate(header, ("zh", "en"), "en") in ("zh", "en")


def test_a_header_of_a_hundred_thousand_ranges_is_read_only_at_its_start() -> None:
    assert negotiate("fr," * 100_000 + "en", ("zh", "en"), "zh") == "zh"


@pytest.mark.parametrize("text", ["\u200b", " \u200b\u2060 ", "\u3164", "\u2800", "\ufeff"])
def test_a_text_of_which_nothing_can_be_seen_is_missing(text: str) -> None:
    assert is_missing(text) and not is_missing(f"{text}满意")

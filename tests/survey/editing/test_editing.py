"""Edits of a questionnaire's YAML: exactly one thing changes, and what people typed around it stays."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import survey
from survey.characters import unfit_character
from survey.editing import EditRefused, insert, move, remove, set_value
from survey.strict_yaml import Key, YamlRefused, read_strictly

LIBRARY = sorted((Path(survey.__file__).parent / "library").glob("*.yaml"))
WRITTEN = """\
# a header
slug: club   # the name
languages: [zh, en]
title: {zh: 俱乐部, en: Club}
intro:
  zh: |
    第一行
    第二行

  # in English too
  en: "Hello: you"
questions:
  # about everything
  - code: overall
    # what it asks
    text: {zh: 满意吗, en: Satisfied?}
    required: true  # always

  # where
  - required: false
    code: place
    choices:
      # the first
      - code: shop
        text: {zh: 门店, en: Shop}
      - {code: web, text: {zh: 网站, en: Website}}
      # the last
      - code: other_one
        text:
          zh: 其他
          en: Other

  - code: note
thanks:
  zh: 谢谢
"""


def content(source: str) -> Any:
    return read_strictly(source).content


def comments(source: str) -> list[str]:
    return sorted(line[line.index("#") :].strip() for line in source.splitlines() if "#" in line)


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        (("slug",), "new-club", "slug: new-club   # the name"),
        (("title", "zh"), "新俱乐部", "title: {zh: 新俱乐部, en: Club}"),
        (("title", "en"), "Club, new", 'title: {zh: 俱乐部, en: "Club, new"}'),
        (("title", "fr"), "true", 'title: {zh: 俱乐部, en: Club, fr: "true"}'),
        (("intro", "en"), "Hi", "  en: Hi"),
        (("intro", "zh"), "一行", "  zh: 一行"),
        (("thanks", "en"), "a\nb", "  en: |-\n    a\n    b"),
        (("questions", 0, "required"), False, "    required: false  # always"),
        (("questions", 0, "text", "en"), "x\ny", r'    text: {zh: 满意吗, en: "x\ny"}'),
        (("questions", 0, "help", "zh"), "帮助", "    help: {zh: 帮助}\n    required: true  # always"),
        (("questions", 1, "choices", 1, "text", "en"), "Web", "{code: web, text: {zh: 网站, en: Web}}"),
        (("questions", 1, "choices", 2, "text", "en"), "Else", "          en: Else\n\n"),
        (("questions", 2, "type"), "short_text", "  - code: note\n    type: short_text\nthanks:"),
        (("languages",), ["en", "zh"], "languages: [en, zh]"),
        (("default_language",), "zh", "languages: [zh, en]\ndefault_language: zh\n"),
    ],
)
def test_a_value_is_set_where_it_stands_and_every_comment_stays(key: Key, value: object, line: str) -> None:
    edited = set_value(WRITTEN, key, value)
    assert line in edited
    assert comments(edited) == comments(WRITTEN)
    before, after = WRITTEN.splitlines(), edited.splitlines()
    kept = [each for each in before if each in after]
    assert len(before) - len(kept) <= 3 and [each for each in after if each in kept] == kept


@pytest.mark.parametrize(
    ("key", "gone"),
    [
        (("title", "en"), ["Club"]),
        (("intro", "zh"), ["第一行", "第二行"]),
        (("intro", "en"), ["Hello", "in English too"]),
        (("questions", 0), ["overall", "about everything", "what it asks", "always"]),
        (("questions", 0, "required"), ["always"]),
        (("questions", 0, "text"), ["what it asks", "满意吗"]),
        (("questions", 1, "required"), ["false"]),
        (("questions", 1, "choices", 0), ["the first", "shop"]),
        (("questions", 1, "choices", 1), ["web"]),
        (("questions", 1, "choices", 2), ["the last", "other_one"]),
        (("questions", 2), ["note"]),
        (("thanks", "zh"), ["谢谢"]),
    ],
)
def test_what_is_removed_takes_its_own_comments_along_and_nothing_else(key: Key, gone: list[str]) -> None:
    edited = remove(WRITTEN, key)
    assert not [word for word in gone if word in edited]
    lost = [line for line in comments(WRITTEN) if line not in comments(edited)]
    assert all(any(word in line for word in gone) for line in lost)


def test_a_question_moves_with_the_comments_above_it() -> None:
    edited = move(WRITTEN, ("questions",), 1, 0)
    assert [question["code"] for question in content(edited)["questions"]] == ["place", "overall", "note"]
    assert edited.index("# where") < edited.index("code: place") < edited.index("# about everything")
    assert sorted(edited.splitlines()) == sorted(WRITTEN.splitlines())


def test_a_question_is_added_where_it_was_asked_for_as_a_person_would_type_it() -> None:
    new = {"code": "why", "type": "long_text", "text": {"zh": "为什么", "en": "Why"}}
    edited = insert(WRITTEN, ("questions",), 1, new)
    assert "\n\n  - code: why\n    type: long_text\n    text: {zh: 为什么, en: Why}\n\n  # where" in edited
    assert comments(edited) == comments(WRITTEN)
    assert insert(WRITTEN, ("questions",), 9, new).index("why") > WRITTEN.index("note")


def test_lists_are_begun_emptied_and_filled_again() -> None:
    source = set_value("a: 1\n", ("choices",), [{"code": "x", "text": {"zh": "一"}}])
    assert source == "a: 1\nchoices:\n  - code: x\n    text: {zh: 一}\n"
    empty = remove(source, ("choices", 0))
    assert content(empty) == {"a": 1, "choices": []}
    assert content(insert(empty, ("choices",), 0, {"code": "y"})) == {"a": 1, "choices": [{"code": "y"}]}
    assert content(insert("choices:\nb: 1\n", ("choices",), 0, "x")) == {"choices": ["x"], "b": 1}
    assert content(insert("b: {c: [1, 2]}\n", ("b", "c"), 1, 5)) == {"b": {"c": [1, 5, 2]}}
    assert move("c: [1, 2, 3]\n", ("c",), 0, 2) == "c: [2, 3, 1]\n"


def test_what_cannot_be_edited_in_pieces_is_refused_and_not_guessed() -> None:
    with pytest.raises(EditRefused):
        move("c: [1, # one\n  2]\n", ("c",), 0, 1)
    with pytest.raises(EditRefused):
        set_value("a: 1\n", ("a", "b", "c"), 1)
    with pytest.raises(EditRefused):
        remove(WRITTEN, ("questions", 9))
    with pytest.raises(YamlRefused):
        set_value("a: &x 1\n", ("a",), 2)


FIT = st.text().filter(lambda text: not unfit_character(text))


@given(text=FIT, key=st.sampled_from([("slug",), ("title", "zh"), ("intro", "zh"), ("help", "de")]))
@settings(deadline=None)
def test_any_text_is_written_so_that_it_is_read_as_it_was(text: str, key: Key) -> None:
    edited = set_value(WRITTEN, key, text)
    found = content(edited)
    for step in key:
        found = found[step]
    assert found == text.replace("\r\n", "\n").replace("\r", "\n")
    assert comments(edited)[: len(comments(WRITTEN))] and "# about everything" in edited


@st.composite
def edits(draw: st.DrawFn) -> list[tuple[str, int, int, str]]:
    kinds = st.sampled_from(["up", "text", "required", "add", "remove", "choice", "drop"])
    step = st.tuples(kinds, st.integers(0, 50), st.integers(0, 50), FIT)
    return draw(st.lists(step, min_size=1, max_size=6))


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: path.stem)
@given(steps=edits())
@settings(deadline=None, max_examples=5)
def test_every_questionnaire_of_the_library_takes_edits_and_keeps_its_comments(
    path: Path, steps: list[tuple[str, int, int, str]]
) -> None:
    source = path.read_text(encoding="utf-8")
    head = source[: source.index("slug:")]
    for kind, first, second, text in steps:
        questions = content(source)["questions"]
        at, to = first % len(questions), second % len(questions)
        choices = questions[at].get("choices", ())
        if kind == "up":
            source = move(source, ("questions",), at, to)
        elif kind == "text":
            source = set_value(source, ("questions", at, "text", "zh"), text)
        elif kind == "required":
            source = set_value(source, ("questions", at, "required"), bool(second % 2))
        elif kind == "add":
            source = insert(
                source, ("questions",), at, {"code": "new", "type": "yes_no", "text": {"zh": text}}
            )
        elif kind == "remove":
            source = remove(source, ("questions", at))
            if len(questions) == 1:
                break
        elif kind == "choice" and choices:
            key = ("questions", at, "choices")
            source = insert(source, key, second % len(choices), {"code": "new", "text": {"zh": text}})
        elif kind == "drop" and len(choices) > 1:
            source = remove(source, ("questions", at, "choices", second % len(choices)))
    assert source.startswith(head)

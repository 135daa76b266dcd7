"""Expressions inside a questionnaire: what is found when it is read, each with line, key and character."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import SurveyError, read_questionnaire

SOURCE = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")


def problems(old: str, new: str) -> list[tuple[str, str, object]]:
    assert old in SOURCE
    with pytest.raises(SurveyError) as caught:
        read_questionnaire(SOURCE.replace(old, new, 1), "e.yaml")
    assert all(found.words("zh") and found.words("en") for found in caught.value.problems)
    return [(found.code, found.where, found.values["position"]) for found in caught.value.problems]


@pytest.mark.parametrize(
    ("old", "new", "code", "where", "position"),
    [
        ("overall <= 2", "overal <= 2", "expression-name-misspelt", "20 questions[2].show_if", 1),
        ("overall <= 2", "why = 'x'", "expression-name-later", "20 questions[2].show_if", 1),
        ("overall <= 2", "grid_staff = 1", "expression-name-later", "20 questions[2].show_if", 1),
        ("overall <= 2", "hello = 1", "expression-name-unknown", "20 questions[2].show_if", 1),
        ("overall <= 2", "overall", "expression-kind", "20 questions[2].show_if", 1),
        ("overall <= 2", "overall <= 2 and (", "expression-unfinished", "20 questions[2].show_if", 19),
        ("overall <= 2", "''", "expression-empty", "20 questions[2].show_if", 1),
        ("'shop')", "'moon')", "expression-choice-unknown", "40 questions[5].show_if", 20),
        (
            "left_on >= joined",
            "left_on >= agree",
            "expression-name-later",
            "48 questions[8].validation.expression",
            12,
        ),
        ("left_on >= joined", "left_on", "expression-kind", "48 questions[8].validation.expression", 1),
        (
            "于{{ joined }}",
            "于{{ agree }}",
            "expression-name-later",
            "48 questions[8].validation.message.zh",
            12,
        ),
        ("给 {{ overall }} 分", "给 {{ why }} 分", "expression-name-later", "22 questions[2].text.zh", 9),
        ("给 {{ overall }} 分", "给 {{ overall 分", "piping-open", "22 questions[2].text.zh", 6),
        ("给 {{ overall }} 分", "给 {{ }} 分", "expression-empty", "22 questions[2].text.zh", 9),
        ("给 {{ overall }} 分", "给 {{ overall > 1 }} 分", "expression-kind", "22 questions[2].text.zh", 9),
        ("member.city, 'there'", "member.town, 'there'", "expression-name-unknown", "7 intro.en", 19),
        ("{{ member.name }}", "{{ overall }}", "expression-name-later", "6 title.en", 12),
        ("{{ signed }}", "{{ sign }}", "expression-name-misspelt", "8 thanks.en", 12),
    ],
)
def test_a_fault_of_logic_is_told_with_line_key_and_character(
    old: str, new: str, code: str, where: str, position: int
) -> None:
    found = problems(old, new)
    assert len(found) == 1
    assert found[0][0] == code
    assert found[0][1] == f"e.yaml:{where}"
    assert found[0][2] == position


def test_all_faults_are_told_at_once() -> None:
    source = SOURCE.replace("overall <= 2", "zzz > 1 and yyy > 2").replace("{{ signed }}", "{{ xxx }}")
    with pytest.raises(SurveyError) as caught:
        read_questionnaire(source, "e.yaml")
    assert [found.values["name"] for found in caught.value.problems] == ["xxx", "zzz", "yyy"]


def test_kinds_are_said_in_the_readers_language() -> None:
    with pytest.raises(SurveyError) as caught:
        read_questionnaire(SOURCE.replace("overall <= 2", "overall"), "e.yaml")
    problem = caught.value.problems[0]
    assert problem.advice("en") == "Character 1: this is a number. What is needed here: true or false."
    assert problem.advice("zh") == "第 1 个字符：这里是数字。这里需要：真或假。"


CODES = [f"q{number}" for number in range(6)]


@given(st.lists(st.sets(st.sampled_from([*CODES, "x", "y"]), max_size=3), min_size=6, max_size=6))
def test_exactly_the_names_not_answered_before_are_found(named: list[set[str]]) -> None:
    lines = [
        "slug: a\nversion: 1\nlanguages: [en]\ndefault_language: en\ntitle: {en: t}\nintro: {en: i}\n"
        "thanks: {en: t}\nquestions:"
    ]
    wrong = []
    for number, (code, used) in enumerate(zip(CODES, named, strict=True)):
        lines.append(
            f"  - {{code: {code}, type: number, text: {{en: t}}, show_if: "
            f"'{' or '.join(f'{name} > 1' for name in sorted(used)) or 'true'}'}}"
        )
        wrong += [(number, name) for name in sorted(used) if name not in CODES[:number]]
    try:
        read_questionnaire("\n".join(lines), "a.yaml")
        found = []
    except SurveyError as error:
        found = [(int(one.where.split("[")[1].split("]")[0]), one.values["name"]) for one in error.problems]
    assert found == wrong

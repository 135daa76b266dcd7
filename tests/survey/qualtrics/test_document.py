"""Whatever a file says it is, it is taken or refused in words, never with a crash."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.__main__ import main
from survey.qualtrics import read_qsf
from tests.survey.qualtrics.surveys import answers, choices, qsf, question, when

LAST = question("QID99", "last", "TE", "SL")
LIKED = answers("Dislike", "Neither", "Like")
FRUITS = choices("Oranges", "Blueberries", "Other, please specify", k3={"TextEntry": "true"})
FIRST_FRUIT = when(("", "q://QID1/SelectableChoice/1", "Selected", ""))


def refused(data: bytes) -> str:
    with pytest.raises(SurveyError) as error:
        read_qsf(data, "a.qsf")
    return error.value.problems[0].code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "qualtrics-broken"),
        (b"{", "qualtrics-broken"),
        (b"\xff\xfe{}", "qualtrics-broken"),
        (b"[" * 200_000, "qualtrics-broken"),
        (b"[]", "qualtrics-not-a-survey"),
        (b'{"SurveyElements": {"a": 1}}', "import-nothing"),
        (b'{"SurveyElements": [1, null, "x"]}', "import-nothing"),
        (b" " * 20_000_001, "import-too-large"),
    ],
)
def test_what_is_no_survey_is_refused_with_a_code(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_survey_is_told_by_its_content_or_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.qsf", "b.json"):
        (tmp_path / name).write_bytes(qsf(LAST))
        assert main(["check", str(tmp_path / name), "--language", "zh"]) == 0
    out = tmp_path / "a.yaml"
    assert main(["convert", str(tmp_path / "a.qsf"), str(out)]) == 0
    assert main(["check", str(out)]) == 0
    (tmp_path / "c.qsf").write_bytes(b"slug: a")
    assert main(["check", str(tmp_path / "c.qsf")]) == 1
    assert "[qualtrics-broken]" in capsys.readouterr().err


WHOLE = qsf(
    question("QID1", "fruit", "MC", "SAVR", **FRUITS),
    question("QID2", "liked", "Matrix", "Likert", SubSelector="SingleAnswer", **choices("A", "B"), **LIKED),
    question(
        "QID3", "why", "TE", "ML", DisplayLogic=when(("", "q://QID1/SelectableChoice/1", "Selected", ""))
    ),
)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-3, 9), st.text(max_size=6), st.floats())
JSON = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def places(node: object) -> Iterator[tuple[Any, str | int]]:
    """Every place in a JSON value, as what holds it and the key there."""
    keyed = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in keyed:
        yield node, key
        yield from places(inner)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4), st.integers(0, 40))
def test_a_mutated_file_is_taken_or_refused_never_a_crash(place: int, put: bytes, cut: int) -> None:
    try:
        read_qsf(WHOLE[:place] + put + WHOLE[place + cut :], "a.qsf")
    except SurveyError as error:
        assert all(problem.words("zh") for problem in error.problems)


@settings(max_examples=200, deadline=None)
@given(st.data(), JSON)
def test_whatever_stands_in_place_of_a_value_is_taken_or_refused(data: st.DataObject, value: object) -> None:
    content = json.loads(WHOLE)
    holder, key = data.draw(st.sampled_from(list(places(content))))
    holder[key] = value
    try:
        read_qsf(json.dumps(content).encode(), "a.qsf")
    except SurveyError as error:
        assert all(problem.words("zh") for problem in error.problems)

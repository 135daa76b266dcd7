"""Whatever a file says it is, it is taken or refused in words; nothing in it expands, nothing is fetched."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey import SurveyError
from survey.__main__ import main
from survey.limesurvey import read_lss
from survey.limesurvey.tables import is_lss, read_tables
from tests.survey.limesurvey.surveys import G, Q, Sub, lss

BOMB = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [
<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><surveys><rows><row><sid>&c;</sid></row></rows></surveys>
</document>"""
SHUFFLED = {"random_order": "1"}
WHOLE = lss(
    G(
        {"en": "<b>One</b>", "zh-Hans": "一"},
        (
            Q(
                "L",
                "Colour",
                answers={"A1": "Red", "A2": "Blue"},
                other="Y",
                attributes={"random_order": "1"},
            ),
            Q("M", "Many", subs=(Sub("SQ001", "One"), Sub("SQ002", "Two")), relevance="Colour == 'A1'"),
            Q("F", "Rows", subs=(Sub("SQ001", "One"),), answers={"1": "bad", "2": "good"}),
            Q("T", "Why", "{Colour.shown}", conditions=(("12345X101X102", "==", "A1"),)),
        ),
    ),
    languages="en zh-Hans",
    version=263,
)


def refused(data: bytes) -> str:
    with pytest.raises(SurveyError) as error:
        read_lss(data, "a.lss")
    return error.value.problems[0].code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BOMB, "limesurvey-doctype"),
        (b'<!DOCTYPE d SYSTEM "file:///etc/passwd"><document/>', "limesurvey-doctype"),
        (WHOLE[: len(WHOLE) // 2], "limesurvey-broken"),
        (b"", "limesurvey-broken"),
        (b"<document>\xff\xfe</document>", "limesurvey-broken"),
        (b'<?xml version="1.0" encoding="klingon"?><document/>', "limesurvey-broken"),
        (b"<html><body/></html>", "limesurvey-not-a-survey"),
        (WHOLE.replace(b">Survey<", b">Question<"), "limesurvey-not-a-survey"),
        (b" " * 20_000_001, "import-too-large"),
    ],
)
def test_what_is_no_survey_is_refused_with_a_code(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_what_the_file_is_instead_is_named() -> None:
    with pytest.raises(SurveyError, match="“<html>”"):
        read_lss(b"<html><body/></html>", "a.lss")
    with pytest.raises(SurveyError, match="“Question”"):
        read_lss(WHOLE.replace(b">Survey<", b">Question<"), "a.lss")


def test_the_line_of_the_fault_is_told() -> None:
    with pytest.raises(SurveyError) as error:
        read_lss(b"<document>\n<a>\n</b></document>", "a.lss")
    assert error.value.problems[0].where == "a.lss:3"


def test_what_php_writes_and_no_xml_may_hold_does_no_harm() -> None:
    spoilt = b"\xef\xbb\xbf\n\n" + WHOLE.replace(b"Blue", b"Bl\x0bue")
    found = read_lss(spoilt, "a.lss").questionnaire.question("colour")
    assert found.choices[1].text["en"] == "Blue"


def test_rows_know_their_line() -> None:
    rows = read_tables(WHOLE, "a.lss").of("questions")
    line = WHOLE.decode().splitlines()[rows[0].line - 1]
    assert line.strip() == "<row>" and rows[0].cell("title") == "Colour"


def test_a_survey_is_told_by_its_content_or_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_lss(WHOLE) and not is_lss(b"slug: a")
    for name in ("a.lss", "b.xml"):
        (tmp_path / name).write_bytes(WHOLE)
        assert main(["check", str(tmp_path / name), "--language", "en"]) == 0
    out = tmp_path / "a.yaml"
    assert main(["convert", str(tmp_path / "a.lss"), str(out), "--language", "zh"]) == 0
    assert main(["check", str(out)]) == 0
    (tmp_path / "c.lss").write_bytes(b"slug: a")
    assert main(["check", str(tmp_path / "c.lss"), "--language", "en"]) == 1
    assert "[limesurvey-broken]" in capsys.readouterr().err
    (tmp_path / "d.lsa").write_bytes(b"PK\x03\x04")
    assert main(["check", str(tmp_path / "d.lsa")]) == 1
    assert "[limesurvey-archive]" in capsys.readouterr().err


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=6), st.integers(0, 60))
def test_a_mutated_file_is_taken_or_refused_never_a_crash(place: int, put: bytes, cut: int) -> None:
    mutated = WHOLE[:place] + put + WHOLE[place + cut :]
    try:
        read_lss(mutated, "a.lss")
    except SurveyError as error:
        assert all(problem.words("zh") for problem in error.problems)


ATTRIBUTES = st.sampled_from(
    (
        *("min_answers", "max_answers", "min_num_value_n", "suffix", "date_min", "date_format"),
        *("maximum_chars", "random_order", "em_validation_q", "hidden", "numbers_only", "slider_layout"),
    )
)
WILD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", "0", "1", "-1", "Y", "12345X101X102", "zh-Hans", "{{", "<p>", "'", "9" * 40]),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.builds(
            Q,
            st.sampled_from(list("15ABCDEFGHKLMNOPQRSTUXY!:;|*I?")),
            WILD,
            WILD,
            st.lists(st.builds(Sub, WILD, WILD, st.integers(0, 1), WILD), max_size=3).map(tuple),
            st.dictionaries(WILD, WILD, max_size=3),
            st.dictionaries(WILD, WILD, max_size=3),
            WILD,
            WILD,
            WILD,
            WILD,
            WILD,
            st.dictionaries(ATTRIBUTES, WILD, max_size=4),
            st.lists(st.tuples(WILD, WILD, WILD), max_size=2).map(tuple),
        ),
        max_size=5,
    ),
    st.sampled_from([177, 641]),
)
def test_whatever_stands_in_the_cells_is_taken_or_refused(questions: list[Q], version: int) -> None:
    try:
        read_lss(lss(*questions, version=version), "a.lss")
    except SurveyError as error:
        assert {problem.code for problem in error.problems} & {"import-nothing", "limesurvey-broken"}

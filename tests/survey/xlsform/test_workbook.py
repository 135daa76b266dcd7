"""Files that are no workbooks, or too much of one, are refused before they are unpacked."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import settings as checking
from hypothesis import strategies as st

from survey import SurveyError
from survey.xlsform import read_xlsform
from tests.survey.xlsform.sheets import form, workbook

GOOD = form({"type": "text", "name": "a", "label": "A"})


def refused(data: bytes) -> list[str]:
    with pytest.raises(SurveyError) as error:
        read_xlsform(data, "x.xlsx")
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize("data", [b"", b"type,name\ntext,a\n", b"%PDF-1.7", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert refused(data) == ["xlsform-not-a-workbook"]


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "hello")
    assert refused(packed.getvalue()) == ["xlsform-not-a-workbook"]


def test_a_zip_bomb_is_refused_by_its_directory() -> None:
    packed = io.BytesIO()
    packed.write(GOOD)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(60_000_000))
    assert len(packed.getvalue()) < 100_000
    assert refused(packed.getvalue()) == ["xlsform-too-large"]


def test_entities_in_the_xml_are_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as source, zipfile.ZipFile(packed, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/workbook.xml":
                content = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content.split(b"?>")[-1]
            target.writestr(part.filename, content)
    assert refused(packed.getvalue()) == ["xlsform-broken"]


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), GOOD[:-40], GOOD[:300]])
def test_a_damaged_workbook_is_refused(data: bytes) -> None:
    assert refused(data) == ["xlsform-broken"]


@checking(deadline=None, max_examples=50)
@given(st.data())
def test_a_workbook_with_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_xlsform(bytes(damaged), "x.xlsx")
    except SurveyError as error:
        assert error.problems


TYPES = st.sampled_from(
    (
        *("text", "integer", "select_one l", "select_multiple l or_other", "rank l", "range", "note", ""),
        *("begin group", "end group", "begin repeat", "end_repeat", "calculate", "geopoint", "acknowledge"),
    )
)
NAMES = st.sampled_from(("a", "b", "C-1", "1", "名", "not", "a_other", ""))
CELLS = st.one_of(
    st.none(),
    st.sampled_from(
        (
            *(
                "${a} = 'x'",
                "selected(${b}, 'y') and not(. > 3)",
                "${a} + 1 >= ${b}",
                "((((",
                "=1",
                "-",
                "yes",
            ),
            *(
                "{{ a }}",
                "${nowhere}",
                "field-list",
                "likert label",
                "start=0 end=10",
                "nps",
                "csat",
                "rating",
            ),
            *('{"show_if": 3}', '{"number": []}', '{"new_page": "x"}', "matrix", "randomize=true", "or(1,2)"),
        )
    ),
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), max_size=8),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
)
HEADINGS = (
    *("type", "name", "label::English (en)", "label::zh", "hint", "relevant", "constraint", "required"),
    *(
        "appearance",
        "parameters",
        "choice_filter",
        "pactboard_type",
        "pactboard_measures",
        "pactboard_options",
    ),
)


@checking(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(TYPES, NAMES, *(CELLS for _ in HEADINGS[2:])), max_size=8),
    st.lists(st.tuples(st.just("l"), CELLS, CELLS), max_size=4),
    st.tuples(CELLS, CELLS, CELLS, CELLS),
)
def test_no_workbook_is_answered_with_anything_but_a_questionnaire_or_problems(
    rows: list[tuple[object, ...]], choices: list[tuple[object, ...]], settings: tuple[object, ...]
) -> None:
    data = workbook(
        survey=[HEADINGS, *rows],
        choices=[("list_name", "name", "label"), *choices],
        settings=[("form_id", "default_language", "pactboard_version", "pactboard_options"), settings],
    )
    try:
        imported = read_xlsform(data, "x.xlsx")
    except SurveyError as error:
        assert all(problem.words("zh") for problem in error.problems)
    else:
        assert imported.questionnaire.items

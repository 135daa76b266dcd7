"""Exports of SurveyMonkey, Qualtrics and LimeSurvey: several header rows, and the ready mappings."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.importing.files import CLUB, SAMPLES, write
from warehouse.cli.import_words import words
from warehouse.importing import ImportRefusedError, Prepared, prepare
from warehouse.importing.headings import Heading
from warehouse.importing.row_choice import LeftOut

EXPORTS = Path(__file__).parent / "exports"
ASKED = """
slug: asked
version: 1
languages: [en, de]
default_language: en
title: {en: Asked}
intro: {en: Hello}
thanks: {en: Bye}
questions:
"""
QUALTRICS = """
  - code: pick
    type: single_choice
    text: {en: Pick}
    choices: [{code: one, text: {en: One}}, {code: two, text: {en: Two}}]
  - {code: words, type: long_text, text: {en: Words}}
"""
FLYING = """
  - code: often
    type: single_choice
    text: {en: Often}
    choices: [{code: yearly, text: {en: Yearly}}, {code: monthly, text: {en: Monthly}}]
  - {code: wake, type: rating, text: {en: Polite}, scale: {min: 1, max: 3, low: {en: rude}, high: {en: fine}}}
"""
MAPPING = """
apiVersion: pactboard/v1
kind: ImportMapping
survey: {slug: other-tool, title: {en: Other tool, zh: 其他工具}}
questionnaire: asked.yaml
"""
FROM_QUALTRICS = """
file: {header_rows: 3, header_row: 1}
row_id: "{ResponseId}"
submitted_at: {text: "{RecordedDate}", formats: ["%Y-%m-%d %H:%M:%S"], zone: Europe/Zurich}
language: UserLanguage
answers: {pick: {column: Q1, values: {1: one, 2: two}}, words: Q2}
"""
FROM_SURVEYMONKEY = """
file: {header_rows: 2}
row_id: "{RespondentID}"
submitted_at: {text: "2014-08-27", formats: ["%Y-%m-%d"], zone: America/New_York}
language: {constant: en}
answers:
  often:
    column: How often do you travel by plane? | Response
    values: {Once a year or less: yearly, Once a month or less: monthly}
  wake:
    column: Is it rude to wake a passenger up if you are trying to go to the bathroom? | Response
    values: {"No, not at all rude": 3, "Yes, somewhat rude": 2, "Yes, very rude": 1}
"""


def prepared(folder: Path, export: str, questions: str, mapping: str) -> Prepared:
    (folder / "asked.yaml").write_text(ASKED + questions, encoding="utf-8")
    file, mapping_file = write(folder, (EXPORTS / export).read_bytes(), MAPPING + mapping)
    return prepare(file, mapping_file)


def test_the_three_header_rows_of_qualtrics_are_no_answers(tmp_path: Path) -> None:
    found = prepared(tmp_path, "qualtrics_export_sample.csv", QUALTRICS, FROM_QUALTRICS)
    (response,) = found.checked.responses
    assert response.choices == {"pick": ("two",)} and response.texts == {"words": "Hello World!"}
    assert response.language == "de"
    assert response.submitted_at.isoformat() == "2017-07-18T06:28:48+00:00"
    assert found.report.rows == 1 and not found.report.has_refusals


def test_the_two_header_rows_of_surveymonkey_name_a_column_together(tmp_path: Path) -> None:
    found = prepared(tmp_path, "surveymonkey_flying_etiquette.csv", FLYING, FROM_SURVEYMONKEY)
    responses = found.checked.responses
    assert found.report.rows == len(responses) == 12 and not found.report.has_refusals
    assert Counter(each.scores[0] for each in responses) == {3: 5, None: 3, 2: 3, 1: 1}
    assert Counter(each.choices["often"][0] for each in responses) == {"yearly": 9, "monthly": 3}


EXPORTED = {
    "qualtrics": (
        "StartDate,Status,Finished,RecordedDate,ResponseId,UserLanguage,overall,recommend,ease,touchpoint,comment\n"
        "Start Date,Type,Done,Recorded,Response ID,User Language,Overall?,Recommend?,Ease?,When?,Better?\n"
        '"{""ImportId"":""startDate""}","{""ImportId"":""status""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate""}","{""ImportId"":""_recordId""}",'
        '"{""ImportId"":""userLanguage""}",x,x,x,x,x\n'
        "2026-07-01 09:29:00,0,1,2026-07-01 09:30:00,R_1,ZH-S,5,10,7,3,很好\n"
        "2026-07-01 09:29:00,1,1,2026-07-01 09:29:30,R_8,EN,1,1,1,1,a preview\n"
        "2026-07-01 09:29:00,IP Address,False,2026-07-01 09:29:40,R_9,EN,1,,,,not finished\n"
        "2026-07-01 09:31:00,IP Address,True,2026-07-01 09:32:00,R_2,EN,2,0,1,1,\n"
    ),
    "surveymonkey": (
        "Respondent ID,Collector ID,Start Date,End Date,"
        '"Overall, how satisfied are you with our service?",'
        "How likely is it that you would recommend us to a friend or colleague?,What could we do better?\n"
        ",,,,Response,Response,Open-Ended Response\n"
        "1,9,07/01/2026 09:29:00 AM,07/01/2026 09:30:00 AM,Very satisfied,Extremely likely - 10,很好\n"
        "2,9,07/01/2026 09:31:00 AM,07/01/2026 09:32:00 AM,Dissatisfied,Not at all likely - 0,\n"
    ),
    "limesurvey": (
        '"id","submitdate","lastpage","startlanguage","seed","overall","recommend","ease","touchpoint","comment"\n'
        '"1","2026-07-01 09:30:00","1","zh-Hans","77","A5","10","7","A3","很好"\n'
        '"2","2026-07-01 09:32:00","1","en","78","A2","0","1","A1",""\n'
    ),
}


@pytest.mark.parametrize("tool", EXPORTED)
def test_the_ready_mapping_of_a_tool_reads_what_it_exports(tmp_path: Path, tool: str) -> None:
    file, mapping = write(tmp_path, EXPORTED[tool], (SAMPLES / f"{tool}.yaml").read_text(encoding="utf-8"))
    found = prepare(file, mapping)
    assert not found.report.has_refusals
    first, second = found.checked.responses
    assert (first.scores[:2], second.scores[:2]) == ((5, 10), (2, 0))
    assert (first.texts, second.texts) == ({"comment": "很好"}, {})
    assert [each.submitted_at.isoformat() for each in (first, second)] == [
        "2026-07-01T01:30:00+00:00",
        "2026-07-01T01:32:00+00:00",
    ]
    if tool != "surveymonkey":
        assert [each.language for each in (first, second)] == ["zh", "en"]
        assert [each.touchpoint for each in (first, second)] == ["after", "before"]
        assert (first.scores[2], second.scores[2]) == (7, 1)


def test_an_unfinished_row_of_limesurvey_is_refused_by_its_number(tmp_path: Path) -> None:
    rows = EXPORTED["limesurvey"] + '"3","","0","en","79","","","","",""\n'
    file, mapping = write(tmp_path, rows, (SAMPLES / "limesurvey.yaml").read_text(encoding="utf-8"))
    found = prepare(file, mapping)
    assert [refusal.row for refusal in found.checked.row_refusals] == [4]
    assert len(found.checked.responses) == 2


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        (Heading(2), ("id", "Staff | Speed", "Staff | Care", "Why | Response", "", "| x")),
        (Heading(2, 1), ("id", "Staff", "", "Why", "", "")),
        (Heading(2, 2), ("", "Speed", "Care", "Response", "", "x")),
    ],
)
def test_a_question_over_several_columns_holds_for_each(heading: Heading, names: tuple[str, ...]) -> None:
    rows = [("id", "Staff", "", "Why", "", ""), ("", "Speed", "Care", "Response", "", "x")]
    expected = tuple("Why | x" if name == "| x" else name for name in names)
    assert heading.columns(rows) == expected


@given(st.lists(st.text(max_size=5), max_size=6))
def test_one_row_of_heading_is_taken_as_it_stands(cells: list[str]) -> None:
    assert Heading().columns([cells]) == Heading(3, 1).columns([cells, ["x"], []]) == tuple(cells)


@pytest.mark.parametrize("file", ["header_rows: 2, header_row: 3", "header_rows: 0", "header_rows: many"])
def test_header_rows_that_cannot_be_are_refused_by_line(tmp_path: Path, file: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        prepare(*write(tmp_path, "id\n1\n", CLUB + f"file: {{{file}}}\n"))
    assert [problem.code for problem in refused.value.problems] in (
        ["mapping-header-row"],
        ["value-not-offered"],
    )
    assert "club.yaml:17 file" in refused.value.problems[0].where


@pytest.mark.parametrize("rows", ["id,day,csat,nps\n", "id,day,csat,nps\n1,2026-01-05,5,10\n"])
def test_a_file_of_headings_alone_has_no_rows(tmp_path: Path, rows: str) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        prepare(*write(tmp_path, rows, CLUB + "file: {header_rows: 2, header_row: 1}\n"))
    assert [problem.code for problem in refused.value.problems] == ["file-no-rows"]


def test_rows_are_numbered_as_in_a_spreadsheet_below_several_headings(tmp_path: Path) -> None:
    rows = "id,day,csat,nps\nNumber,Day,Satisfied,Likely\n1,2026-01-05,5,10\n2,2026-01-06,9,0\n"
    found = prepare(*write(tmp_path, rows, CLUB + "file: {header_rows: 2, header_row: 1}\n"))
    assert [(refusal.row, refusal.raw) for refusal in found.checked.cell_refusals] == [(4, "9")]


def test_previews_and_unfinished_forms_of_qualtrics_are_left_out_and_counted(tmp_path: Path) -> None:
    file, mapping = write(
        tmp_path, EXPORTED["qualtrics"], (SAMPLES / "qualtrics.yaml").read_text(encoding="utf-8")
    )
    report = prepare(file, mapping).report
    assert report.rows == 2 and report.left_out == (
        LeftOut("Status", "1", 1),
        LeftOut("Finished", "False", 1),
    )
    said = words(report, "en", stored=False)
    assert "2 rows (Status = “1”: 1, Finished = “False”: 1)" in said

"""What cells mean by a mapping; values are refused one by one, rows only where they cannot be counted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.warehouse.importing.files import CLUB, write
from warehouse.importing import ImportRefusedError, ImportReport, Prepared, prepare


def checked(folder: Path, rows: str | bytes, mapping: str = CLUB) -> Prepared:
    return prepare(*write(folder, rows, mapping))


def with_lines(*lines: str) -> str:
    """The club's mapping with more keys."""
    return CLUB.replace("answers:", "\n".join([*lines, "answers:"]))


def column(
    report: ImportReport, use: str
) -> tuple[int, dict[str, int], list[tuple[str, int, tuple[int, ...], str]]]:
    found = next(each for each in report.columns if each.use == use)
    refused = [(value.raw, value.count, value.first_rows, value.problem.code) for value in found.refused]
    return found.valid, dict(found.missing), refused


def test_a_refused_cell_is_left_out_and_the_rest_of_its_row_is_taken(tmp_path: Path) -> None:
    prepared = checked(
        tmp_path,
        "id,day,csat,nps\n1,2026-01-05,9,10\n2,2026-01-05,5,x\n3,2026-01-05,9,1\n4,2026-01-05,9,2\n5,2026-01-05,9,\n",
    )
    assert column(prepared.report, "answers.overall") == (1, {}, [("9", 4, (2, 4, 5), "answer-out-of-range")])
    assert column(prepared.report, "answers.recommend") == (
        3,
        {"blank": 1},
        [("x", 1, (3,), "answer-not-a-number")],
    )
    assert [(r.scores, r.missing) for r in prepared.checked.responses][:2] == [
        ((None, 10, None), ("invalid", None, "not_asked")),
        ((5, None, None), (None, "invalid", "not_asked")),
    ]
    assert (prepared.report.refused_rows, prepared.report.refused_cells) == (0, 5)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",2026-01-05,5,10", "row-id-blank"),
        ("1,2026-01-05,5,10", "row-id-twice"),
        ("x" * 201 + ",2026-01-05,5,10", "cell-text"),
        ("2,2026-02-30,5,10", "row-date"),
        ("2,26-1-2,5,10", "row-date"),
        ("2,03/04/2026,5,10", "row-date"),
        ("2,,5,10", "row-date"),
        ("2,1969-12-31,5,10", "row-date-range"),
        ("2,2999-01-01,5,10", "row-date-range"),
    ],
)
def test_a_row_that_cannot_be_counted_is_refused_whole(tmp_path: Path, row: str, code: str) -> None:
    prepared = checked(tmp_path, f"id,day,csat,nps\n1,2026-01-05,5,10\n{row}\n")
    assert [(refusal.row, refusal.code) for refusal in prepared.checked.row_refusals] == [(3, code)]
    assert len(prepared.checked.responses) == 1
    assert prepared.report.refused_rows == 1


@pytest.mark.parametrize("weight", ["-1", "nan", "inf", "1e300", "heavy", "", "1,5", "1_0", "١"])
def test_a_bad_weight_refuses_the_row(tmp_path: Path, weight: str) -> None:
    rows = f'id,day,csat,nps,w\n1,2026-01-05,5,10,1.5\n2,2026-01-05,5,10,"{weight}"\n'
    prepared = checked(tmp_path, rows, with_lines("weight: w"))
    assert [refusal.code for refusal in prepared.checked.row_refusals] == ["row-weight"]
    assert [response.weight for response in prepared.checked.responses] == [1.5]


def test_ids_differing_by_case_or_width_are_different_ids(tmp_path: Path) -> None:
    prepared = checked(
        tmp_path, "id,day,csat,nps\n" + "".join(f"{row},2026-01-05,5,10\n" for row in ("A1", "a1", "Ａ１"))
    )
    assert len({response.response_id for response in prepared.checked.responses}) == 3


def test_rows_without_usable_ids_are_numbered_when_the_mapping_says_so(tmp_path: Path) -> None:
    prepared = checked(
        tmp_path, "id,day,csat,nps\n,2026-01-05,5,10\n,2026-01-05,5,10\n", CLUB.replace("{id}", "{row}")
    )
    assert len({response.response_id for response in prepared.checked.responses}) == 2


def test_a_date_that_two_forms_read_differently_is_refused(tmp_path: Path) -> None:
    mapping = CLUB.replace('["%Y-%m-%d"]', '["%d/%m/%Y", "%m/%d/%Y"]')
    prepared = checked(
        tmp_path, "id,day,csat,nps\n1,03/04/2026,5,10\n2,03/13/2026,5,10\n3,02/02/2026,5,10\n", mapping
    )
    assert [(refusal.row, refusal.code) for refusal in prepared.checked.row_refusals] == [
        (2, "row-date-ambiguous")
    ]


@pytest.mark.parametrize(
    ("raw", "form", "instant"),
    [
        ("2015-05-15", "%Y-%m-%d", datetime(2015, 5, 14, 16, tzinfo=UTC)),
        ("5/9/2016", "%m/%d/%Y", datetime(2016, 5, 8, 16, tzinfo=UTC)),
        ("05/09/2016 01:30:00 PM", "%m/%d/%Y %I:%M:%S %p", datetime(2016, 5, 9, 5, 30, tzinfo=UTC)),
        ("2016-05-09T13:30:00+0000", "%Y-%m-%dT%H:%M:%S%z", datetime(2016, 5, 9, 13, 30, tzinfo=UTC)),
        ("42134", "excel", datetime(2015, 5, 9, 16, tzinfo=UTC)),
        ("42134.75", "excel", datetime(2015, 5, 10, 10, tzinfo=UTC)),
        ("2016年5月9日", "%Y年%m月%d日", datetime(2016, 5, 8, 16, tzinfo=UTC)),
    ],
)
def test_dates_are_read_in_the_stated_form_and_zone(
    tmp_path: Path, raw: str, form: str, instant: datetime
) -> None:
    mapping = CLUB.replace('["%Y-%m-%d"]', f'["{form}"]')
    prepared = checked(tmp_path, f"id,day,csat,nps\n1,{raw},5,10\n", mapping)
    assert [response.submitted_at for response in prepared.checked.responses] == [instant]


def test_values_stand_for_codes_and_missing_codes_say_why(tmp_path: Path) -> None:
    mapping = CLUB.replace(
        "  overall: csat",
        """  overall:
    column: csat
    values: {Very good: 5, Never been: 6}
    missing: {6: not_used, "-": refused, "": not_reached}""",
    )
    cells = ["Very good", "5.0", "Never been", "6", "-", "", " ", "very good"]
    prepared = checked(
        tmp_path,
        "id,day,csat,nps\n" + "".join(f"{n},2026-01-05,{cell},1\n" for n, cell in enumerate(cells)),
        mapping,
    )
    missing = {"not_used": 2, "refused": 1, "not_reached": 2}
    assert column(prepared.report, "answers.overall") == (
        2,
        missing,
        [("very good", 1, (9,), "answer-not-a-number")],
    )


def test_names_come_from_columns_values_or_constants(tmp_path: Path) -> None:
    mapping = with_lines(
        "member: card",
        "tier: {column: level, values: {G: gold, '?': null}}",
        "touchpoint: {constant: after}",
        "channel: paper",
    )
    people = ("007,G", ",?", "8,X", "9,")
    rows = "id,day,csat,nps,card,level\n" + "".join(
        f"{n},2026-01-05,5,1,{each}\n" for n, each in enumerate(people)
    )
    prepared = checked(tmp_path, rows, mapping)
    taken = [(r.member_id, r.tier, r.touchpoint, r.channel) for r in prepared.checked.responses]
    assert taken == [
        ("007", "gold", "after", "paper"),
        (None, None, "after", "paper"),
        ("8", None, "after", "paper"),
        ("9", None, "after", "paper"),
    ]
    assert column(prepared.report, "tier") == (
        1,
        {"not_stated": 1, "blank": 1},
        [("X", 1, (4,), "cell-value")],
    )


def test_languages_are_codes_or_translated_and_a_row_needs_one(tmp_path: Path) -> None:
    rows = "id,day,csat,nps,lang\n1,2026-01-05,5,1,zh-Hans-CN\n2,2026-01-05,5,1,Chinese\n3,2026-01-05,5,1,\n"
    as_codes = checked(tmp_path, rows, CLUB.replace("{constant: zh}", "lang"))
    assert [r.language for r in as_codes.checked.responses] == ["zh"]
    assert [refusal.code for refusal in as_codes.checked.row_refusals] == ["row-language"] * 2
    words = CLUB.replace("{constant: zh}", '{column: lang, values: {zh-Hans-CN: zh, Chinese: zh, "": en}}')
    assert [r.language for r in checked(tmp_path, rows, words).checked.responses] == ["zh", "zh", "en"]


def test_choices_and_texts_are_taken_and_the_choice_is_the_touchpoint(tmp_path: Path) -> None:
    mapping = CLUB + "  touchpoint: {column: stage, values: {Sale: during}}\n  comment: remark\n"
    said = ("Sale,=1+1", "after,<b>好</b>", "now,")
    rows = "id,day,csat,nps,stage,remark\n" + "".join(
        f"{n},2026-01-05,5,1,{each}\n" for n, each in enumerate(said)
    )
    prepared = checked(tmp_path, rows, mapping)
    taken = [(r.touchpoint, dict(r.choices), dict(r.texts)) for r in prepared.checked.responses]
    assert taken == [
        ("during", {"touchpoint": ("during",)}, {"comment": "=1+1"}),
        ("after", {"touchpoint": ("after",)}, {"comment": "<b>好</b>"}),
        (None, {}, {}),
    ]
    assert column(prepared.report, "answers.touchpoint")[2] == [("now", 1, (4,), "answer-not-offered")]


def test_a_column_that_is_missing_is_named_with_those_that_look_like_it(tmp_path: Path) -> None:

    with pytest.raises(ImportRefusedError) as caught:
        checked(tmp_path, "id,day,CSAT,other\n1,2026-01-05,5,1\n")
    problems = {problem.values["column"]: problem for problem in caught.value.problems}
    assert {problem.code for problem in problems.values()} == {"column-missing"}
    assert problems["csat"].values["near"] == "CSAT"
    assert problems["nps"].values["near"] == "–"


def test_a_mapped_column_that_is_there_twice_is_refused_and_others_may_be(tmp_path: Path) -> None:

    assert checked(tmp_path, "id,day,csat,nps,x,x\n1,2026-01-05,5,1,a,b\n").report.unread == ("x", "x")
    with pytest.raises(ImportRefusedError) as caught:
        checked(tmp_path, "id,day,csat,nps,nps\n1,2026-01-05,5,1,2\n")
    assert [problem.code for problem in caught.value.problems] == ["column-twice"]


def test_valid_missing_and_refused_add_up_to_the_rows(tmp_path: Path) -> None:
    report = checked(tmp_path, "id,day,csat,nps\n1,2026-01-05,9,\n1,x,,3\n3,2026-01-05,5,10\n").report
    for each in report.columns:
        assert (
            each.valid + sum(each.missing.values()) + sum(value.count for value in each.refused)
            == report.rows
        )


def test_white_space_around_column_names_does_not_count_in_the_mapping_either(tmp_path: Path) -> None:
    mapping = CLUB.replace("overall: csat", 'overall: " csat "').replace("{day}", "{ day }")
    assert len(checked(tmp_path, "id, day,csat ,nps\n1,2026-01-05,5,1\n", mapping).checked.responses) == 1


def test_the_touchpoint_of_a_questionnaire_holds_where_the_file_has_none(tmp_path: Path) -> None:
    mapping = CLUB.replace("customer-satisfaction", "csat-after-sale").replace("  recommend: nps\n", "")
    (plain,) = checked(tmp_path, "id,day,csat\n1,2026-01-05,5\n", mapping).checked.responses
    named = mapping.replace("answers:", "touchpoint: stage\nanswers:")
    (told,) = checked(tmp_path, "id,day,csat,stage\n1,2026-01-05,5,hotline\n", named).checked.responses
    assert (plain.touchpoint, told.touchpoint) == ("after", "hotline")

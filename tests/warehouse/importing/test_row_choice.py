"""Rows that a mapping's `only` keeps out: counted, named, and no row of what is left changes its number."""

from pathlib import Path

import pytest

from tests.warehouse.importing.files import CLUB, CLUB_ROWS, write
from warehouse.importing import ImportRefusedError, prepare
from warehouse.importing.row_choice import LeftOut


def test_only_rows_with_the_values_named_count_and_keep_their_numbers(tmp_path: Path) -> None:
    found = prepare(*write(tmp_path, CLUB_ROWS, CLUB + "only: {csat: [4], nps: [0, 7]}\n"))
    assert found.checked.rows == (3,) and found.report.rows == 1
    assert found.report.left_out == (LeftOut("csat", "5", 1), LeftOut("csat", "", 1))


def test_a_blank_cell_can_be_named(tmp_path: Path) -> None:
    found = prepare(*write(tmp_path, CLUB_ROWS, CLUB + 'only: {csat: ["", "5"]}\n'))
    assert found.checked.rows == (2, 4)


@pytest.mark.parametrize(
    ("only", "code"),
    [
        ("{csat: [yes]}", "file-none-kept"),
        ("{status: [1]}", "column-missing"),
        ("{csat: []}", "mapping-empty"),
        ("{csat: 5}", "value-not-list"),
    ],
)
def test_a_filter_that_keeps_nothing_or_names_no_column_is_refused(
    tmp_path: Path, only: str, code: str
) -> None:
    with pytest.raises(ImportRefusedError) as refusal:
        prepare(*write(tmp_path, CLUB_ROWS, CLUB + f"only: {only}\n"))
    assert [problem.code for problem in refusal.value.problems] == [code]

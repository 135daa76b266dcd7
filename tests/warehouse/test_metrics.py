"""Each metric counts what its words say, at the edges of a period in Asia/Shanghai too."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contract import CensusCounts, Counts, MeanCounts, NpsCounts, ShareCounts
from tests.warehouse.making import (
    SURVEY,
    a_warehouse,
    answer,
    happen,
    join,
    response,
)
from warehouse import Warehouse, WarehouseError
from warehouse.contracts import current_contract
from warehouse.counting import count
from warehouse.metrics import FOLDER, catalogue, metric

END = date(2026, 7, 1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path)
    yield warehouse
    warehouse.close()


def counted(house: Warehouse, name: str, until: date = END) -> dict[tuple[str, str], Counts]:
    loaded = current_contract(house)
    assert loaded is not None
    found = count(house, metric(name), loaded.contract.sha256, SURVEY, until)
    return {(each.period, each.segment): each.counts for each in found}


def test_the_catalogue_reads_the_folder() -> None:
    assert [each.name for each in catalogue()] == [
        "ces_mean",
        "csat_mean",
        "csat_top2",
        "member_growth",
        "nps",
    ]
    assert {each.name for each in catalogue() if not each.needs_survey} == {"member_growth"}
    for each in catalogue():
        for texts in (each.title, each.clause, each.words):
            assert texts["zh"] != texts["en"]


def test_a_new_metric_is_a_new_file(tmp_path: Path) -> None:
    text = (FOLDER / "nps.sql").read_text(encoding="utf-8")
    (tmp_path / "nps_shop.sql").write_text(text.replace("-- id: nps", "-- id: nps_shop"), encoding="utf-8")
    assert [each.name for each in catalogue(tmp_path)] == ["nps_shop"]


@pytest.mark.parametrize(
    ("line", "instead", "reason"),
    [
        ("-- kind: nps", "-- kind: nps\n-- colour: red", "colour: Extra inputs are not permitted"),
        ("-- kind: nps", "-- kind: score", "kind: Input should be"),
        ("-- kind: nps", "-- kind: nps\n-- kind: share", "duplicate key"),
        ("-- kind: nps\n", "", "kind: Field required"),
        ("-- id: nps", "-- id: other", "'other' is not the name of the file"),
        ("zh: 客户推荐意愿", "zh: ' '", "clause.zh: String should have at least 1 character"),
    ],
)
def test_a_head_that_is_not_as_it_must_be_is_refused_with_file_and_reason(
    tmp_path: Path, line: str, instead: str, reason: str
) -> None:
    text = (FOLDER / "nps.sql").read_text(encoding="utf-8")
    assert line in text
    (tmp_path / "nps.sql").write_text(text.replace(line, instead, 1), encoding="utf-8")
    with pytest.raises(WarehouseError) as refused:
        catalogue(tmp_path)
    assert refused.value.problem.code == "metric-head"
    assert refused.value.problem.where == "nps.sql"
    assert reason in refused.value.problem.words("en")


def test_an_unknown_metric_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(WarehouseError, match="csat_mean, csat_top2") as refused:
        metric("csat")
    assert refused.value.problem.code == "metric-unknown"


def test_a_metric_of_answers_needs_a_survey(house: Warehouse) -> None:
    with pytest.raises(WarehouseError) as refused:
        count(house, metric("nps"), "0" * 64, None, END)
    assert refused.value.problem.code == "metric-survey"


def test_every_metric_gives_a_row_for_every_period_begun_also_without_data(house: Warehouse) -> None:
    for each in catalogue():
        assert set(counted(house, each.name)) == {("2026Q1", ""), ("2026Q2", "")}
        assert set(counted(house, each.name, date(2026, 4, 1))) == {("2026Q1", "")}
        assert set(counted(house, each.name, date(2026, 4, 2))) == {("2026Q1", ""), ("2026Q2", "")}


def test_an_empty_period_has_no_cases(house: Warehouse) -> None:
    assert counted(house, "csat_top2")["2026Q1", ""] == ShareCounts(0, 0)
    assert counted(house, "nps")["2026Q1", ""] == NpsCounts(0, 0, 0)
    assert counted(house, "ces_mean")["2026Q1", ""] == MeanCounts(dict.fromkeys(range(1, 8), 0))
    assert counted(house, "member_growth")["2026Q1", ""] == CensusCounts(None, 0, 0)


def test_a_leave_at_the_first_and_the_last_instant_belongs_to_the_quarter_of_its_local_day(
    house: Warehouse,
) -> None:
    join(house, range(10))
    happen(
        house,
        (
            "M00000",
            "left",
            "2025-12-31 23:59:59.999999",
        ),  # 15:59 UTC of the same day: still the quarter before
        ("M00001", "left", "2026-01-01 00:00:00"),  # 16:00 UTC of 31 December: the quarter's first instant
        ("M00002", "left", "2026-03-31 23:59:59.999999"),  # the quarter's last instant
        ("M00003", "left", "2026-04-01 00:00:00"),  # the next quarter's first
    )
    growth = counted(house, "member_growth")
    assert growth["2026Q1", ""] == CensusCounts(100 * (7 - 9) / 9, 9, 7)
    assert growth["2026Q2", ""] == CensusCounts(100 * (6 - 7) / 7, 7, 6)


def test_joining_and_returning_add_and_a_visit_of_one_day_changes_nothing(house: Warehouse) -> None:
    join(house, range(8))
    happen(
        house,
        ("M00000", "left", "2025-12-01 10:00"),
        ("M00000", "returned", "2026-02-01 10:00"),
        ("M00100", "joined", "2026-01-10 09:00"),
        ("M00100", "left", "2026-01-10 18:00"),
        ("M00101", "joined", "2026-03-01 09:00"),
        ("M00001", "purchase", "2026-03-01 09:00"),
        ("M00001", "tier", "2026-03-01 09:00"),
    )
    assert counted(house, "member_growth")["2026Q1", ""] == CensusCounts(100 * 2 / 7, 7, 9)


def test_a_running_period_is_counted_until_the_day_of_the_figures(house: Warehouse) -> None:
    join(house, range(10))
    happen(house, ("M00000", "left", "2026-02-01 10:00"), ("M00001", "left", "2026-02-02 10:00"))
    answer(house, response("2026-02-01 23:59"), response("2026-02-02 00:00"))
    until = date(2026, 2, 2)
    assert counted(house, "member_growth", until)["2026Q1", ""] == CensusCounts(-10.0, 10, 9)
    assert counted(house, "csat_top2", until)["2026Q1", ""] == ShareCounts(1, 1)


def test_a_start_without_members_gives_no_growth(house: Warehouse) -> None:
    join(house, range(3), at="2026-01-05 12:00")
    assert counted(house, "member_growth")["2026Q1", ""] == CensusCounts(None, 0, 3)


def test_satisfied_are_four_and_five_of_five(house: Warehouse) -> None:
    answer(house, *(response(overall=score) for score in (1, 2, 3, 4, 5)))
    assert counted(house, "csat_top2")["2026Q1", ""] == ShareCounts(2, 5)
    assert counted(house, "csat_mean")["2026Q1", ""] == MeanCounts({1: 1, 2: 1, 3: 1, 4: 1, 5: 1})


def test_detractors_end_at_six_and_promoters_begin_at_nine(house: Warehouse) -> None:
    answer(house, *(response(recommend=score) for score in (0, 6, 6, 7, 8, 8, 9, 9, 9, 10)))
    assert counted(house, "nps")["2026Q1", ""] == NpsCounts(3, 3, 4)


def test_a_question_left_blank_is_not_counted(house: Warehouse) -> None:
    answer(house, response(), response(recommend=10, ease=7))
    assert counted(house, "nps")["2026Q1", ""] == NpsCounts(0, 0, 1)
    assert counted(house, "ces_mean")["2026Q1", ""] == MeanCounts(dict.fromkeys(range(1, 7), 0) | {7: 1})
    assert counted(house, "csat_top2")["2026Q1", ""] == ShareCounts(2, 2)


def test_an_answer_belongs_to_the_quarter_of_its_local_day(house: Warehouse) -> None:
    answer(
        house,
        response("2025-12-31 23:59:59"),
        response("2026-01-01 00:00:00"),
        response("2026-03-31 23:59:59"),
        response("2026-04-01 00:00:00"),
    )
    shares = counted(house, "csat_top2")
    assert shares["2026Q1", ""] == ShareCounts(2, 2)
    assert shares["2026Q2", ""] == ShareCounts(1, 1)


def test_tiers_stand_beside_the_whole_which_also_counts_those_without_a_tier(house: Warehouse) -> None:
    answer(house, response(tier="vip"), response(tier="new", overall=2), response(overall=1))
    shares = counted(house, "csat_top2")
    assert shares["2026Q1", ""] == ShareCounts(1, 3)
    assert shares["2026Q1", "vip"] == ShareCounts(1, 1)
    assert shares["2026Q1", "new"] == ShareCounts(0, 1)
    assert ("2026Q2", "vip") not in shares
    assert counted(house, "csat_mean")["2026Q1", "new"] == MeanCounts({1: 0, 2: 1, 3: 0, 4: 0, 5: 0})

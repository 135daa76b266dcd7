"""Loading: once each, in one transaction or not at all; refusals are kept beside."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pytest

from tests.warehouse.answering import a_response
from tests.warehouse.importing.files import CLUB, CLUB_ROWS, write
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.importing import ImportRefusedError, ImportReport, load, loading, prepare
from warehouse.surveys import survey


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "club.duckdb")
    yield warehouse
    warehouse.close()


def rows_of(warehouse: Warehouse, statement: str) -> list[tuple[object, ...]]:
    with warehouse.transaction() as cursor:
        return cursor.execute(statement).fetchall()


def test_what_is_stored_is_what_the_file_says(opened: Warehouse, tmp_path: Path) -> None:
    report = load(opened, prepare(*write(tmp_path, CLUB_ROWS)))
    assert (report.rows, report.stored, report.known, report.refused_rows) == (3, 3, 0, 0)
    stored = rows_of(
        opened,
        "SELECT survey, questionnaire, version, channel, language, strftime(day, '%Y-%m-%d'), weight, "
        "scores, missing "
        "FROM response ORDER BY ingest_seq",
    )
    same = ("club", "customer-satisfaction", 1, "import", "zh")
    assert stored == [
        (*same, "2026-01-05", 1.0, [5, 10, None], [None, None, "not_asked"]),
        (*same, "2026-01-06", 1.0, [4, 0, None], [None, None, "not_asked"]),
        (*same, "2026-01-07", 1.0, [None, 7, None], ["blank", None, "not_asked"]),
    ]


def test_a_second_import_of_the_same_file_adds_nothing_and_says_so(opened: Warehouse, tmp_path: Path) -> None:
    prepared = prepare(*write(tmp_path, CLUB_ROWS))
    load(opened, prepared)
    before = rows_of(opened, "SELECT count(*), max(ingest_seq) FROM response")
    again = load(opened, prepare(tmp_path / "club.csv", tmp_path / "club.yaml"))
    assert again.same_file is not None
    assert (again.stored, again.known) == (0, 3)
    assert rows_of(opened, "SELECT count(*), max(ingest_seq) FROM response") == before
    assert rows_of(opened, "SELECT count(*) FROM import_batch") == [(1,)]


def test_rows_of_an_edited_file_are_recognised_by_their_id_even_with_another_date(
    opened: Warehouse, tmp_path: Path
) -> None:
    load(opened, prepare(*write(tmp_path, CLUB_ROWS)))
    edited = CLUB_ROWS.replace("1,2026-01-05,5,10", "1,2026-01-15,1,1") + "4,2026-01-08,3,9\n"
    report = load(opened, prepare(*write(tmp_path, edited)))
    assert (report.stored, report.known, report.changed, report.changed_rows) == (1, 3, 1, (2,))
    assert rows_of(opened, "SELECT scores[2] FROM response ORDER BY ingest_seq") == [(10,), (0,), (7,), (9,)]


WORDY = (
    CLUB.replace("{constant: zh}", "lang").replace("answers:", "weight: weight\ntier: tier\nanswers:")
    + "  touchpoint: touchpoint\n  comment: comment\n"
)
HEADING = "id,day,csat,nps,lang,weight,tier,touchpoint,comment\n"
ROW = "1,2026-01-05,5,10,zh,1,gold,before,good\n"
OTHER = "2,2026-01-06,4,9,zh,1,,,\n"


@pytest.mark.parametrize(
    ("edited", "is_changed"),
    [
        (ROW, False),
        (ROW.replace(",5,", ", 5 ,"), False),
        (ROW.replace("2026-01-05", "2026-01-15"), True),
        (ROW.replace(",5,", ",4,"), True),
        (ROW.replace(",5,", ",,"), True),
        (ROW.replace(",10,", ",11,"), True),
        (ROW.replace("zh", "en"), True),
        (ROW.replace(",1,gold", ",2,gold"), True),
        (ROW.replace("gold", ""), True),
        (ROW.replace("before", "after"), True),
        (ROW.replace("before", ""), True),
        (ROW.replace("good", "bad"), True),
        (ROW.replace("good", ""), True),
    ],
)
def test_a_row_there_already_that_says_something_else_is_named_and_not_changed(
    opened: Warehouse, tmp_path: Path, edited: str, is_changed: bool
) -> None:
    everything = "SELECT * FROM answer ORDER BY ALL"
    load(opened, prepare(*write(tmp_path, HEADING + OTHER + ROW, WORDY)))
    before = rows_of(opened, everything)
    report = load(opened, prepare(*write(tmp_path, HEADING + OTHER + edited + "\n", WORDY)))
    assert (report.stored, report.known) == (0, 2)
    assert (report.changed, report.changed_rows) == ((1, (3,)) if is_changed else (0, ()))
    assert rows_of(opened, everything) == before
    kept = rows_of(opened, "SELECT report FROM import_batch ORDER BY recorded_at")
    assert json.loads(str(kept[-1][0]))["changed_rows"] == list(report.changed_rows)


def test_of_many_changed_rows_the_first_twenty_are_named(opened: Warehouse, tmp_path: Path) -> None:
    rows = [f"{number},2026-01-05,5,10\n" for number in range(30)]
    load(opened, prepare(*write(tmp_path, "id,day,csat,nps\n" + "".join(rows))))
    rows = [row.replace(",5,", ",4,") for row in rows]
    report = load(opened, prepare(*write(tmp_path, "id,day,csat,nps\n" + "".join(rows))))
    assert (report.changed, report.changed_rows) == (30, tuple(range(2, 22)))


def test_an_answer_that_another_mapping_takes_from_a_known_row_is_a_change(
    opened: Warehouse, tmp_path: Path
) -> None:
    load(opened, prepare(*write(tmp_path, CLUB_ROWS)))
    assert load(opened, prepare(*write(tmp_path, CLUB_ROWS, CLUB + "  comment: id\n"))).changed == 3


@pytest.mark.parametrize("slug", ["club", "customer-satisfaction"])
def test_a_file_of_which_every_row_is_refused_is_refused_and_leaves_nothing(
    opened: Warehouse, tmp_path: Path, slug: str
) -> None:
    prepared = prepare(
        *write(tmp_path, "id,day,csat,nps\n1,soon,5,5\n2,,5,5\n", CLUB.replace("slug: club", f"slug: {slug}"))
    )
    with pytest.raises(ImportRefusedError) as caught:
        load(opened, prepared)
    assert [problem.code for problem in caught.value.problems] == ["file-all-refused"]
    assert rows_of(opened, "SELECT count(*) FROM import_batch") == [(0,)]
    assert rows_of(opened, "SELECT count(*) FROM survey_event") == [(0,)]
    assert rows_of(opened, "SELECT survey FROM survey") == [("customer-satisfaction",)]


def test_days_are_those_of_the_zone_that_is_in_force_when_they_are_stored(
    opened: Warehouse, tmp_path: Path
) -> None:
    prepared = prepare(*write(tmp_path, CLUB_ROWS))

    def another_zone(done: int, total: int) -> None:
        opened.reporting_zone = ZoneInfo("America/Los_Angeles")

    load(opened, prepared, progress=another_zone)
    days = rows_of(opened, "SELECT strftime(day, '%Y-%m-%d'), month FROM response ORDER BY ingest_seq")
    assert [day for day, _ in days] == ["2026-01-04", "2026-01-05", "2026-01-06"]
    assert {month for _, month in days} == {date(2026, 1, 1)}


def test_two_imports_of_one_survey_at_once_store_each_row_once(opened: Warehouse, tmp_path: Path) -> None:
    reports: list[ImportReport] = []
    files = []
    for place, mapping in enumerate((CLUB, CLUB + "  comment: nps\n")):
        folder = tmp_path / str(place)
        folder.mkdir()
        files.append(prepare(*write(folder, CLUB_ROWS, mapping)))
    threads = [
        threading.Thread(target=lambda each=each: reports.append(load(opened, each))) for each in files
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((report.stored, report.known) for report in reports) == [(0, 3), (3, 0)]
    assert rows_of(opened, "SELECT count(*) FROM response") == [(3,)]


def test_what_was_stored_before_an_import_failed_half_way_is_taken_back(
    opened: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise duckdb.OutOfMemoryException

    prepared = prepare(*write(tmp_path, CLUB_ROWS))
    with monkeypatch.context() as patched:
        patched.setattr(loading, "keep_batch", fail)
        with pytest.raises(duckdb.OutOfMemoryException):
            load(opened, prepared)
    assert rows_of(opened, "SELECT count(*) FROM response") == [(0,)]
    assert load(opened, prepared).stored == 3


def test_the_same_ids_in_another_survey_are_other_rows(opened: Warehouse, tmp_path: Path) -> None:
    load(opened, prepare(*write(tmp_path, CLUB_ROWS)))
    report = load(opened, prepare(*write(tmp_path, CLUB_ROWS, CLUB.replace("slug: club", "slug: club-2"))))
    assert (report.stored, report.known) == (3, 0)


def test_refused_cells_and_rows_are_kept_as_they_stood(opened: Warehouse, tmp_path: Path) -> None:
    prepared = prepare(*write(tmp_path, CLUB_ROWS + "4,2026-02-30,5,5\n5,2026-01-09,=1+1,5\n"))
    report = load(opened, prepared)
    assert (report.stored, report.refused_rows, report.refused_cells) == (4, 1, 1)
    kept = rows_of(
        opened, "SELECT row_number, column_name, raw, code FROM import_refusal ORDER BY row_number"
    )
    assert kept == [(5, "{day}", "2026-02-30", "row-date"), (6, "csat", "=1+1", "answer-not-a-number")]
    ((stored, text),) = rows_of(opened, "SELECT rows_loaded, report FROM import_batch")
    assert (stored, json.loads(text)["refused_rows"], json.loads(text)["encoding"]) == (4, 1, "utf-8")
    assert json.loads(text) == json.loads(report.as_json())


def test_a_strict_import_takes_a_file_whole_or_not_at_all(opened: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        load(opened, prepare(*write(tmp_path, CLUB_ROWS + "4,2026-01-09,9,5\n")), strict=True)
    assert [problem.code for problem in caught.value.problems] == ["file-strict"]
    assert rows_of(opened, "SELECT count(*) FROM response") == [(0,)]
    assert survey(opened, "club") is None
    assert load(opened, prepare(*write(tmp_path, CLUB_ROWS)), strict=True).stored == 3


@pytest.mark.parametrize("stop", [KeyboardInterrupt, duckdb.OutOfMemoryException])
def test_an_import_stopped_on_the_way_stores_nothing_and_can_be_done_again(
    opened: Warehouse, tmp_path: Path, stop: type[BaseException]
) -> None:
    many = "id,day,csat,nps\n" + "".join(f"{number},2026-01-05,5,10\n" for number in range(12_000))
    prepared = prepare(*write(tmp_path, many))
    seen: list[int] = []

    def progress(done: int, total: int) -> None:
        seen.append(done)
        if done == 10_000:
            raise stop

    with pytest.raises(stop):
        load(opened, prepared, progress=progress)
    assert seen == [0, 5_000, 10_000]
    assert rows_of(opened, "SELECT (SELECT count(*) FROM response), (SELECT count(*) FROM import_batch)") == [
        (0, 0)
    ]
    assert load(opened, prepared).stored == 12_000


def test_progress_ends_at_the_number_of_rows(opened: Warehouse, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    load(
        opened, prepare(*write(tmp_path, CLUB_ROWS)), progress=lambda done, total: told.append((done, total))
    )
    assert told == [(0, 3), (3, 3)]


def test_a_survey_of_another_questionnaire_is_not_mixed_up(opened: Warehouse, tmp_path: Path) -> None:
    load(opened, prepare(*write(tmp_path, CLUB_ROWS)))
    other = CLUB.replace("questionnaire: customer-satisfaction", "questionnaire: airport-passengers")
    with pytest.raises(WarehouseError) as caught:
        load(opened, prepare(*write(tmp_path, CLUB_ROWS, other)))
    assert caught.value.problem.code == "survey-name-taken"


def test_people_who_answer_during_an_import_get_their_own_numbers(opened: Warehouse, tmp_path: Path) -> None:
    many = "id,day,csat,nps\n" + "".join(f"{number},2026-01-05,5,10\n" for number in range(6_000))
    prepared = prepare(*write(tmp_path, many))
    threads = [threading.Thread(target=opened.writer.submit, args=[a_response()]) for _ in range(8)]
    threads.append(threading.Thread(target=load, args=[opened, prepared]))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows_of(
        opened, "SELECT count(*), count(DISTINCT ingest_seq), count(DISTINCT response_id) FROM response"
    ) == [(6_008, 6_008, 6_008)]


def test_people_can_answer_while_an_import_makes_its_rows_ready(opened: Warehouse, tmp_path: Path) -> None:
    prepared = prepare(*write(tmp_path, CLUB_ROWS))
    answered: list[bool] = []
    load(
        opened,
        prepared,
        progress=lambda done, total: answered.append(opened.writer.submit(a_response()).stored),
    )
    assert answered == [True, True]
    assert rows_of(opened, "SELECT count(*), count(DISTINCT ingest_seq) FROM response") == [(5, 5)]


def test_an_import_stopped_on_the_way_leaves_no_survey_and_one_done_again_opens_it(
    opened: Warehouse, tmp_path: Path
) -> None:
    prepared = prepare(*write(tmp_path, CLUB_ROWS))
    published = rows_of(opened, "SELECT count(*) FROM question")
    assert survey(opened, "club") is None

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(opened, prepared, progress=stop)
    assert survey(opened, "club") is None
    assert rows_of(opened, "SELECT count(*) FROM survey WHERE survey = 'club'") == [(0,)]
    assert rows_of(opened, "SELECT count(*) FROM question") == published
    load(opened, prepared)
    assert survey(opened, "club") is not None

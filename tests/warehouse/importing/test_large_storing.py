"""A large file is stored in parts, once each, in turn with whoever answers; a second run goes on where the
first was stopped."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from survey import response_id_at
from tests.warehouse.answering import a_response
from tests.warehouse.importing.files import CLUB, write
from warehouse import Warehouse, open_warehouse
from warehouse.importing import ImportRefusedError, load, loading
from warehouse.importing.large import ahead, storing
from warehouse.importing.loading import prepare

MANY = "id,day,csat,nps\n" + "".join(
    f"{n},2026-01-{n % 28 + 1:02},{n % 5 + 1},{n % 12}\n" for n in range(1_000)
)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "club.duckdb")
    yield warehouse
    warehouse.close()


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every text file is large, and stored by 300 rows, while people answer by 100."""
    monkeypatch.setattr(loading, "LARGE_TEXT", 0)
    monkeypatch.setattr(storing, "PART", 300)
    monkeypatch.setattr(storing, "SHORT_PART", 100)
    monkeypatch.setattr(storing, "CALM_SECONDS", 0.0)


def asked(warehouse: Warehouse, statement: str) -> list[tuple[object, ...]]:
    with warehouse.transaction() as cursor:
        return cursor.execute(statement).fetchall()


@pytest.mark.usefixtures("parts")
def test_a_large_file_is_stored_as_a_small_one_is(
    opened: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = "SELECT * EXCLUDE (response_id, ingest_seq, survey) FROM answer ORDER BY ALL"
    large = load(opened, prepare(*write(tmp_path, MANY, CLUB + "  comment: id\n")))
    stored = asked(opened, everything)
    monkeypatch.setattr(loading, "LARGE_TEXT", 10**9)
    other = (CLUB + "  comment: id\n").replace("slug: club", "slug: other")
    small = load(opened, prepare(*write(tmp_path, MANY, other)))
    assert (large.stored, large.refused_cells) == (small.stored, small.refused_cells) == (1_000, 83)
    assert sorted(asked(opened, everything), key=repr) == sorted([*stored, *stored], key=repr)
    kept = "SELECT row_number, column_name, raw, code FROM import_refusal GROUP BY ALL HAVING count(*) <> 2"
    assert asked(opened, kept) == []


@pytest.mark.usefixtures("parts")
@pytest.mark.parametrize("stopped_after", [0, 300, 900])
def test_an_import_that_was_stopped_goes_on_where_it_was(
    opened: Warehouse, tmp_path: Path, stopped_after: int
) -> None:
    prepared = prepare(*write(tmp_path, MANY))

    def stop(done: int, total: int) -> None:
        if done == stopped_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(opened, prepared, progress=stop)
    assert asked(opened, "SELECT count(*) FROM response") == [(stopped_after,)]
    assert asked(opened, "SELECT count(*) FROM import_batch") == [(0,)]
    told: list[int] = []
    again = prepare(tmp_path / "club.csv", tmp_path / "club.yaml")
    report = load(opened, again, progress=lambda done, total: told.append(done))
    assert told[0] == stopped_after
    assert (report.stored, report.known, report.rows) == (1_000, 0, 1_000)
    assert asked(
        opened, "SELECT count(*), count(DISTINCT response_id), count(DISTINCT ingest_seq) FROM response"
    ) == [(1_000, 1_000, 1_000)]
    assert asked(opened, "SELECT count(*) FROM import_refusal") == [(83,)]
    assert load(opened, again).same_file is not None


@pytest.mark.usefixtures("parts")
def test_rows_of_an_edited_large_file_are_known_by_their_id_and_compared(
    opened: Warehouse, tmp_path: Path
) -> None:
    mapping = CLUB + "  comment: id\n"
    load(opened, prepare(*write(tmp_path, MANY, mapping)))
    edited = MANY.replace("\n5,2026-01-06,", "\n5,2026-01-16,").replace(
        "\n7,2026-01-08,3", "\n7,2026-01-08,1"
    )
    assert edited.count("2026-01-16") == MANY.count("2026-01-16") + 1
    report = load(opened, prepare(*write(tmp_path, edited + "1000,2026-01-01,5,5\n", mapping)))
    assert (report.stored, report.known, report.changed, report.changed_rows) == (1, 1_000, 2, (7, 9))
    report = load(opened, prepare(*write(tmp_path, MANY, CLUB)))
    assert (report.stored, report.known, report.changed) == (0, 1_000, 1_000)


@pytest.mark.usefixtures("parts")
def test_people_are_stored_between_the_parts_which_are_shorter_then(
    opened: Warehouse, tmp_path: Path
) -> None:
    told: list[int] = []

    def answer(done: int, total: int) -> None:
        told.append(done)
        if done in (300, 400):
            assert opened.writer.submit(a_response()).stored

    load(opened, prepare(*write(tmp_path, MANY)), progress=answer)
    assert told == [0, 300, 400, 500, 800, 1_000]
    counted = asked(opened, "SELECT count(*), count(DISTINCT ingest_seq) FROM response")
    assert counted == [(1_002, 1_002)]


@pytest.mark.usefixtures("parts")
def test_a_row_whose_id_somebody_sent_before_is_not_stored_again_nor_what_it_says(
    opened: Warehouse, tmp_path: Path
) -> None:
    day = datetime(2026, 1, 5, 16, tzinfo=UTC)
    taken = response_id_at(day, "club", "5")  # whoever guesses it can send it to an open survey
    assert opened.writer.submit(a_response(taken)).stored
    before = asked(opened, "SELECT * FROM response_text")
    report = load(opened, prepare(*write(tmp_path, MANY, CLUB + "  comment: id\n")))
    assert report.stored == 999
    assert asked(opened, "SELECT count(*), count(DISTINCT response_id) FROM response") == [(1_000, 1_000)]
    assert len(asked(opened, "SELECT * FROM response_text")) == len(before) + 999


@pytest.mark.usefixtures("parts")
def test_a_strict_import_of_a_large_file_stores_nothing_of_one_with_refusals(
    opened: Warehouse, tmp_path: Path
) -> None:
    with pytest.raises(ImportRefusedError) as caught:
        load(opened, prepare(*write(tmp_path, MANY)), strict=True)
    assert caught.value.problems[0].code == "file-strict"
    assert asked(opened, "SELECT count(*) FROM response") == [(0,)]


@pytest.mark.usefixtures("parts")
def test_long_texts_make_parts_of_fewer_rows(
    opened: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "MOST_BYTES", 10_000)
    head, *rows = MANY.splitlines()
    rows[300:450] = [row.replace(",", "x" * 100 + ",", 1) for row in rows[300:450]]
    told: list[int] = []
    long = "\n".join((head, *rows)) + "\n"
    report = load(opened, prepare(*write(tmp_path, long)), progress=lambda done, total: told.append(done))
    assert told == [0, 300, 375, 525, 825, 1_000]
    assert (report.stored, report.refused_cells) == (1_000, 83)

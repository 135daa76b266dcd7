"""Reading, streaming and writing, from one thread and from many, and what a statement may reach."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

import duckdb
import pandas
import pytest

from tests.warehouse.answering import a_response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.database import BATCH_ROWS, bind
from warehouse.engine import CONNECTIONS

MANY_ROWS = "INSERT INTO migration SELECT 1000 + i, 'x', 'y', TIMESTAMP '2026-01-01' FROM range($n) AS s(i)"
INSERT_SETTING = "INSERT INTO setting VALUES ($name, $value, TIMESTAMP '2026-01-01')"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def test_a_new_warehouse_reports_in_the_zone_of_shanghai(warehouse: Warehouse) -> None:
    assert warehouse.reporting_zone.key == "Asia/Shanghai"
    assert warehouse.read("core/setting", name="reporting_zone") == [("Asia/Shanghai",)]


def test_the_reporting_zone_that_was_set_outlasts_a_new_start(tmp_path: Path) -> None:
    path = tmp_path / "z.duckdb"
    opened = open_warehouse(path)
    row = {"name": "reporting_zone", "value": "Europe/Berlin", "recorded_at": datetime.max}  # noqa: DTZ901 - as stored
    with opened.transaction() as cursor:
        cursor.execute("INSERT INTO setting VALUES ($name, $value, $recorded_at)", row)
    opened.close()
    again = open_warehouse(path)
    assert again.reporting_zone.key == "Europe/Berlin"
    again.close()


def test_a_table_is_what_a_read_gives_with_the_names_of_its_columns(warehouse: Warehouse) -> None:
    names, rows = warehouse.table("core/surveys")
    assert rows == warehouse.read("core/surveys")
    assert dict(zip(names, rows[0], strict=True))["survey"] == "customer-satisfaction"


def test_a_stream_gives_the_names_first_and_then_every_row_in_lists(warehouse: Warehouse) -> None:
    count = 2 * BATCH_ROWS + 10
    with warehouse.transaction() as cursor:
        cursor.execute(MANY_ROWS, {"n": count})
    stream = warehouse.stream("core/migrations")
    assert list(next(stream)) == ["number", "name", "sha256"]
    batches = list(stream)
    assert all(0 < len(batch) <= BATCH_ROWS for batch in batches)
    numbers = [row[0] for batch in batches for row in batch]
    assert [number for number in numbers if number >= 1000] == list(range(1000, 1000 + count))


def test_a_stream_shows_one_state_while_writes_go_on(warehouse: Warehouse) -> None:
    with warehouse.transaction() as cursor:
        cursor.execute(MANY_ROWS, {"n": 500_000})
    stream = warehouse.stream("core/migrations")
    next(stream)
    with warehouse.transaction() as cursor:
        cursor.execute("DELETE FROM migration WHERE number >= 1000")
    assert sum(row[0] >= 1000 for batch in stream for row in batch) == 500_000


def test_a_stream_left_unfinished_gives_its_connection_back_with_nothing_on_it(warehouse: Warehouse) -> None:
    with warehouse.transaction() as cursor:
        cursor.execute(MANY_ROWS, {"n": 50_000})
    for _ in range(20):
        stream = warehouse.stream("core/migrations")
        next(stream)
        stream.close()
    idle = warehouse._engine._instance.pools["streams"]._idle
    assert len(idle) == CONNECTIONS["streams"]
    assert [connection.fetchall() for connection in idle] == [[]] * len(idle)


def test_downloads_that_stand_still_do_not_stop_pages_or_writing(warehouse: Warehouse) -> None:
    standing = [warehouse.stream("core/surveys") for _ in range(4)]
    for stream in standing:
        next(stream)
    assert warehouse.read("core/surveys")
    assert warehouse.writer.submit(a_response()).stored
    for stream in standing:
        assert len(list(stream)) == 1


def test_a_transaction_is_kept_whole_or_not_at_all(warehouse: Warehouse) -> None:
    with pytest.raises(ZeroDivisionError), warehouse.transaction() as cursor:
        cursor.execute(INSERT_SETTING, {"name": "colour", "value": "red"})
        raise ZeroDivisionError
    assert warehouse.read("core/setting", name="colour") == []
    with warehouse.transaction() as cursor:
        cursor.execute(INSERT_SETTING, {"name": "colour", "value": "red"})
        assert warehouse.read("core/setting", name="colour") == []
    assert warehouse.read("core/setting", name="colour") == [("red",)]


def test_a_failed_statement_leaves_the_next_transaction_alone(warehouse: Warehouse) -> None:
    with pytest.raises(duckdb.Error), warehouse.transaction() as cursor:
        cursor.execute("INSERT INTO setting VALUES (NULL, NULL, NULL)")
    with warehouse.transaction() as cursor:
        cursor.execute(INSERT_SETTING, {"name": "colour", "value": "red"})
    assert warehouse.read("core/setting", name="colour") == [("red",)]


def test_a_registered_frame_can_be_written_with_all_its_rows(warehouse: Warehouse) -> None:
    frame = pandas.DataFrame({"name": ["a", "b"], "value": ["1", "2"]})
    with warehouse.transaction() as cursor:
        cursor.register("arrived", frame)
        cursor.execute("INSERT INTO setting SELECT name, value, TIMESTAMP '2026-01-01' FROM arrived")
        cursor.unregister("arrived")
    assert warehouse.read("core/setting", name="b") == [("2",)]


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY setting TO 'stolen.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SELECT * FROM frame",
    ],
)
def test_no_statement_reaches_a_file_the_network_the_settings_or_our_variables(
    warehouse: Warehouse, statement: str
) -> None:
    frame = pandas.DataFrame({"a": [1]})
    with pytest.raises(duckdb.Error), warehouse.transaction() as cursor:
        cursor.execute(statement)
    assert len(frame) == 1


def test_every_connection_streams_large_results_and_thinks_in_utc(warehouse: Warehouse) -> None:
    for kind, pool in warehouse._engine._instance.pools.items():
        for connection in pool._idle:
            row = connection.execute(
                "SELECT current_setting('streaming_buffer_size'), current_setting('TimeZone')"
            )
            assert row.fetchone() == ("953.6 MiB", "UTC"), kind


def test_an_aware_instant_is_asked_for_in_utc() -> None:
    instant = datetime(2026, 4, 1, 1, 30, tzinfo=timezone(timedelta(hours=8)))
    bound = bind({"now": instant, "name": "x"})
    assert bound == {"now": datetime.fromisoformat("2026-03-31T17:30"), "name": "x"}


def test_readers_in_many_threads_get_their_own_answers_while_writes_go_on(warehouse: Warehouse) -> None:
    def read(seed: int) -> int:
        chance, right = random.Random(seed), 0
        for _ in range(150):
            asked = chance.randrange(10**9, 10**12)
            right += warehouse.read("core/last_seq", after_seq=asked) == [(asked,)]
            right += warehouse.table("core/setting", name="reporting_zone")[1] == [("Asia/Shanghai",)]
        return right

    def write(_: int) -> int:
        return sum(warehouse.writer.submit(a_response()).stored for _ in range(40))

    with ThreadPoolExecutor(12) as threads:
        reads, writes = threads.map(read, range(8)), threads.map(write, range(4))
        assert list(reads) == [300] * 8
        assert list(writes) == [40] * 4
    assert warehouse.read("core/last_seq", after_seq=0) == [(160,)]


def test_readers_queue_when_all_connections_are_taken_and_the_writer_does_not(warehouse: Warehouse) -> None:
    engine = warehouse._engine
    with ThreadPoolExecutor(1) as threads, ExitStack() as taken:
        for _ in range(CONNECTIONS["reads"]):
            taken.enter_context(engine.lend("reads"))
        waiting = threads.submit(warehouse.read, "core/surveys")
        assert warehouse.writer.submit(a_response()).stored
        assert not waiting.done()
        with pytest.raises(WarehouseError, match="warehouse-busy"), engine.lend("reads", timeout=0.01):
            pass
    assert len(waiting.result()) == 1


def test_a_closed_warehouse_says_so(tmp_path: Path) -> None:
    opened = open_warehouse(tmp_path / "c.duckdb")
    opened.close()
    with pytest.raises(WarehouseError, match="warehouse-closed"):
        opened.writer.submit(a_response())
    with pytest.raises(WarehouseError, match="warehouse-closed"), opened.transaction():
        pass


def test_a_query_that_does_not_fit_is_an_error_of_ours(warehouse: Warehouse) -> None:
    with pytest.raises(duckdb.Error):
        warehouse.read("core/setting", name="x", unknown=1)


def test_a_warehouse_whose_zone_there_is_not_is_closed_again(tmp_path: Path) -> None:
    path = tmp_path / "z.duckdb"
    opened = open_warehouse(path)
    with opened.transaction() as cursor:
        cursor.execute(INSERT_SETTING, {"name": "reporting_zone", "value": "Asia/Nowhere"})
        cursor.execute("DELETE FROM setting WHERE value = 'Asia/Shanghai'")
    opened.close()
    with pytest.raises(ZoneInfoNotFoundError) as kept:  # kept, so that nothing is closed by going out of use
        open_warehouse(path)
    # Another configuration is refused for as long as this process has the file open.
    with closing(duckdb.connect(str(path), config={"threads": "1"})) as repair:
        repair.execute("UPDATE setting SET value = 'Asia/Shanghai' WHERE name = 'reporting_zone'")
    assert kept.value
    again = open_warehouse(path)
    assert again.reporting_zone.key == "Asia/Shanghai"
    again.close()

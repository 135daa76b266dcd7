"""The benchmarks of writing and reading, small and without a time: every answer exact."""

import asyncio
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from tests.benchmarks import http_writing, readers, record_work, records, writing
from tests.benchmarks.grouped import bare_disk, grouped, sqlite
from tests.serving import running_server
from warehouse import open_warehouse
from warehouse.records.caring import care_days, care_today
from warehouse.records.case_queue import queue


def test_what_is_confirmed_to_many_submitters_is_there_once_and_so_with_the_peers(tmp_path: Path) -> None:
    found, wrong = writing.pactboard(tmp_path, submitters=12, each=8)
    assert len(found.took) == 96 and wrong == 0
    with bare_disk(tmp_path) as commit, grouped(commit) as submit:
        assert len(writing.measure(submit, 4, 5).took) == 20
    with sqlite(tmp_path / "peer.sqlite") as commit, grouped(commit) as submit:
        assert len(writing.measure(submit, 4, 5).took) == 20


def test_readers_beside_a_writer_get_no_wrong_answer(tmp_path: Path) -> None:
    with closing(open_warehouse(tmp_path / "w.duckdb")) as house:
        readers.fill(house, 2_500)
        known = readers.questions(house, 2_500)
        assert len(known) == 5
        with readers.storing(house, 100) as stored:
            found = readers.read(house, known, 32, 600, 0)
        assert len(found.took) == 600 and found.wrong == 0 and stored() > 0
        every = readers.metrics(house)
        assert len(every) > 9 and readers.read(house, every, 4, 2 * len(every), 0).wrong == 0
        house.writer.submit(writing.a_response())
        assert readers.read(house, known[:1], 1, 1, 0).wrong == 1  # a wrong answer would be counted


def test_every_response_sent_over_http_is_stored_exactly_once(tmp_path: Path) -> None:
    with running_server(tmp_path) as server:
        port = http_writing.port_of(server.base_url)
        sent = asyncio.run(http_writing.send_all(port, submitters=20, each=3))
    assert len(sent.thanked) == 60
    file = tmp_path / "pactboard.duckdb"
    assert http_writing.wrong(file, sent.thanked) == 0
    assert http_writing.wrong(file, set(list(sent.thanked)[1:])) == 1


def test_what_the_pages_of_records_ask_and_what_writes_much_is_measured(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    records.make(path, 1_000)
    with closing(open_warehouse(path)) as house:
        house.rollups.seal()
        few = {name: records.PAGES[name] for name in ("cases", "care", "care_task")}
        found = {query.partition(" ")[0] for _, query in records.measure(house, 1, few)}
        assert found >= {"records/open_cases", "records/care_days", "records/page", "metrics/care_on_time"}
        assert queue(house, "operator").cases
        record_work.work(house, 10)
        day = care_today(house) + timedelta(days=3)
        festival = [each for each in care_days(house, day, day) if each.occasion == "Festival"]
        assert [(each.due, each.given) for each in festival] == [(600, 600)]

"""Raw rows written by the engine are, byte by byte and value by value, those that are written row by row."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey import Response, read_questionnaire
from survey.identifiers import response_id_at
from tests.warehouse.answering import a_response
from warehouse import Warehouse, open_warehouse
from warehouse.csv_format import FORMULA_STARTS, csv_chunks
from warehouse.exporting import by_engine
from warehouse.exporting.written import write_export
from warehouse.exports import csv_bytes, export_rows
from warehouse.filters import Filters
from warehouse.responses import store_responses
from warehouse.surveys import publish

SHANGHAI = ZoneInfo("Asia/Shanghai")
SOURCE = """
slug: odd
version: 1
languages: [en]
default_language: en
title: {en: Odd}
intro: {en: Hello}
thanks: {en: Bye}
questions:
  - {code: overall, type: rating, text: {en: How?}, measures: csat,
     scale: {min: 1, max: 5, low: {en: bad}, high: {en: good}}}
  - {code: language, type: rating, text: {en: Which?}, measures: none,
     scale: {min: 1, max: 5, low: {en: bad}, high: {en: good}}}
  - {code: best, type: ranking, text: {en: Best?},
     choices: [{code: c, text: {en: C}}, {code: a, text: {en: A}}, {code: b, text: {en: B}}]}
  - {code: spent, type: number, text: {en: How much?}, number: {min: 0, max: 999999, decimals: 6}}
  - {code: since, type: date, text: {en: Since?}}
  - {code: said, type: long_text, text: {en: What?}}
"""
TEXTS = (
    "",
    "plain",
    "a,b",
    'say "so"',
    "two\nlines",
    "cr\rhere",
    "\r",
    "'",
    "好的，谢谢",
    " ",
    "-5",
    "0",
    "\0x",
)
STARTS = tuple(f'{start}1+1, "x"' for start in sorted(FORMULA_STARTS))
ODD = Filters("odd")


def responses() -> Iterator[Response]:
    dice = random.Random(7)
    words = (*TEXTS, *STARTS)
    for number, word in enumerate(words):
        when = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(hours=number, microseconds=number % 3 * 1_500)
        yield replace(
            a_response(response_id_at(when, "odd", str(number)), submitted_at=when),
            survey="odd",
            questionnaire="odd",
            version=1 + number % 2,
            member_id=word or None,
            tier=dice.choice(words),
            channel=dice.choice(("web", "=x", "a b")),
            weight=dice.choice((1.0, 0.1 + 0.2, 1e16, 1e-7, 3.5e22, 12345678.9)),
            started_at=when if number % 4 else None,
            scores=(None, 3) if number % 3 else (5, None),
            missing=("refused", None) if number % 3 else (None, None),
            choices={"best": ("c", "a", "b")} if number % 5 else {},
            numbers={"spent": Decimal(number) / 8} if number % 2 else {},
            dates={"since": date(2020, 2, 29)} if number % 3 else {},
            texts={"said": word} if word else {},
        )


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A survey of two versions, the second with its questions the other way round."""
    warehouse = open_warehouse(tmp_path_factory.mktemp("engine") / "w.duckdb")
    first = read_questionnaire(SOURCE, "odd.yaml")
    publish(warehouse, first, "odd", first.title, is_example=False)
    second = first.model_copy(update={"version": 2, "questions": tuple(reversed(first.questions))})
    publish(warehouse, second, "odd", first.title, is_example=False)
    with warehouse.transaction() as cursor:
        store_responses(cursor, responses(), SHANGHAI)
    yield warehouse
    warehouse.close()


@pytest.mark.parametrize("span", [7, 100_000])
@pytest.mark.parametrize("name", ["responses", "answers"])
def test_a_csv_file_is_the_same_byte_by_byte(
    opened: Warehouse, name: str, span: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(by_engine, "SPAN", span)
    for filters in (ODD, replace(ODD, channel="web"), replace(ODD, start=date(2999, 1, 1))):
        table = export_rows(opened, name, filters, "en").table
        assert table.engine is not None
        expected = b"".join(csv_chunks(table.columns, table.rows))
        assert b"".join(csv_bytes(export_rows(opened, name, filters, "en"))) == expected
        assert expected.count(b"\r\n") > 20 or filters.start or filters.channel


@pytest.mark.parametrize("name", ["responses", "answers"])
def test_rows_that_lie_in_another_order_are_put_in_theirs(opened: Warehouse, name: str) -> None:
    most = "(SELECT max(ingest_seq) + min(ingest_seq) FROM response)"
    turned = f"UPDATE response SET ingest_seq = {most} - ingest_seq"
    with opened.transaction() as cursor:
        cursor.execute(turned)
    try:
        table = export_rows(opened, name, ODD, "en").table
        expected = b"".join(csv_chunks(table.columns, table.rows))
        assert b"".join(csv_bytes(export_rows(opened, name, ODD, "en"))) == expected
    finally:
        with opened.transaction() as cursor:
            cursor.execute(turned)


@pytest.mark.parametrize("name", ["responses", "answers"])
def test_a_parquet_file_holds_the_same_values(opened: Warehouse, name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    write_export(opened, name, "parquet", ODD, "en", path)
    found = pq.read_table(path)
    table = export_rows(opened, name, ODD, "en").table
    assert found.column_names == [*table.columns]
    for row, given_row in zip(found.to_pylist(), table.rows, strict=True):
        for value, was in zip(row.values(), given_row, strict=True):
            if isinstance(was, datetime):
                assert value == was.replace(tzinfo=UTC)
            else:
                assert value == (float(was) if isinstance(was, Decimal) else was) or value == str(was)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=8),
    st.lists(st.floats(allow_nan=True), min_size=8, max_size=8),
)
def test_any_text_and_number_is_written_alike(
    opened: Warehouse, texts: list[str], floats: list[float]
) -> None:
    text, number = by_engine.Cell("t", "v.t"), by_engine.Cell("n", "v.n", "float")
    with opened.one_state() as cursor:
        found = cursor.execute(
            f"SELECT concat({text.written}, ',', {number.written}, chr(13), chr(10)) "
            "FROM (SELECT unnest($texts::VARCHAR[]) AS t, unnest($floats::DOUBLE[]) AS n) AS v",
            {"texts": texts, "floats": floats[: len(texts)]},
        ).fetchall()
    rows = list(zip(texts, floats, strict=False))
    expected = b"".join(csv_chunks((), rows)).split(b"\r\n", 1)[1]
    assert "".join(row[0] for row in found).encode() == expected

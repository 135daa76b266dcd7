"""CSV files by address: who gets them, what is refused, and how they arrive."""

import csv
import io
from collections.abc import Generator
from pathlib import Path

import anyio
import pytest
from openpyxl import load_workbook
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import warehouse
from contract import example_source
from survey import new_response_id
from tests.new_warehouses import use_copy
from tests.pages.conftest import Visitor
from tests.warehouse.answering import a_response
from warehouse.access import ROLES, Role
from warehouse.contract_loading import load_contract
from warehouse.engine import CONNECTIONS
from warehouse.exports import Export, csv_bytes, exports
from warehouse.pool import Pool
from warehouse.responses import store_responses

NAMES = [listed.name for listed in exports()]
RAW = [listed.name for listed in exports() if listed.roles != ROLES]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse file with the example's contract and twenty responses."""
    file = tmp_path_factory.mktemp("stored") / "stored.duckdb"
    house = warehouse.open_warehouse(file)
    load_contract(house, example_source())
    for _ in range(20):
        house.writer.submit(a_response(new_response_id(), texts={"comment": "=1+1"}))
    house.close()
    return file


@pytest.fixture
def filled(visitor: Visitor, stored: Path) -> Visitor:
    """A visitor of a warehouse of its own with what is stored there."""
    use_copy(stored)
    return visitor


@pytest.mark.parametrize("name", [*NAMES, "unknown"])
def test_without_a_session_no_export_opens_nor_tells_whether_it_exists(filled: Visitor, name: str) -> None:
    answer = filled.get(f"/export/{name}.csv")
    assert answer.status_code == 401 and "text/html" in answer.headers["content-type"]
    assert "=1+1" not in answer.text and "disposition" not in str(answer.headers)


@pytest.mark.parametrize("name", NAMES)
def test_the_operator_gets_every_export_as_csv(filled: Visitor, name: str) -> None:
    answer = filled.sign_in().get(f"/export/{name}.csv")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="pactboard-{name}.csv"'
    assert (
        answer.headers["cache-control"] == "no-store"
        and answer.headers["x-content-type-options"] == "nosniff"
    )
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len({len(row) for row in rows}) == 1
    if name in ("responses", "answers"):
        assert len(rows) > 20


@pytest.mark.parametrize("role", ["party_a", "party_b"])
@pytest.mark.parametrize("name", RAW)
def test_what_people_wrote_is_not_for_a_party(filled: Visitor, role: Role, name: str) -> None:
    answer = filled.sign_in(role).get(f"/export/{name}.csv")
    assert answer.status_code == 403 and "=1+1" not in answer.text


def test_an_unknown_export_is_404_for_who_is_signed_in(filled: Visitor) -> None:
    assert filled.sign_in().get("/export/unknown.csv").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "survey=other",
        "tier=nps;drop table response",
        "start=2026-12-31&end=0001-01-01",
        "start=%ED%A0%80",
        "language=' OR 1=1 --",
        "touchpoint=" + "x" * 5000,
    ],
)
def test_filters_that_are_not_offered_are_refused_by_name(filled: Visitor, query: str) -> None:
    answer = filled.sign_in().get(f"/export/summary.csv?{query}")
    assert answer.status_code == 400 and query.split("=")[0] in answer.text


def test_filters_that_an_export_would_ignore_are_refused(filled: Visitor) -> None:
    assert filled.sign_in().get("/export/scorecard.csv?touchpoint=after").status_code == 400


def test_a_filter_narrows_the_rows(filled: Visitor) -> None:
    every = filled.sign_in().get("/export/responses.csv").text
    none = filled.get("/export/responses.csv?touchpoint=before").text
    assert every.count("\r\n") - none.count("\r\n") == 20


def test_a_head_gives_the_headers_without_the_rows(filled: Visitor) -> None:
    answer = filled.sign_in().send("HEAD", "/export/responses.csv")
    assert answer.status_code == 200 and answer.content == b""


def test_the_words_of_an_export_are_in_the_reader_s_language(filled: Visitor) -> None:
    english = filled.sign_in().get("/export/scorecard.csv").text
    chinese = filled.get("/export/scorecard.csv", headers={"Accept-Language": "zh-CN"}).text
    assert english != chinese and any("一" <= char <= "鿿" for char in chinese)


def a_request(path: str, cookie: str) -> Scope:
    """A GET by who has that session cookie."""
    headers = [(b"host", b"127.0.0.1"), (b"cookie", f"pactboard_session={cookie}".encode())]
    return {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": headers}


async def take_nothing(message: Message) -> None:
    """A client that reads the headers and then no more."""
    if message["type"] == "http.response.body":
        await anyio.sleep_forever()


@pytest.fixture
def large(visitor: Visitor) -> Visitor:
    """An operator of a warehouse whose responses make a file of several parts."""
    house = warehouse.serving()
    with house.transaction() as cursor:
        store_responses(cursor, [a_response() for _ in range(2000)], house.reporting_zone)
    return visitor.sign_in()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits for a connection waits a second: a test of lost ones fails at once instead of in minutes."""
    patient = Pool.borrow
    monkeypatch.setattr(Pool, "borrow", lambda pool, timeout: patient(pool, min(timeout, 1.0)))


async def within(seconds: float, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the request. Raises TimeoutError when that takes longer."""
    with anyio.fail_after(seconds):
        await app(scope, receive, send)


@pytest.mark.usefixtures("impatient")
def test_downloads_that_nobody_finishes_do_not_use_up_the_connections(
    large: Visitor, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    kept: list[Generator[bytes, None, None]] = []

    def remembered(export: Export) -> Generator[bytes, None, None]:
        kept.append(csv_bytes(export))  # a reference: only closing them gives their connections back
        request.addfinalizer(kept[-1].close)  # else the warehouse waits for them when it is closed
        return kept[-1]

    monkeypatch.setattr("pages.web.exports.csv_bytes", remembered)

    async def gone() -> Message:
        await anyio.sleep(0.05)
        return {"type": "http.disconnect"}

    asked = a_request("/export/responses.csv", large.client.cookies["pactboard_session"])
    for _ in range(CONNECTIONS["streams"] + 1):
        large.portal.call(within, 10, large.application, asked.copy(), gone, take_nothing)
    assert large.get("/export/responses.csv").status_code == 200


def test_a_client_that_stays_and_takes_nothing_is_given_up(
    large: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent() -> Message:
        return await anyio.sleep_forever()

    monkeypatch.setattr("pages.web.exports._PATIENCE_SECONDS", 0.2)
    asked = a_request("/export/responses.csv", large.client.cookies["pactboard_session"])
    large.portal.call(within, 10, large.application, asked, silent, take_nothing)


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name not in ("responses", "answers", "imports", "audit")]
)
def test_every_summary_comes_as_a_workbook_too(filled: Visitor, name: str) -> None:
    assert filled.get(f"/export/{name}.xlsx").status_code == 401
    answer = filled.sign_in().get(f"/export/{name}.xlsx")
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = list(csv.reader(io.StringIO(filled.get(f"/export/{name}.csv").content.decode("utf-8-sig"))))
    assert [cell.value for cell in sheet[1]] == rows[0] and sheet.max_row == len(rows)


@pytest.mark.parametrize("name", ["responses", "answers", "imports"])
@pytest.mark.parametrize("kind", ["xlsx", "parquet", "sav"])
def test_raw_rows_come_in_every_format_to_those_who_may_have_them(
    filled: Visitor, name: str, kind: str
) -> None:
    assert filled.get(f"/export/{name}.{kind}").status_code == 401
    answer = filled.sign_in().get(f"/export/{name}.{kind}")
    assert answer.status_code == 200
    starts = {"xlsx": b"PK", "parquet": b"PAR1", "sav": b"$FL2"}
    assert answer.content.startswith(starts[kind])
    assert f'filename="pactboard-{name}.{kind}"' in answer.headers["content-disposition"]
    assert filled.get(f"/export/{name}.pdf").status_code == 404

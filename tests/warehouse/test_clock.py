"""A clock that is wrong: nothing is lost or doubled, what was said last counts, and what had expired by a
wrong clock is valid again by the right one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from survey import Envelope, Response, library_questionnaire, new_response_id, validate
from tests.warehouse.commands import run
from tests.warehouse.inviting import links
from tests.warehouse.making import CONTRACT, SURVEY
from warehouse import close_serving, open_warehouse, serving
from warehouse.access import open_session, session_role
from warehouse.contract_loading import load_contract, withdraw_contract
from warehouse.contracts import current_contract
from warehouse.embedding import allow_framing, frame_hosts
from warehouse.invitations import find
from warehouse.invitees import Invitee
from warehouse.sql import sql

DAY, YEAR = timedelta(days=1), timedelta(days=365)


@pytest.fixture
def shift(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Sets the clock of the machine so far from the true time."""

    def to(by: timedelta) -> None:
        class Shifted(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:
                return datetime.now(tz) + by

        monkeypatch.setattr("warehouse.calendar.datetime", Shifted)
        monkeypatch.setattr("survey.identifiers.datetime", Shifted)
        monkeypatch.setattr("tests.warehouse.test_clock.now", lambda: datetime.now(UTC) + by)

    return to


def now() -> datetime:
    return datetime.now(UTC)


def answered() -> Response:
    """A response given now, by this clock."""
    envelope = Envelope(new_response_id(), SURVEY, "light_form", "zh", now())
    found = validate(library_questionnaire(SURVEY), {"overall": "5"}, envelope)
    assert isinstance(found, Response)
    return found


@pytest.mark.parametrize("restarts", [False, True])
def test_each_response_is_there_once_in_the_order_of_arrival_on_the_day_its_clock_said(
    tmp_path: Path, shift: Callable[[timedelta], None], restarts: bool
) -> None:
    house, sent = open_warehouse(tmp_path / "w.duckdb"), []
    for by in (timedelta(0), -DAY, YEAR, timedelta(0), -YEAR):
        shift(by)
        if restarts:
            house.close()
            house = open_warehouse(tmp_path / "w.duckdb")
        response = answered()
        assert house.writer.submit(response).stored and not house.writer.submit(response).stored
        sent.append((response.response_id, response.submitted_at.astimezone(house.reporting_zone).date()))
    with house.transaction() as cursor:
        kept = cursor.execute("SELECT response_id, day FROM response ORDER BY ingest_seq").fetchall()
    assert kept == sent
    house.close()


def test_what_was_said_last_counts_though_the_clock_went_back(
    tmp_path: Path, shift: Callable[[timedelta], None]
) -> None:
    house = open_warehouse(tmp_path / "w.duckdb")
    for by, host in ((YEAR, "https://one.example"), (-DAY, "https://two.example")):
        shift(by)
        allow_framing(house, SURVEY, [host])
        row = {"name": "test", "value": host, "recorded_at": now().replace(tzinfo=None)}
        with house.transaction() as cursor:
            cursor.execute(sql("core/insert_setting"), row)
    house.close()
    house = open_warehouse(house.path)
    assert list(frame_hosts(house, SURVEY)) == ["https://two.example"]
    assert house.read("core/setting", name="test") == [("https://two.example",)]
    house.close()


def test_a_withdrawn_contract_that_is_loaded_again_counts_though_the_clock_went_back(
    tmp_path: Path, shift: Callable[[timedelta], None]
) -> None:
    house = open_warehouse(tmp_path / "w.duckdb")
    shift(YEAR)
    load_contract(house, CONTRACT)
    withdraw_contract(house, "small-001")
    shift(-DAY)
    load_contract(house, CONTRACT)
    counts = current_contract(house)
    assert counts and counts.contract.id == "small-001"
    house.close()


def test_a_session_ended_by_a_wrong_clock_is_valid_again_by_the_right_one(
    warehouse_folder: Path, shift: Callable[[timedelta], None]
) -> None:
    serving()
    cookie = open_session("operator")
    shift(YEAR)
    assert session_role(cookie) is None
    shift(-DAY)
    assert session_role(cookie) == "operator"
    close_serving()
    shift(timedelta(0))
    serving()
    assert session_role(cookie) == "operator"


def test_an_invitation_ended_by_a_wrong_clock_is_open_again_by_the_right_one(
    tmp_path: Path, shift: Callable[[timedelta], None]
) -> None:
    house = open_warehouse(tmp_path / "w.duckdb")
    (link,) = links(house, Invitee("M1"))
    states = []
    for by in (timedelta(0), YEAR, -DAY):
        shift(by)
        found = find(house, link.token)
        states.append(found.standing if found else None)
    assert states == ["open", "expired", "open"]
    house.close()


def test_the_doctor_says_that_the_clock_is_behind(
    warehouse_folder: Path, shift: Callable[[timedelta], None], capsys: pytest.CaptureFixture[str]
) -> None:
    open_warehouse(warehouse_folder / "pactboard.duckdb").close()
    assert "clock" not in run(capsys, "doctor", "--language", "en")[1]
    shift(-DAY)
    status, out, _ = run(capsys, "doctor", "--language", "en")
    assert status == 1 and "The clock of this machine" in out

"""The life of a survey: dates, pause, closing, limits - and what the writer makes of them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from survey import Response, new_response_id
from tests.warehouse.answering import a_response
from warehouse import Warehouse, WarehouseError, gate, open_warehouse
from warehouse import life as module
from warehouse.gate import GRACE, NotOpen
from warehouse.life import Life, Quota, close, life, pause, resume, set_dates, set_limits
from warehouse.responses import store_responses

SURVEY = "customer-satisfaction"
NOON = datetime(2026, 7, 5, 4, tzinfo=UTC)  # noon in Shanghai


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "pactboard.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> "Clock":
    return Clock(monkeypatch)


class Clock:
    """What the warehouse takes for now."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self(NOON)

    def __call__(self, now: datetime) -> None:
        for each in (gate, module):
            self._monkeypatch.setattr(each, "utc_now", lambda: now)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def code_of(error: pytest.ExceptionInfo[WarehouseError]) -> str:
    return error.value.problem.code


def send(house: Warehouse, response: Response | None = None, shown: datetime | None = None) -> str:
    """What becomes of a response: "stored", "again", or how the survey stands."""
    try:
        receipt = house.writer.submit(replace(response or a_response(), started_at=shown))
    except NotOpen as refused:
        return refused.state
    return "stored" if receipt.stored else "again"


def test_a_survey_of_which_nothing_was_said_is_open(house: Warehouse) -> None:
    assert life(house, SURVEY) == Life("open", None, None, None, (), 0)
    assert send(house) == "stored"
    assert life(house, SURVEY).responses == 1


def test_dates_are_local_and_decide_when_answers_are_stored(house: Warehouse, at: Clock) -> None:
    set_dates(house, SURVEY, local("2026-07-06 09:00"), local("2026-07-07 18:00"))
    opens, closes = datetime(2026, 7, 6, 1, tzinfo=UTC), datetime(2026, 7, 7, 10, tzinfo=UTC)
    found = life(house, SURVEY)
    assert (found.state, found.opens_at, found.closes_at) == ("not_yet", opens, closes)
    assert send(house) == "not_yet"
    at(opens - timedelta(microseconds=1))
    assert send(house) == "not_yet"
    at(opens)
    assert send(house) == "stored" and life(house, SURVEY).state == "open"
    at(closes - timedelta(microseconds=1))
    assert send(house) == "stored"
    at(closes)
    assert send(house) == "closed" and life(house, SURVEY).state == "closed"
    set_dates(house, SURVEY, None, None)
    assert send(house) == "stored"


def test_a_form_shown_before_the_closing_may_be_sent_for_half_an_hour(house: Warehouse, at: Clock) -> None:
    set_dates(house, SURVEY, None, local("2026-07-07 18:00"))
    closes = datetime(2026, 7, 7, 10, tzinfo=UTC)
    before = closes - timedelta(minutes=5)
    at(closes + GRACE - timedelta(microseconds=1))
    assert send(house, shown=before) == "stored"
    assert send(house, shown=closes) == "closed"
    assert send(house, shown=None) == "closed"
    at(closes + GRACE)
    assert send(house, shown=before) == "closed"


def test_closing_by_hand_lets_those_finish_who_are_answering(house: Warehouse, at: Clock) -> None:
    close(house, SURVEY)
    found = life(house, SURVEY)
    assert found.state == "closed" and found.closes_at == NOON
    at(NOON + timedelta(minutes=1))
    assert send(house, shown=NOON - timedelta(minutes=1)) == "stored"
    assert send(house, shown=NOON + timedelta(seconds=1)) == "closed"
    resume(house, SURVEY)
    assert life(house, SURVEY).state == "open" and life(house, SURVEY).closes_at is None
    assert send(house) == "stored"


def test_a_pause_stops_everybody_at_once_also_when_the_survey_is_closed_in_it(
    house: Warehouse, at: Clock
) -> None:
    shown = NOON - timedelta(minutes=1)
    pause(house, SURVEY)
    assert life(house, SURVEY).state == "paused"
    assert send(house, shown=shown) == "paused"
    close(house, SURVEY)
    at(NOON + timedelta(minutes=1))
    assert send(house, shown=shown) == "closed"
    resume(house, SURVEY)
    assert send(house, shown=shown) == "stored"


def test_a_pause_over_the_closing_date_ends_closed(house: Warehouse, at: Clock) -> None:
    set_dates(house, SURVEY, None, local("2026-07-07 18:00"))
    pause(house, SURVEY)
    closes = datetime(2026, 7, 7, 10, tzinfo=UTC)
    at(closes + timedelta(minutes=1))
    assert life(house, SURVEY).state == "closed"
    assert send(house, shown=closes - timedelta(minutes=1)) == "closed"
    with pytest.raises(WarehouseError) as refused:
        resume(house, SURVEY)
    assert code_of(refused) == "life-over"


def test_what_is_stored_already_is_confirmed_whatever_became_of_the_survey(house: Warehouse) -> None:
    first = a_response()
    assert send(house, first) == "stored"
    set_limits(house, SURVEY, 1)
    assert send(house, first) == "again" and send(house) == "full"
    close(house, SURVEY)
    assert send(house, first) == "again" and send(house) == "closed"


def test_a_survey_takes_no_more_responses_than_its_limit(house: Warehouse) -> None:
    send(house)
    set_limits(house, SURVEY, 3)
    assert [send(house) for _ in range(4)] == ["stored", "stored", "full", "full"]
    assert life(house, SURVEY) == Life("full", None, None, 3, (), 3)
    set_limits(house, SURVEY, None)
    assert send(house) == "stored" and life(house, SURVEY).state == "open"


def test_a_quota_counts_its_own_choice_only(house: Warehouse) -> None:
    set_limits(house, SURVEY, None, [Quota("touchpoint", "after", 2)])
    before = replace(a_response(), choices={"touchpoint": ("before",)}, touchpoint="before")
    unsaid = replace(a_response(), choices={}, touchpoint=None)
    assert [send(house) for _ in range(3)] == ["stored", "stored", "full"]
    assert send(house, before) == "stored" and send(house, unsaid) == "stored"
    found = life(house, SURVEY)
    assert (found.state, found.quotas) == ("open", (Quota("touchpoint", "after", 2, 2),))


@pytest.mark.parametrize("by_choice", [True, False])
def test_of_fifty_at_once_exactly_ten_are_stored_where_ten_are_enough(
    house: Warehouse, by_choice: bool
) -> None:
    set_limits(house, SURVEY, *((None, [Quota("touchpoint", "after", 10)]) if by_choice else (10, ())))
    responses = [a_response() for _ in range(50)]
    with ThreadPoolExecutor(50) as pool:
        # Each is sent twice: a repeat must not take a second place.
        became = list(pool.map(lambda each: send(house, each), responses * 2))
    assert became.count("stored") == 10 and became.count("again") == 10 and became.count("full") == 80
    assert life(house, SURVEY).responses == 10
    kept = house.read("summary/responses", survey=SURVEY)
    assert kept == [(10,)]


def test_what_an_import_or_an_earlier_server_stored_counts_too(house: Warehouse) -> None:
    set_limits(house, SURVEY, None, [Quota("touchpoint", "after", 3)])
    assert send(house) == "stored" and life(house, SURVEY).quotas[0].reached == 1
    with house.transaction() as cursor:
        store_responses(cursor, [a_response()], house.reporting_zone, import_id="file")
    assert life(house, SURVEY).quotas[0].reached == 2
    assert [send(house), send(house)] == ["stored", "full"]
    assert life(house, SURVEY).quotas[0].reached == 3
    # Counting anew from the tables comes to the same.
    house.writer.gate.forget()
    assert send(house) == "full"
    set_limits(house, SURVEY, 5, [Quota("touchpoint", "after", 4)])
    assert [send(house), send(house)] == ["stored", "full"]
    assert life(house, SURVEY).quotas == (Quota("touchpoint", "after", 4, 4),)


def test_what_is_rolled_back_is_not_counted(house: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    set_limits(house, SURVEY, 2)
    with monkeypatch.context() as broken:
        broken.setattr("warehouse.responses._store_parts", lambda *_: 1 / 0)
        with pytest.raises(WarehouseError) as failed:
            house.writer.submit(a_response())
        assert code_of(failed) == "writer-failed"
    assert [send(house) for _ in range(3)] == ["stored", "stored", "full"]


def test_orders_while_answers_arrive_count_from_the_very_next_answer(house: Warehouse) -> None:
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(send, house) for _ in range(200)]
        pause(house, SURVEY)
        after = [pool.submit(send, house) for _ in range(50)]
    assert {each.result() for each in after} == {"paused"}
    stored = [each.result() for each in sent].count("stored")
    assert life(house, SURVEY).responses == stored


def test_other_surveys_are_not_stopped(house: Warehouse) -> None:
    pause(house, SURVEY)
    assert send(house, replace(a_response(), survey="another", response_id=new_response_id())) == "stored"


def test_words_say_when_a_survey_opens_in_the_zone_of_the_survey(house: Warehouse, at: Clock) -> None:
    set_dates(house, SURVEY, local("2026-07-06 09:00"), None)
    with pytest.raises(NotOpen) as refused:
        house.writer.submit(a_response())
    assert "2026-07-06 09:00 (Asia/Shanghai)" in refused.value.problem.words("en")
    assert "2026-07-06 09:00" in refused.value.problem.words("zh")


@pytest.mark.parametrize(
    ("opens", "closes", "code"),
    [
        ("2026-07-09", "2026-07-08", "life-dates-order"),
        ("2026-07-09", "2026-07-09", "life-dates-order"),
        (None, "2026-07-05 12:00", "life-dates-past"),
        ("2026-01-01", "2026-02-01", "life-dates-past"),
    ],
)
def test_dates_that_leave_no_time_are_refused(
    house: Warehouse, at: Clock, opens: str | None, closes: str, code: str
) -> None:
    with pytest.raises(WarehouseError) as refused:
        set_dates(house, SURVEY, local(opens) if opens else None, local(closes))
    assert code_of(refused) == code and life(house, SURVEY).closes_at is None


@pytest.mark.parametrize(
    ("limit", "quotas", "code"),
    [
        (0, [], "life-limit"),
        (-1, [], "life-limit"),
        (None, [Quota("touchpoint", "after", 0)], "life-limit"),
        (None, [Quota("nothing", "after", 1)], "life-quota-question"),
        (None, [Quota("overall", "5", 1)], "life-quota-question"),
        (None, [Quota("touchpoint", "later", 1)], "life-quota-choice"),
        (None, [Quota("touchpoint", "after", 1), Quota("touchpoint", "after", 2)], "life-quota-twice"),
    ],
)
def test_limits_that_cannot_be_are_refused(
    house: Warehouse, limit: int | None, quotas: list[Quota], code: str
) -> None:
    with pytest.raises(WarehouseError) as refused:
        set_limits(house, SURVEY, limit, quotas)
    assert code_of(refused) == code and life(house, SURVEY).limit is None


def test_a_survey_that_is_not_there_has_no_life(house: Warehouse) -> None:
    for ask in (life, pause, resume, close):
        with pytest.raises(WarehouseError) as refused:
            ask(house, "nothing")
        assert code_of(refused) == "life-survey"


def test_orders_are_kept_over_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "again.duckdb"
    house = open_warehouse(path)
    set_limits(house, SURVEY, 1, [Quota("touchpoint", "after", 1)])
    pause(house, SURVEY)
    house.close()
    house = open_warehouse(path)
    try:
        assert send(house) == "paused"
        resume(house, SURVEY)
        assert [send(house), send(house)] == ["stored", "full"]
    finally:
        house.close()


def test_a_clock_that_goes_backwards_does_not_bring_an_older_order_back(house: Warehouse, at: Clock) -> None:
    pause(house, SURVEY)
    at(NOON - timedelta(days=1))
    resume(house, SURVEY)
    assert life(house, SURVEY).state == "open"

"""The example club is the same every time, loads all or nothing, and tells the story it was made for."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Thread

import pytest

from contract import CensusCounts, NpsCounts, ShareCounts
from tests.warehouse.making import CONTRACT, a_warehouse, answer, local, response
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.as_of import as_of
from warehouse.calendar import to_stored
from warehouse.contract_loading import load_contract
from warehouse.contracts import current_contract
from warehouse.example import LAST_DAY, example_loaded, is_empty, load_example, start_empty
from warehouse.example.loading import Club, make_club
from warehouse.example.story import FIRST_DAY, ZONE, in_bad_patch
from warehouse.members import member_movement
from warehouse.scorecard import Scorecard, scorecard
from warehouse.sql import sql
from warehouse.surveys import EXAMPLE_SETTING

END = local("2026-11-16 00:00")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path_factory.mktemp("example") / "pactboard.duckdb")
    load_example(warehouse, lambda share, words: None)
    yield warehouse
    warehouse.close()


@pytest.fixture(scope="module")
def club() -> Club:
    return make_club(lambda share: None)


@pytest.fixture(scope="module")
def card(house: Warehouse) -> Scorecard:
    found = scorecard(house, END)
    assert found is not None
    return found


def words(card: Scorecard, metric: str) -> dict[str, str]:
    return {row.period.name: row.verdict.word for row in card.rows if row.metric.name == metric}


def test_the_club_is_the_same_every_time(club: Club) -> None:
    assert make_club(lambda share: None) == club
    assert Counter(event.event for event in club.events) == {
        "purchase": 9653,
        "tier": 2106,
        "joined": 1118,
        "left": 209,
        "returned": 27,
    }
    assert len(club.responses) == 5723
    assert sum(score for each in club.responses for score in each.scores if score is not None) == 95178


def test_everything_lies_in_the_eighteen_months_and_in_shop_hours(club: Club) -> None:
    for response_ in club.responses:
        local_time = response_.submitted_at.astimezone(ZONE)
        assert FIRST_DAY <= local_time.date() <= LAST_DAY
        assert local_time.hour >= 10
    for event in club.events:
        assert event.happened_at.astimezone(ZONE).date() <= LAST_DAY
        assert event.event == "joined" or event.happened_at.astimezone(ZONE).date() >= FIRST_DAY


def test_nobody_buys_or_answers_while_not_a_member(club: Club) -> None:
    order = {"joined": 0, "returned": 0, "tier": 1, "purchase": 2, "answer": 2, "left": 3}
    days = [(event.happened_at, order[event.event], event.member_id, event.event) for event in club.events]
    days += [(each.submitted_at, order["answer"], str(each.member_id), "answer") for each in club.responses]
    members: set[str] = set()
    for _, _, member, event in sorted(days):
        if event in ("joined", "returned"):
            assert member not in members
            members.add(member)
        else:
            assert member in members
            if event == "left":
                members.remove(member)
    assert len(members) == 936


def test_tiers_follow_from_purchases_and_a_response_bears_the_tier_of_its_time(club: Club) -> None:
    changes: dict[str, list[tuple[datetime, str]]] = {}
    for event in club.events:
        if event.tier is not None:
            changes.setdefault(event.member_id, []).append((event.happened_at, event.tier))
    for each in club.responses:
        reached = [tier for at, tier in sorted(changes[str(each.member_id)]) if at <= each.submitted_at]
        assert each.tier == reached[-1]
    last = max(
        (event for event in club.events if event.event == "joined"), key=lambda event: event.happened_at
    )
    assert changes[last.member_id][0][1] == "potential"


def test_three_of_four_answer_in_chinese_and_most_with_the_light_form(club: Club) -> None:
    responses = club.responses
    assert sum(each.language == "zh" for each in responses) / len(responses) == pytest.approx(0.75, abs=0.03)
    assert sum(each.channel == "light_form" for each in responses) / len(responses) == pytest.approx(
        0.82, abs=0.03
    )
    assert {each.touchpoint for each in responses} == {"before", "during", "after", None}
    assert {each.tier for each in responses} == {"potential", "new", "returning", "vip"}


def test_comments_are_in_the_language_of_the_answer_and_fit_the_bad_patch(club: Club) -> None:
    commented = [each for each in club.responses if each.texts]
    for each in commented:
        assert each.texts["comment"].isascii() == (each.language == "en")
    late = [
        each for each in commented if "仓库" in each.texts["comment"] or "warehouse" in each.texts["comment"]
    ]
    assert late
    assert all(in_bad_patch(each.submitted_at.astimezone(ZONE).date()) for each in late)


def test_weekends_are_busier_than_mondays(club: Club) -> None:
    bought = [event for event in club.events if event.event == "purchase"]
    weekdays = Counter(event.happened_at.astimezone(ZONE).weekday() for event in bought)
    assert weekdays[5] > 1.4 * weekdays[0]


def test_the_scorecard_tells_of_targets_met_missed_and_not_proven(card: Scorecard) -> None:
    assert words(card, "member_growth") == {
        "2025Q3": "met",
        "2025Q4": "met",
        "2026Q1": "missed",
        "2026Q2": "met",
        "2026Q3": "missed",
        "2026Q4": "on_course",
    }
    assert words(card, "csat_top2") == {
        "2025Q3": "met",
        "2025Q4": "met",
        "2026Q1": "missed",
        "2026Q2": "not_proven",
        "2026Q3": "met",
        "2026Q4": "undecided",
    }
    assert words(card, "nps") == {
        "2025Q3": "met",
        "2025Q4": "not_proven",
        "2026Q1": "missed",
        "2026Q2": "met",
        "2026Q3": "not_proven",
        "2026Q4": "undecided",
    }


def test_the_figures_of_the_last_closed_quarter(card: Scorecard) -> None:
    closed = {pair[0].metric.name: pair[0].counts for pair in card.latest if pair[0]}
    assert closed["member_growth"] == CensusCounts(100 * 21 / 898, 898, 919)
    assert closed["csat_top2"] == ShareCounts(810, 938)
    assert closed["nps"] == NpsCounts(101, 376, 408)


def test_no_tier_of_a_whole_quarter_is_too_small_to_show(card: Scorecard) -> None:
    mine = [each for each in card.tiers if each.metric.name in ("csat_top2", "nps")]
    assert len(mine) == 2 * 6 * 4
    assert not any(each.suppressed for each in mine)


def test_members_balance_from_the_opening_to_the_last_day(house: Warehouse) -> None:
    months = member_movement(house, END).months
    assert (months[0].opening, months[-1].closing) == (828, 936)
    assert sum(each.joined + each.returned - each.left for each in months) == 936 - 828


def test_everything_is_labelled_as_an_example(house: Warehouse, card: Scorecard) -> None:
    loaded = current_contract(house)
    assert loaded is not None
    assert loaded.is_example
    assert card.is_example
    assert example_loaded(house)
    assert not is_empty(house)


@pytest.mark.parametrize("now", ["2026-01-05 12:00", "2026-12-05 12:00", "2029-01-05 12:00"])
def test_no_clock_moves_the_example_from_its_last_day(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch, now: str
) -> None:
    monkeypatch.setattr("warehouse.as_of.utc_now", lambda: local(now))
    assert as_of(house).instant == END
    card = scorecard(house)
    assert card is not None
    assert {row.period.name for row in card.rows if row.state == "running"} == {"2026Q4"}


@pytest.mark.parametrize("at", ["2027-01-08 12:00", "2027-01-08 00:00", "2026-11-16 00:00"])
def test_in_an_example_now_is_the_latest_answer_which_counts(tmp_path: Path, at: str) -> None:
    warehouse = a_warehouse(tmp_path)
    with warehouse.transaction() as cursor:
        cursor.execute(
            sql("core/default_setting"),
            {"name": EXAMPLE_SETTING, "value": END.isoformat(), "recorded_at": to_stored(END)},
        )
    assert as_of(warehouse).instant == END
    answer(warehouse, response("2026-05-02 12:00"))
    assert as_of(warehouse).instant == END
    answer(warehouse, response(at))
    day = local(at).date()
    assert (as_of(warehouse).instant.date(), as_of(warehouse).begun(day)) == (day, True)
    warehouse.close()


def test_an_answer_given_now_counts_with_the_example(tmp_path: Path) -> None:
    warehouse = open_warehouse(tmp_path / "pactboard.duckdb")
    load_example(warehouse, lambda share, said: None)
    at = local("2026-11-20 12:00")

    def n() -> int | None:
        card = scorecard(warehouse, at)
        assert card is not None
        return next(
            row for row in card.rows if row.metric.name == "csat_top2" and row.state == "running"
        ).verdict.estimate.n

    before = n()
    assert warehouse.writer.submit(response("2026-11-20 11:00")).stored
    assert (before, n()) == (584, 585)
    warehouse.close()


def test_loading_takes_less_than_ten_seconds_and_tells_how_far_it_is(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    said: list[tuple[float, str]] = []
    load_example(warehouse, lambda share, message: said.append((share, message)), language="zh")
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert (shares[0], said[-1]) == (0.0, (1.0, "完成"))
    assert len(shares) > 10
    warehouse.close()


def test_a_warehouse_that_is_not_empty_refuses_the_example(house: Warehouse) -> None:
    with pytest.raises(WarehouseError) as refused:
        load_example(house, lambda share, said: None)
    assert refused.value.problem.code == "warehouse-not-empty"
    assert len(house.read("core/responses_after", after_seq=0)) == 5723


@pytest.mark.parametrize("way", ["started empty", "an answer", "a contract"])
def test_the_choice_is_open_until_somebody_starts_empty_or_brings_data(tmp_path: Path, way: str) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    assert is_empty(warehouse)
    if way == "started empty":
        start_empty(warehouse)
    elif way == "an answer":
        answer(warehouse, response())
    else:
        load_contract(warehouse, CONTRACT)
    assert not is_empty(warehouse)
    assert not example_loaded(warehouse)
    with pytest.raises(WarehouseError) as refused:
        load_example(warehouse, lambda share, said: None)
    assert refused.value.problem.code == "warehouse-not-empty"
    warehouse.close()


def test_an_interrupted_load_leaves_an_empty_warehouse_that_loads_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)

    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("warehouse.example.loading.store_responses", interrupted)
        with pytest.raises(KeyboardInterrupt):
            load_example(warehouse, lambda share, said: None)
    assert is_empty(warehouse)
    assert current_contract(warehouse) is None
    load_example(warehouse, lambda share, said: None)
    assert example_loaded(warehouse)
    assert member_movement(warehouse, END).periods[0].opening == 828
    warehouse.close()


def test_two_who_load_at_once_load_it_once(tmp_path: Path) -> None:
    warehouse = a_warehouse(tmp_path, contract=False)
    refused: list[str] = []

    def load() -> None:
        try:
            load_example(warehouse, lambda share, said: None)
        except WarehouseError as error:
            refused.append(error.problem.code)

    threads = [Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["warehouse-not-empty"]
    assert len(warehouse.read("core/responses_after", after_seq=0)) == 5723
    warehouse.close()

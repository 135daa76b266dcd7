"""How the example club was asked: the same every time, with the figures that the page shows."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.warehouse.making import SURVEY, local
from warehouse import Warehouse, open_warehouse
from warehouse.example import load_example
from warehouse.example.loading import Club, make_club
from warehouse.fieldwork.course import page_times
from warehouse.fieldwork.dispositions import waves
from warehouse.fieldwork.flags import flags
from warehouse.fieldwork.rates import rates

END = local("2026-11-16 00:00")


@pytest.fixture(scope="module")
def club() -> Club:
    return make_club(lambda share: None)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path_factory.mktemp("asking") / "pactboard.duckdb")
    load_example(warehouse, lambda share, words: None)
    yield warehouse
    warehouse.close()


def test_nothing_happens_to_a_form_after_the_example_ends_and_no_event_is_told_twice(club: Club) -> None:
    events = club.asking.events
    assert all(event.happened_at <= END and event.shown_at <= event.happened_at for event in events)
    assert len({event.key for event in events}) == len(events)


def test_each_wave_invites_who_is_a_member_once_and_an_answer_is_the_member_s_own(club: Club) -> None:
    answered = {each.response_id: each.member_id for each in club.responses}
    for wave in ("2026Q3", "2026Q4"):
        mine = [each for each in club.asking.invitations if each.wave == wave]
        assert max(Counter(each.member_id for each in mine).values()) == 1
        assert all(answered.get(each.response_id, each.member_id) == each.member_id for each in mine)
    ids = Counter(each.response_id for each in club.asking.invitations)
    assert max(ids.values()) == 1


def test_the_waves_tell_of_a_closed_and_of_a_running_one(house: Warehouse) -> None:
    running, closed, open_link = waves(house, SURVEY)
    names = [(each.name, each.is_running) for each in (running, closed)]
    assert names == [("2026Q4", True), ("2026Q3", False)]
    assert (running.tally.cases, running.tally.completed) == (929, 185)
    assert (closed.tally.cases, closed.tally.completed) == (910, 297)
    assert rates(closed)[0].percent == pytest.approx(100 * 297 / 910)
    assert open_link.name is None and open_link.tally.completed == 5723 - 185 - 297


def test_some_are_too_fast_and_the_median_is_under_a_minute(house: Warehouse) -> None:
    fast = flags(house, SURVEY).whole[0]
    assert fast.judged == 5723 and 0.02 < fast.flagged / fast.judged < 0.06
    (page,) = page_times(house, SURVEY)[None]
    assert page.median is not None and 40 < page.median < 60

"""Completions a day, break-off and time on pages, against cases worked out by hand."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from survey import new_response_id
from tests.warehouse.fieldwork.making import NOON, completed, happened, of_member
from tests.warehouse.inviting import SURVEY, WAVE, links
from tests.warehouse.making import a_warehouse, local
from warehouse import Warehouse
from warehouse.fieldwork.course import break_offs, completions, page_times
from warehouse.invitees import Invitee


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path, contract=False)
    yield warehouse
    warehouse.close()


def test_a_form_completed_at_midnight_in_shanghai_belongs_to_the_day_that_begins(house: Warehouse) -> None:
    links(house, Invitee("M1"), Invitee("M2"))
    completed(house, of_member(house, "M1"), local("2026-11-02 23:59:59"))
    completed(house, of_member(house, "M2"), local("2026-11-03 00:00"))
    completed(house, at=local("2026-11-03 07:59"))  # still 2 November in UTC
    found = completions(house, SURVEY)
    assert found[WAVE] == {date(2026, 11, 2): 1, date(2026, 11, 3): 1}
    assert found[None] == {date(2026, 11, 3): 1}


def test_a_form_is_broken_off_after_the_furthest_question_it_reached(house: Warehouse) -> None:
    for _ in range(2):
        happened(
            house, new_response_id(NOON), ("started", None), ("question", "ease"), ("question", "overall")
        )
    happened(house, new_response_id(NOON), ("opened", None), ("started", None))
    happened(house, new_response_id(NOON), ("opened", None))  # never begun, so not broken off
    done = completed(house)
    happened(house, done, ("started", None), ("question", "overall"))
    assert break_offs(house, SURVEY) == {None: {"ease": 2, "": 1}}


def left(house: Warehouse, *seconds: float) -> None:
    """A form whose pages were left so many seconds after it was shown."""
    form = new_response_id(NOON)
    for page, after in enumerate(seconds):
        happened(house, form, ("page", page), at=NOON + timedelta(seconds=after), shown_at=NOON)


def test_time_on_a_page_runs_from_the_page_before_and_is_shown_by_quartiles(house: Warehouse) -> None:
    for first, second in ((10, 14), (20, 30), (30, 50), (40, 41), (50, 150)):
        left(house, first, second)
    one, two = page_times(house, SURVEY)[None]
    assert (one.page, one.n, one.lower, one.median, one.upper) == (0, 5, 20.0, 30.0, 40.0)
    assert (two.page, two.n, two.lower, two.median, two.upper) == (1, 5, 4.0, 10.0, 20.0)


def test_a_page_whose_beginning_is_not_known_is_left_out_and_few_forms_are_not_shown(
    house: Warehouse,
) -> None:
    for first in (10, 20, 30, 40):
        left(house, first)
    form = new_response_id(NOON)
    # Opened again on another sheet, where the first page was sent a second time, which is not told again.
    happened(house, form, ("page", 0), at=NOON + timedelta(seconds=50), shown_at=NOON)
    happened(house, form, ("page", 1), at=NOON + timedelta(hours=9), shown_at=NOON + timedelta(hours=8))
    (one,) = page_times(house, SURVEY)[None]
    assert (one.page, one.n, one.median) == (0, 5, 30.0)
    left(house, 5, 6)
    assert [(each.page, each.n, each.median) for each in page_times(house, SURVEY)[None]] == [
        (0, 6, 25.0),
        (1, None, None),
    ]


def test_a_form_that_was_filled_in_in_two_tabs_counts_once_on_every_page(house: Warehouse) -> None:
    for first, second in ((10, 20), (20, 40), (30, 60), (40, 80)):
        left(house, first, second)
    form, later = new_response_id(NOON), NOON + timedelta(seconds=5)
    # The tabs take turns: each page is sent first by another one.
    happened(house, form, ("page", 0), at=NOON + timedelta(seconds=25), shown_at=NOON)
    happened(house, form, ("page", 0), at=NOON + timedelta(seconds=26), shown_at=later)
    happened(house, form, ("page", 1), at=NOON + timedelta(seconds=46), shown_at=later)
    happened(house, form, ("page", 1), at=NOON + timedelta(seconds=95), shown_at=NOON)
    one, two = page_times(house, SURVEY)[None]
    assert (one.n, one.median) == (5, 25.0)
    assert (two.n, two.lower, two.median, two.upper) == (5, 20.0, 20.0, 30.0)

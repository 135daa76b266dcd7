from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import new_response_id, receipt_number, response_id_at, started_at

# Hypothesis takes the bounds without a zone and adds it.
FIRST, LAST = datetime(1970, 1, 1), datetime(9000, 1, 1)  # noqa: DTZ001
INSTANTS = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC))


@given(INSTANTS, INSTANTS)
def test_ids_sort_by_the_time_they_were_made(one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    if second - first >= timedelta(microseconds=1):
        assert new_response_id(first) < new_response_id(second)
        assert new_response_id(first).bytes < new_response_id(second).bytes


@given(INSTANTS, st.text(), st.text())
def test_both_kinds_of_id_are_version_7_and_tell_their_time(instant: datetime, survey: str, row: str) -> None:
    for made in (new_response_id(instant), response_id_at(instant, survey, row)):
        assert made.version == 7
        assert made.variant == "specified in RFC 4122"
        assert timedelta(0) <= instant - started_at(made) < timedelta(milliseconds=1)


def test_the_time_field_is_that_of_the_example_in_the_rfc() -> None:
    # RFC 9562, A.6: 2022-02-22 14:22:22.00 GMT-05:00 is 0x017F22E279B0.
    instant = datetime(2022, 2, 22, 14, 22, 22, tzinfo=timezone(timedelta(hours=-5)))
    assert str(new_response_id(instant)).startswith("017f22e2-79b0-7")


def test_ids_of_neighbouring_microseconds_sort_by_time() -> None:
    start = datetime(2026, 7, 1, tzinfo=UTC)
    made = [new_response_id(start + timedelta(microseconds=micro)) for micro in range(3000)]
    assert made == sorted(made)


def test_ids_of_the_same_instant_differ() -> None:
    now = datetime(2026, 7, 1, tzinfo=UTC)
    assert len({new_response_id(now) for _ in range(10_000)}) == 10_000


def test_a_new_id_is_made_now() -> None:
    assert abs(datetime.now(UTC) - started_at(new_response_id())) < timedelta(minutes=1)


def test_the_same_row_of_a_file_has_the_same_id_for_ever() -> None:
    instant = datetime(2017, 5, 13, 6, tzinfo=UTC)
    made = response_id_at(instant, "sfo-2017", "1")
    assert made == UUID("015c0064-6b00-705b-935f-78de260fbc2d")
    assert made == response_id_at(instant.astimezone(timezone(timedelta(hours=8))), "sfo-2017", "1")
    others = {
        response_id_at(instant, "sfo-2017", "2"),
        response_id_at(instant, "sfo-2016", "1"),
        response_id_at(instant, "sfo-201", "71"),
        response_id_at(instant + timedelta(milliseconds=1), "sfo-2017", "1"),
    }
    assert len(others | {made}) == 5


def test_a_row_id_with_a_lone_surrogate_still_has_an_id() -> None:
    assert response_id_at(datetime(2026, 1, 1, tzinfo=UTC), "a", "\ud800").version == 7


@pytest.mark.parametrize("instant", [datetime(2026, 1, 1), datetime(1969, 12, 31, tzinfo=UTC)])  # noqa: DTZ001 the refused case
def test_an_instant_without_a_zone_or_before_1970_has_no_id(instant: datetime) -> None:
    with pytest.raises(ValueError):
        new_response_id(instant)
    with pytest.raises(ValueError):
        response_id_at(instant, "a", "1")


def test_an_id_that_is_not_ordered_by_time_has_no_start() -> None:
    with pytest.raises(ValueError):
        started_at(UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))


@given(st.uuids())
def test_a_receipt_has_no_sign_that_is_misread(response_id: UUID) -> None:
    number = receipt_number(response_id)
    assert len(number) == 9
    assert number[4] == "-"
    assert set(number.replace("-", "")) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert number == receipt_number(UUID(str(response_id)))


def test_receipts_use_all_forty_bits() -> None:
    numbers = [receipt_number(UUID(int=value)) for value in range(5000)]
    assert len(set(numbers)) == 5000
    assert all(len({number[place] for number in numbers}) == 32 for place in (0, 1, 2, 3, 5, 6, 7, 8))

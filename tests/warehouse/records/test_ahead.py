"""What states that something has happened does not lie ahead; what is planned may."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.warehouse.records.keeping import a_house, keep
from warehouse.calendar import from_stored, local_day, utc_now
from warehouse.records.catalogue import record_type, record_types
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import history

CASE = {"subject": "x", "category": "complaint", "severity": "high", "channel": "hotline"}
PAYMENT = {"title": "x", "what": "base_fee", "payer": "party_a", "amount": "1", "due_on": "2199-01-01"}


def test_an_instant_lies_at_most_by_what_a_clock_is_fast_ahead(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        for minutes, refused in ((4, False), (7, True)):
            at = (utc_now() + timedelta(minutes=minutes)).astimezone(house.reporting_zone)
            row = {**CASE, "number": str(minutes), "received_at": f"{at:%Y-%m-%d %H:%M:%S}"}
            if not refused:
                assert keep(house, "service_case", row).added == 1
                continue
            with pytest.raises(RecordRefusedError) as caught:
                keep(house, "service_case", row)
            (problem,) = caught.value.problems
            assert (problem.code, problem.where) == ("record-ahead", "Received")


def test_a_day_on_which_something_was_done_is_no_later_than_today_here(tmp_path: Path) -> None:
    with a_house(tmp_path) as house:
        today = local_day(utc_now() + timedelta(minutes=5), house.reporting_zone)
        with pytest.raises(RecordRefusedError, match="This lies ahead"):
            keep(house, "payment", {**PAYMENT, "paid_on": str(today + timedelta(days=1))})
        assert keep(house, "payment", {**PAYMENT, "paid_on": str(today - timedelta(days=1))}).added == 1


def test_every_day_of_what_was_done_is_declared_so() -> None:
    done = ("held_on", "given_on", "delivered_on", "done_on", "paid_on", "answered_on", "checked_on")
    done += ("remedied_on", "said_on")
    days = {f.code: f.happened for kind in record_types() for f in kind.fields if f.kind == "day"}
    assert all(days[code] for code in done)
    assert not any(
        happened for code, happened in days.items() if code.startswith(("due", "planned", "in_force"))
    )


def test_an_approval_bears_the_moment_at_which_the_name_was_entered(tmp_path: Path) -> None:
    kind = record_type("plan_item")
    with a_house(tmp_path) as house:
        keep(house, "plan_item", {"title": "x", "due_on": "2026-03-31"})
        with pytest.raises(RecordRefusedError, match="Approved: Your role"):
            keep(house, "plan_item", {"approved_by": "Gu", "approved_at": "2026-01-01 10:00"}, role="party_a")
        with pytest.raises(RecordRefusedError, match="A value is missing"):
            keep(house, "plan_item", {"approved_at": "2026-01-01 10:00"})
        keep(house, "plan_item", {"approved_by": "Gu Cheng"}, role="party_a")
        now = history(house, kind, "party_b", "1")[-1]
        at, day = now.values["approved_at"], now.recorded_by
        assert isinstance(at, datetime) and abs(from_stored(at) - utc_now()) < timedelta(minutes=5)
        assert day == "party_a" and isinstance(local_day(from_stored(at), house.reporting_zone), date)

"""Local days and stored instants."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from importlib.metadata import version
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.calendar import from_stored, local_day, to_stored
from warehouse.database import DEFAULT_ZONE
from warehouse.settings import PROJECT

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLIEST, LATEST = datetime.fromisoformat("1970-01-02"), datetime.fromisoformat("2100-01-01")


def test_an_evening_in_utc_is_the_next_day_in_shanghai() -> None:
    instant = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)
    assert local_day(instant, SHANGHAI) == date(2026, 4, 1)
    assert local_day(instant - timedelta(microseconds=1), SHANGHAI) == date(2026, 3, 31)


@given(st.datetimes(EARLIEST, LATEST), st.integers(-14 * 60, 14 * 60))
def test_a_stored_instant_is_the_same_instant_whatever_zone_it_came_in(naive: datetime, minutes: int) -> None:
    instant = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    stored = to_stored(instant)
    assert stored.tzinfo is None
    assert from_stored(stored) == instant


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime.fromisoformat("2026-03-31")
    with pytest.raises(ValueError, match="time zone"):
        to_stored(naive)
    with pytest.raises(ValueError, match="time zone"):
        local_day(naive, SHANGHAI)


def test_time_zones_come_with_the_requirements_where_the_system_has_none() -> None:
    requirements = (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert f"tzdata=={version('tzdata')}" in requirements
    program = "import sys, zoneinfo; zoneinfo.reset_tzpath([]); print(zoneinfo.ZoneInfo(sys.argv[1]).key)"
    done = subprocess.run(
        [sys.executable, "-c", program, DEFAULT_ZONE], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == DEFAULT_ZONE

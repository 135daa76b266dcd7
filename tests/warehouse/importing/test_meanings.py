"""What single raw values mean: an instant lies between 1970 and tomorrow."""

from datetime import UTC, datetime

import pytest

from warehouse.importing.mapping import SubmittedAt
from warehouse.importing.meanings import instant

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("1970-01-01 00:00", None),
        ("1969-12-31 23:59", "row-date-range"),
        ("2026-03-02 12:00", None),
        ("2026-03-02 12:01", "row-date-range"),
        ("2027-03-01 12:00", "row-date-range"),
    ],
)
def test_an_instant_lies_between_1970_and_a_day_from_now(
    monkeypatch: pytest.MonkeyPatch, raw: str, code: str | None
) -> None:
    monkeypatch.setattr("warehouse.importing.meanings.utc_now", lambda: NOW)
    read = instant(SubmittedAt(text="{d}", formats=("%Y-%m-%d %H:%M",), zone="UTC"))(raw)
    assert (read.problem and read.problem.code) == code
    assert (read.value is None) == (code is not None)

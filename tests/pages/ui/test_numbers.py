"""Numbers and dates as each language writes them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from contract.wording import decimals_beside
from pages.ui.numbers import amount, confidence, day, instant, month, span


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (88.04, "percent", "88.0\N{NO-BREAK SPACE}%", "88.0%"),
        (-3.508, "points", "−3.5", "−3.5"),
        (4.0380, "scale", "4.04", "4.04"),
        (2746, "count", "2,746", "2,746"),
        (121.0, "days", "121\N{NO-BREAK SPACE}days", "121\N{NO-BREAK SPACE}天"),
        (1.0, "days", "1\N{NO-BREAK SPACE}day", "1\N{NO-BREAK SPACE}天"),
        (1520.5, "money", "1,520.50", "1,520.50"),
        (3.0, "count", "3", "3"),
        (None, "percent", "–", "–"),
        (-0.04, "percent", "0.0\N{NO-BREAK SPACE}%", "0.0%"),
        (Decimal("82.905"), "percent", "82.9\N{NO-BREAK SPACE}%", "82.9%"),
    ],
)
def test_an_amount_has_the_decimals_and_the_sign_of_its_unit(
    value: float | None, unit: str, english: str, chinese: str
) -> None:
    assert (amount(value, unit, "en"), amount(value, unit, "zh")) == (english, chinese)


def test_a_signed_amount_says_plus_only_above_zero() -> None:
    assert [amount(value, "count", "en", signed=True) for value in (32, 0, -18)] == ["+32", "0", "−18"]


def test_a_confidence_has_no_idle_decimals() -> None:
    assert (confidence(0.95, "zh"), confidence(0.975, "zh")) == ("95%", "97.5%")


def test_an_interval_names_its_unit_once_and_can_be_none() -> None:
    assert span(84.1, 90.9, "percent", "zh") == "84.1 – 90.9%"
    assert span(-3.0, 5.0, "points", "en") == "−3.0 – 5.0"
    assert span(None, 5.0, "points", "en") == "–"


def test_days_and_instants_are_said_in_the_zone_the_figures_are_counted_in() -> None:
    assert (day(date(2026, 9, 30), "en"), day(date(2026, 9, 30), "zh")) == ("30 Sep 2026", "2026年9月30日")
    moment = datetime(2026, 9, 30, 17, 5, tzinfo=UTC)
    assert instant(moment, "Asia/Shanghai", "en") == "1 Oct 2026, 01:05 (Asia/Shanghai)"
    assert (month(date(2026, 9, 30), "en"), month(date(2026, 9, 30), "zh")) == ("Sep 2026", "2026年9月")


@pytest.mark.parametrize(
    ("target", "figure", "decimals"),
    [
        (Decimal("2.55"), 2.3, 2),
        (Decimal("2.0"), 2.3, 1),
        (Decimal("85"), 84.96, 2),
        (Decimal("82.91"), 100 * 0.8291, 2),
        (82.91, None, 2),
        (None, 84.96, 1),
    ],
)
def test_figures_beside_a_target_have_its_decimals_and_those_that_tell_them_apart(
    target: Decimal | float | None, figure: float | None, decimals: int
) -> None:
    assert decimals_beside(target, "percent", figure) == decimals

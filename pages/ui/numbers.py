"""Numbers, dates and instants as a reader of that language writes them, with the unit."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from contract.wording import DECIMALS

LOCALES = {"en": "en", "zh": "zh_Hans_CN"}
NOTHING = "–"
_DECIMALS = DECIMALS


def amount(
    value: float | Decimal | None,
    unit: str,
    language: str,
    signed: bool = False,
    decimals: int | None = None,
) -> str:
    """A value in its unit: "88.0 %", "−3.5", "4.04", "1,204"; a dash for None.

    Args:
        value: in the metric's own unit; a share in percent, 0 to 100.
        unit: percent, points (NPS), scale (a mean in its own scale), count, days, money (of the contract's
            currency, which is not written) or per_1000.
        language: en or zh.
        signed: a plus sign before what is above zero.
        decimals: how many, those of the unit when None; see `decimals_beside`.
    """
    if value is None:
        return NOTHING
    digits = "0" * (_DECIMALS[unit] if decimals is None else decimals)
    return _written(value, f"#,##0.{digits}" if digits else "#,##0", unit, language, signed)


def money(value: Decimal | None, currency: str, scale: int, language: str, signed: bool = False) -> str:
    """An amount with the code of its currency and `scale` decimals: "CNY 12,000.00", "−CNY 3,000.00".

    The code and not the sign, since ¥ is the sign of two currencies.
    """
    if value is None:
        return NOTHING
    pattern = "¤¤\N{NO-BREAK SPACE}#,##0" + ("." + "0" * scale if scale else "")
    text = format_currency(value, currency, pattern, LOCALES[language], currency_digits=False)
    return f"+{text}" if signed and value > 0 else text.replace("-", "−")


def confidence(proportion: float, language: str) -> str:
    """A confidence of 0.95 as "95 %"."""
    return _written(100 * proportion, "0.##", "percent", language, signed=False)


@lru_cache(maxsize=8192, typed=True)  # a page writes the same figures at every run
def _written(value: float | Decimal, pattern: str, unit: str, language: str, signed: bool) -> str:
    text = format_decimal(value, pattern, locale=LOCALES[language]).replace("-", "−")
    if text.strip("−0.,") == "":
        text = text.lstrip("−")  # a rounded nothing has no sign
    elif signed and value > 0:
        text = f"+{text}"
    if unit == "percent":
        return f"{text}%" if language == "zh" else f"{text}\N{NO-BREAK SPACE}%"
    if unit == "days":
        return f"{text}\N{NO-BREAK SPACE}{'天' if language == 'zh' else 'day' if text == '1' else 'days'}"
    return text


def span(low: float | None, high: float | None, unit: str, language: str, decimals: int | None = None) -> str:
    """An interval, "84.1 – 90.9 %"; a dash when there is none."""
    if low is None or high is None:
        return NOTHING
    first = amount(low, unit, language, decimals=decimals).removesuffix("%").rstrip()
    return f"{first} – {amount(high, unit, language, decimals=decimals)}"


def day(value: date, language: str) -> str:
    """ "30 Sep 2026" or "2026年9月30日"."""
    return format_date(value, "y年M月d日" if language == "zh" else "d MMM y", locale=LOCALES[language])


def month(value: date, language: str) -> str:
    """The month that the day lies in: "Sep 2026" or "2026年9月"."""
    return format_date(value, "y年M月" if language == "zh" else "MMM y", locale=LOCALES[language])


def moment(value: datetime, zone: str, language: str) -> str:
    """An instant in a zone that is said elsewhere: "1 Oct 2026, 09:30"."""
    pattern = "y年M月d日 HH:mm" if language == "zh" else "d MMM y, HH:mm"
    return format_datetime(value.astimezone(ZoneInfo(zone)), pattern, locale=LOCALES[language])


def instant(value: datetime, zone: str, language: str) -> str:
    """An instant in the zone the figures are counted in: "1 Oct 2026, 09:30 (Asia/Shanghai)"."""
    return f"{moment(value, zone, language)} ({zone})"

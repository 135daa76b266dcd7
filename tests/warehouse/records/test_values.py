"""One value of each kind: what is read, what is refused, and that what is written is read again."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.problems import Problem
from warehouse.records.declaring import Choice, Field, FieldKind, Texts
from warehouse.records.values import read_value, written_value

ZONE = ZoneInfo("Asia/Shanghai")
EPOCH = datetime.fromisoformat("1970-01-01")
TITLE = Texts(en="Title", zh="标题")


def field(kind: FieldKind) -> Field:
    code = "seen_at" if kind == "instant" else "seen"
    choices = (Choice(code="high", title=Texts(en="High", zh="高")),) if kind == "choice" else ()
    return Field(code=code, kind=kind, title=TITLE, choices=choices, least=-5)


@pytest.mark.parametrize("kind", ["text", "note"])
def test_what_turns_the_order_of_a_text_or_hides_in_it_is_taken_out(kind: FieldKind) -> None:
    assert read_value(field(kind), "paid\u202e\u20665\u200b00\u2069 \ufeff", ZONE) == "paid500"
    assert read_value(field(kind), "\u202e\u200b", ZONE) is None
    family = "\U0001f469\u200d\U0001f467"  # joined by a character that is not seen
    assert read_value(field(kind), family, ZONE) == family


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("choice", "高", "high"),
        ("choice", "HIGH", "high"),
        ("whole", "1,200", 1200),
        ("whole", "3.0", 3),
        ("whole", "-5", -5),
        ("money", "1,200.5", Decimal("1200.50")),
        ("money", "1,234,567", Decimal(1234567)),
        ("day", "2026/09/30", date(2026, 9, 30)),
        ("day", "2026/7/1", date(2026, 7, 1)),
        ("day", "2026/7/1 0:00", date(2026, 7, 1)),
        ("day", "2026年7月1日", date(2026, 7, 1)),
        ("day", "2026-09-30 00:00:00", date(2026, 9, 30)),
        ("instant", "2026-10-01 00:30", datetime.fromisoformat("2026-09-30T16:30")),
        ("instant", "2026/10/1 0:30", datetime.fromisoformat("2026-09-30T16:30")),
        ("instant", "2026年10月1日 0:30", datetime.fromisoformat("2026-09-30T16:30")),
        ("instant", "2026年10月01日0:30", datetime.fromisoformat("2026-09-30T16:30")),
        ("instant", "2026-10-01T00:30:05+00:00", datetime.fromisoformat("2026-10-01T00:30:05")),
        ("time", "9:05", time(9, 5)),
        ("time", "08:30:00", time(8, 30)),
        ("time", "8：30", time(8, 30)),
        ("yes_no", "是", True),
        ("yes_no", "No", False),
        ("text", "  x ", "x"),
        ("note", "a\r\nb", "a\nb"),
        ("text", " ", None),
    ],
)
def test_a_value_is_read_as_people_and_spreadsheets_write_it(
    kind: FieldKind, written: str, value: object
) -> None:
    assert read_value(field(kind), written, ZONE) == value


@pytest.mark.parametrize(("language", "known"), [("en", "high (High)"), ("zh", "high (高)")])
def test_what_may_be_chosen_is_told_by_code_and_by_title_for_the_reader(language: str, known: str) -> None:
    found = read_value(field("choice"), "middle", ZONE, language)
    assert isinstance(found, Problem) and known in found.words(language)


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("choice", "middle"),
        ("day", "2026年2月30日"),
        ("day", "2026年7月"),
        ("whole", "1.5"),
        ("whole", "1,5"),
        ("whole", "1,2000"),
        ("money", "12,50"),
        ("money", "1,2345.00"),
        ("day", "2026/7/32"),
        ("day", "2026/7/1 9:00"),
        ("instant", "2026/7/1"),
        ("whole", "-6"),
        ("whole", "١"),
        ("money", "1.234"),
        ("money", "NaN"),
        ("day", "2026-02-29"),
        ("day", "0001-01-01"),
        ("instant", "2026-02-28"),
        ("instant", "2026-02-28 25:00"),
        ("time", "24:00"),
        ("time", "8:60"),
        ("time", "8:30:15"),
        ("time", "8.5"),
        ("yes_no", "perhaps"),
        ("text", "a\nb"),
        ("text", "x" * 201),
        ("note", "a\x00b"),
    ],
)
def test_a_value_that_is_none_is_refused_by_the_title_of_its_field(kind: FieldKind, written: str) -> None:
    found = read_value(field(kind), written, ZONE, "zh")
    assert isinstance(found, Problem) and found.where == "标题" and found.words("zh")


@given(
    st.one_of(
        st.integers(-(10**9), 10**9).map(lambda seconds: ("instant", EPOCH + timedelta(seconds=seconds))),
        st.dates(date(1950, 1, 1), date(2150, 1, 1)).map(lambda day: ("day", day)),
        st.decimals(-5, 10**9, places=2).map(lambda amount: ("money", amount)),
        st.times().map(lambda at: ("time", at.replace(second=0, microsecond=0))),
        st.booleans().map(lambda said: ("yes_no", said)),
    )
)
def test_what_is_written_is_read_as_the_same_value(drawn: tuple[FieldKind, object]) -> None:
    kind, value = drawn
    text = written_value(field(kind), value, ZoneInfo("UTC"))
    assert read_value(field(kind), text, ZoneInfo("UTC")) == value

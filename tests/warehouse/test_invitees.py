"""Members read from a CSV file: what is taken, and each thing that is refused by row."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.importing import ImportRefusedError
from warehouse.invitees import MOST_CHARACTERS, Invitee, read_invitees

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)


def refused(content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(ImportRefusedError) as refusal:
        read_invitees(content, "m.csv")
    return [(problem.code, problem.where) for problem in refusal.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_members_are_read_with_tier_and_language_and_other_columns_beside_them(encoding: str) -> None:
    text = "姓名,language,member_id,tier\n张三,zh-CN,M1,金卡\n李四,, 007 ,\n"
    assert read_invitees(text.encode(encoding), "m.csv") == (
        Invitee("M1", "金卡", "zh", {"姓名": "张三"}),
        Invitee("007", fields={"姓名": "李四"}),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_tier_and_language_may_be_absent(delimiter: str) -> None:
    text = f"member_id{delimiter}note\r\nM1{delimiter}x\r\n"
    assert read_invitees(text.encode(), "m.csv") == (Invitee("M1", fields={"note": "x"}),)


@given(st.lists(CELLS, min_size=1, unique=True), st.sampled_from([None, "gold", "金卡"]))
def test_every_member_of_a_file_is_an_invitee_in_its_order(names: list[str], tier: str | None) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerows([("member_id", "tier"), *((name, tier or "") for name in names)])
    found = read_invitees(file.getvalue().encode("utf-8-sig"), "m.csv")
    assert found == tuple(Invitee(name, tier) for name in names)


def test_everything_wrong_is_said_by_row_at_once() -> None:
    rows = ["M1,gold,zh", ",gold,zh", "M1,,", "M2,,!!", f"{'x' * (MOST_CHARACTERS + 1)},,", "M3,a\x07b,"]
    content = "\n".join(["member_id,tier,language", *rows]).encode()
    assert refused(content) == [
        ("invitation-member-blank", "m.csv, 3"),
        ("invitation-member-twice", "m.csv, 4"),
        ("invitation-language", "m.csv, 5"),
        ("invitation-member-long", "m.csv, 6"),
        ("invitation-member-long", "m.csv, 7"),
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"PK\x03\x04", "file-not-csv"),
        (b"member_id\n", "file-no-rows"),
        (b"id,tier\nM1,gold\n", "invitation-column"),
        (b"member_id,member_id\nM1,M2\n", "invitation-column-twice"),
        (b"member_id,tier\nM1\n", "file-ragged"),
        (b'member_id\n"M1\n', "file-quote"),
        (b"member_id\nM\x001\n", "file-nul"),
    ],
)
def test_a_file_that_names_no_members_is_refused(content: bytes, code: str) -> None:
    assert [found for found, _ in refused(content)] == [code]

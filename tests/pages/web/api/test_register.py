"""Programs send members, purchases and events: once however often, all or none, each wrong cell told."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

import warehouse
from tests.pages.web.api.calling import Program, codes
from warehouse.audit.chain import newest
from warehouse.registering import load, prepare

MEMBERS, PURCHASES, EVENTS = (f"/api/v1/register/{kind}" for kind in ("members", "purchases", "events"))
MEMBER: dict[str, Any] = {"member_id": "M1", "language": "zh", "channel": "store", "city": "上海"}
PURCHASE: dict[str, Any] = {
    "purchase_id": 17,
    "member_id": "M1",
    "amount": 12.5,
    "bought_at": "2026-07-01T00:30:00+08:00",
}
EVENT: dict[str, Any] = {
    "event_id": "E1",
    "member_id": "M1",
    "event": "joined",
    "happened_at": "2026-06-30",
}
MAPPING = """
apiVersion: pactboard/v1
kind: PurchaseMapping
title: {zh: 订单, en: Orders}
source: crm
member: member
bought_at: {text: "{day}", formats: ["%Y-%m-%d"], zone: Asia/Shanghai}
amount: amount
row_id: "{order}"
"""


def told(answer: httpx.Response) -> tuple[int, tuple[int, int, int]]:
    """Status, and how many were new, corrected and known."""
    body = answer.json()
    return answer.status_code, (body["new"], body["corrected"], body["known"])


def happened() -> list[tuple[str, str, str]]:
    """Event, day and amount of everything that counts."""
    with warehouse.serving().transaction() as cursor:
        rows = cursor.execute(
            "SELECT event, day, amount FROM member_history ORDER BY day, event, amount"
        ).fetchall()
    return [(event, str(day), str(amount or "")) for event, day, amount in rows]


def test_each_row_counts_once_by_its_id_and_is_corrected_by_the_same_id(program: Program) -> None:
    for path, row in ((MEMBERS, MEMBER), (EVENTS, EVENT), (PURCHASES, PURCHASE)):
        assert told(program.send([row], path)) == (201, (1, 0, 0))
        assert told(program.send([row], path)) == (200, (0, 0, 1))
    assert told(
        program.send([PURCHASE | {"amount": "13.00"}, PURCHASE | {"purchase_id": 18}], PURCHASES)
    ) == (*(201, (1, 1, 0)),)
    # Half past midnight in Shanghai is still the day before in UTC.
    assert happened() == [
        ("joined", "2026-06-30", ""),
        ("purchase", "2026-07-01", "12.50"),
        ("purchase", "2026-07-01", "13.00"),
    ]


def test_a_key_left_out_stays_and_null_empties_it(program: Program) -> None:
    program.send([MEMBER | {"phone": 13800000000, "joined_at": "2026-01-05"}], MEMBERS)
    program.send([{"member_id": "M1", "language": "zh", "channel": "app", "city": None}], MEMBERS)
    with warehouse.serving().transaction() as cursor:
        rows = cursor.execute("SELECT channel, phone, city FROM member_file").fetchall()
    assert rows == [("app", "13800000000", None)]
    assert happened() == [("joined", "2026-01-05", "")]


def test_everything_wrong_is_told_with_its_place_and_nothing_is_stored(program: Program) -> None:
    program.send([MEMBER], MEMBERS)
    refused = program.send(
        [
            PURCHASE,
            PURCHASE,
            PURCHASE | {"purchase_id": 2, "amount": "1,200"},
            PURCHASE | {"purchase_id": 3, "bought_at": "1/7/2026"},
            PURCHASE | {"purchase_id": 4, "bought_at": "2199-01-01"},
        ],
        PURCHASES,
    )
    assert refused.status_code == 422
    assert codes(refused) == [
        ("row-sent-twice", "[1].purchase_id"),
        ("amount-unfit", "[2].amount"),
        ("row-date-sent", "[3].bought_at"),
        ("row-date-sent", "[4].bought_at"),
    ]
    stranger = program.send([PURCHASE, PURCHASE | {"purchase_id": 5, "member_id": "M9"}], PURCHASES)
    assert codes(stranger) == [("row-member-unknown", "[1].member_id")]
    assert happened() == []
    wrong = program.send([EVENT | {"event": "married"}, EVENT | {"event_id": "E2", "event": "tier"}], EVENTS)
    assert codes(wrong) == [("row-event-unknown", "[0].event"), ("tier-blank", "[1].tier")]
    wrong = program.send(
        [MEMBER | {"language": "klingon!"}, {"member_id": "M3"}, 7, MEMBER | {"x": 1}], MEMBERS
    )
    assert set(codes(wrong)) == {
        *(("key-not-given", f"[1].{key}") for key in ("language", "channel")),
        *(("body-not-an-object", "[2]"), ("key-not-known", "[3].x")),
    }
    assert codes(program.send([MEMBER | {"language": "?"}], MEMBERS)) == [
        ("row-language-unknown", "[0].language")
    ]
    assert codes(program.send([MEMBER | {"city": ["a"]}], MEMBERS)) == [("row-value", "[0].city")]


@pytest.mark.parametrize("path", [MEMBERS, PURCHASES, EVENTS])
def test_what_is_no_list_of_rows_is_refused_as_it_should(program: Program, path: str) -> None:
    statuses = {
        400: [program.send({}, path), program.send(b"[", path)],
        401: [program.send([], path, authorization=""), program.send([], path, authorization="Bearer x")],
        405: [program.get(path)],
        413: [program.send(b"[" + b"1," * 600_000 + b"1]", path), program.send([1] * 1_001, path)],
        415: [program.send([], path, content_type="text/csv")],
    }
    for status, refused in statuses.items():
        assert [each.status_code for each in refused] == [status] * len(refused)
        assert all(codes(each) for each in refused)
    assert told(program.send([], path)) == (200, (0, 0, 0))
    assert program.send([], "/api/v1/register/answers").status_code == 404


def test_a_file_whose_mapping_names_the_program_as_its_source_knows_the_same_orders(
    program: Program, tmp_path: Path
) -> None:
    program.send([MEMBER], MEMBERS)
    program.send([PURCHASE], PURCHASES)
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "orders.csv").write_text(
        "order,member,day,amount\n17,M1,2026-07-01,14.00\n", encoding="utf-8"
    )
    prepared = prepare(tmp_path / "orders.csv", tmp_path / "map.yaml", "purchases", ZoneInfo("Asia/Shanghai"))
    assert load(warehouse.serving(), prepared).changed == 1
    assert happened() == [("purchase", "2026-07-01", "14.00")]


def test_the_record_of_actions_says_what_came_and_nothing_of_members(program: Program) -> None:
    program.send([MEMBER], MEMBERS)
    program.send([MEMBER], MEMBERS)
    (entry,) = newest(warehouse.serving(), 10, "imported")
    assert (entry.actor, entry.subject) == ("program crm", "members")
    assert "M1" not in str(entry) and "上海" not in str(entry)


def test_a_writer_that_is_busy_is_503_and_nothing_is_stored(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.web.api.endpoint.is_overloaded", lambda threads: True)
    answer = program.send([MEMBER], MEMBERS)
    assert answer.status_code == 503 and answer.headers["retry-after"]

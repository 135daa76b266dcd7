"""Looking for a text in a type of which there may be millions: in few all of them, in many the latest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.records.keeping import a_house, keep
from warehouse import Warehouse
from warehouse.access import Role
from warehouse.calendar import utc_now
from warehouse.records.catalogue import record_type
from warehouse.records.reading import Asked, find

GREETING = {"plan": "P", "occasion": "Birthday", "channel": "call"}


def a_case(day: int) -> dict[str, str]:
    return {
        "category": "question",
        "severity": "high" if day > 3 else "low",
        "channel": "hotline",
        "number": f"K{day}",
        "subject": f"Delivery {day}",
        "member_id": f"M{day % 2}",
        "received_at": f"2026-03-0{day} 10:00",
    }


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    with a_house(tmp_path) as house:
        keep(house, "service_case", *(a_case(day) for day in range(1, 7)))
        due = ("2026-03-01", "2026-03-02", "2026-03-03")
        keep(house, "care_task", *({**GREETING, "member_id": "M1", "due_on": day} for day in due))
        agreed = {"agrees": "yes", "said_on": "2026-01-01", "source": "form"}
        keep(house, "care_consent", *({**agreed, "member_id": f"M{number}"} for number in range(3)))
        yield house


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.records.reading.MOST_SEARCHED", 2)


def found(
    house: Warehouse, text: str, role: Role = "operator", kind: str = "service_case", **asked: object
) -> object:
    told = find(house, record_type(kind), role, Asked(text=text, **asked))  # type: ignore[arg-type]
    return [row.record_id for row in told.rows], told.fitting, told.among


def test_of_few_a_text_is_looked_for_in_all(house: Warehouse) -> None:
    assert found(house, "delivery") == (["K6", "K5", "K4", "K3", "K2", "K1"], 6, None)
    assert found(house, "K1") == (["K1"], 1, None)


@pytest.mark.usefixtures("many")
def test_of_many_a_text_is_looked_for_in_the_latest_and_a_whole_number_in_all(house: Warehouse) -> None:
    assert found(house, "DELIVERY") == (["K6", "K5"], 2, 2)
    assert found(house, "delivery", most=1, skip=1) == (["K5"], 2, 2)
    assert found(house, "delivery", value="low") == (["K3", "K2"], 2, 2)
    assert found(house, "K1") == (["K1"], 1, None) and found(house, "K1", value="high") == ([], 0, 2)
    assert found(house, "M1") == (["K5", "K3", "K1"], 3, None)
    assert found(house, "M1", value="low", most=1, skip=1) == (["K1"], 2, None)
    assert found(house, "nobody") == ([], 0, 2)
    assert found(house, "birth", kind="care_task")[1:] == (2, 2)  # type: ignore[index]
    assert found(house, "M1", kind="care_task")[1:] == (3, None)  # type: ignore[index]
    assert found(house, "form", kind="care_consent")[1:] == (2, 2)  # type: ignore[index]


@pytest.mark.usefixtures("many")
def test_who_may_not_see_customers_finds_nothing_by_their_numbers(house: Warehouse) -> None:
    assert found(house, "M1", "party_a") == ([], 0, 2)
    assert found(house, "M1", "party_a", "care_consent") == ([], 0, 2)
    assert found(house, "delivery", "party_a") == (["K6", "K5"], 2, 2)
    assert found(house, "delivery", "mediator") == ([], 0, 2)  # what a case is about is for the parties


@pytest.mark.usefixtures("many")
def test_as_of_an_instant_a_text_is_looked_for_in_all_that_counted(house: Warehouse) -> None:
    assert found(house, "delivery", until=utc_now()) == (["K6", "K5", "K4", "K3", "K2", "K1"], 6, None)

"""Care for one class of customers: who is greeted, who no longer is, and which classes a plan may name."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tests.supplements import supplement
from tests.warehouse.making import CONTRACT, a_warehouse, happen, join, local
from tests.warehouse.membership.reference import CONTRACT_TIERS
from tests.warehouse.records.keeping import a_house, keep
from warehouse import Warehouse
from warehouse.contract_loading import load_contract
from warehouse.records import care_making
from warehouse.records.care_making import make_care
from warehouse.records.caring import care_list, lost_plans
from warehouse.records.catalogue import record_type
from warehouse.records.importing import import_records
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import history
from warehouse.records.storing import withdraw
from warehouse.register import MemberEvent, add_events

SOURCE = CONTRACT.replace("  clauses:", f"{CONTRACT_TIERS}  clauses:", 1)
VIP = "    - {id: vip, title: {zh: 贵宾, en: Vip}, minDeals: 5, minAmount: 400.00, withinDays: 180}\n"
DAY = date(2026, 5, 8)
GIFT = {
    "number": "GIFT",
    "title": "Gift",
    "occasion": "solar",
    "month": "5",
    "day_of_month": "8",
    "channel": "gift",
    "in_force_on": "2026-01-01",
    "tier": "vip",
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    house = a_warehouse(tmp_path, contract=False)
    load_contract(house, SOURCE)
    yield house
    house.close()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(care_making, "care_today", lambda house: DAY - timedelta(days=5))


def agree(house: Warehouse, numbers: range) -> None:
    join(house, numbers)
    said = {"agrees": "yes", "said_on": "2026-01-01"}
    keep(house, "care_consent", *({**said, "member_id": f"M{number:05d}"} for number in numbers))


def tell(house: Warehouse, *events: MemberEvent) -> None:
    with house.transaction() as cursor:
        at = local("2026-04-30 00:00")
        add_events(cursor, list(events), zone=house.reporting_zone, recorded_at=at)


def state(member: str, tier: str, at: str) -> MemberEvent:
    return MemberEvent(member, "tier", local(at), tier=tier)


def buy(member: str, at: str) -> MemberEvent:
    return MemberEvent(member, "purchase", local(at), amount=Decimal(500))


def greeted(house: Warehouse) -> list[str]:
    make_care(house)
    return [f"{one.member_id} {one.occasion}" for one in care_list(house, DAY)]


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_gift_for_a_class_is_for_who_is_in_it_on_the_day_and_other_plans_for_everybody(
    house: Warehouse, is_sealed: bool
) -> None:
    agree(house, range(1, 8))
    tell(
        house,
        state("M00001", "vip", "2026-02-01 10:00"),
        state("M00002", "vip", "2026-02-01 10:00"),
        state("M00002", "new", "2026-04-01 10:00"),
        buy("M00003", "2026-03-01 10:00"),
        # The bar looks back 180 days: these purchases count on the day itself for the last time, and no more.
        buy("M00004", f"{DAY - timedelta(days=179)} 10:00"),
        buy("M00005", f"{DAY - timedelta(days=180)} 10:00"),
        state("M00006", "vip", f"{DAY} 10:00"),
        state("M00007", "vip", f"{DAY + timedelta(days=1)} 10:00"),
    )
    keep(house, "care_plan", GIFT, {**GIFT, "number": "CARD", "title": "Card", "tier": "", "channel": "mail"})
    if is_sealed:
        house.quiet.close()
        house.rollups.seal()
    found = greeted(house)
    assert [each for each in found if "Card" in each] == [f"M{number:05d} Card" for number in range(1, 8)]
    assert [each for each in found if "Gift" in each] == [f"M{number:05d} Gift" for number in (1, 3, 4, 6)]


def test_who_leaves_the_class_leaves_the_list_ahead_and_who_comes_into_it_stands_on_it(
    house: Warehouse,
) -> None:
    agree(house, range(1, 4))
    tell(house, *(state(f"M0000{number}", "vip", "2026-02-01 10:00") for number in (1, 2)))
    keep(house, "care_plan", GIFT)
    assert greeted(house) == ["M00001 Gift", "M00002 Gift"]
    gone = care_list(house, DAY)[0].record_id
    tell(house, state("M00001", "new", "2026-05-02 10:00"), state("M00003", "vip", "2026-05-02 10:00"))
    assert greeted(house) == ["M00002 Gift", "M00003 Gift"]
    rows = history(house, record_type("care_task"), "operator", gone)
    assert [row.withdrawn for row in rows] == [False, True]
    keep(house, "care_task", {"number": care_list(house, DAY)[0].record_id, "given_on": "2026-05-03"})
    tell(house, state("M00002", "new", "2026-05-03 10:00"))
    assert greeted(house) == ["M00002 Gift", "M00003 Gift"]  # what was given was given
    keep(house, "care_plan", {"number": "GIFT", "tier": "new"})
    assert greeted(house) == ["M00001 Gift", "M00002 Gift"]
    for tier, reached in (("", (1, 2, 3)), ("vip", (2, 3)), ("", (1, 2, 3))):  # a slip, mended: all come back
        keep(house, "care_plan", {"number": "GIFT", "tier": tier})
        assert greeted(house) == [f"M0000{number} Gift" for number in reached]
    withdraw(house, record_type("care_task"), gone, "operator", "operator", "moved away")
    assert greeted(house) == ["M00002 Gift", "M00003 Gift"]  # what a person withdrew stays so


def test_a_class_that_the_contract_no_longer_has_reaches_nobody_and_is_told(house: Warehouse) -> None:
    agree(house, range(1, 3))
    tell(house, state("M00001", "vip", "2026-02-01 10:00"))
    keep(house, "care_plan", GIFT, {**GIFT, "number": "OVER", "ended_on": "2026-02-01"})
    assert greeted(house) == ["M00001 Gift"] and lost_plans(house) == ()
    load_contract(house, supplement(SOURCE, "2026-04-01", (VIP, "")))
    assert greeted(house) == []
    assert [plan.record_id for plan in lost_plans(house)] == ["GIFT"]
    keep(house, "care_plan", {"number": "GIFT", "greeting": "Dear {name}"})  # the class stands as it was
    with pytest.raises(RecordRefusedError):
        keep(house, "care_plan", {**GIFT, "number": "NEW"})


@pytest.mark.parametrize("said", ["vip", "VIP", " Vip ", "贵宾"])
def test_a_class_is_named_by_its_code_or_its_title_and_kept_by_its_code(house: Warehouse, said: str) -> None:
    keep(house, "care_plan", {**GIFT, "tier": said})
    rows = ["record_id,Only members of this class", f"GIFT,{said}"]
    import_records(house, record_type("care_plan"), "\n".join(rows).encode(), "plan.csv")
    (row,) = history(house, record_type("care_plan"), "operator", "GIFT")
    assert row.values["tier"] == "vip"


def test_an_unknown_class_is_refused_with_those_there_are(house: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(RecordRefusedError) as refusal:
        keep(house, "care_plan", {**GIFT, "tier": "gold"})
    (problem,) = refusal.value.problems
    assert problem.code == "record-choice" and problem.where == "Only members of this class"
    assert "“gold” is none of: potential (Potential), new (New)," in problem.words("en")
    header, row = ",".join(GIFT), ",".join({**GIFT, "tier": "gold"}.values())
    with pytest.raises(RecordRefusedError) as refusal:
        import_records(house, record_type("care_plan"), f"{header}\n{row}\n".encode(), "plan.csv")
    assert [problem.code for problem in refusal.value.problems] == ["record-choice"]


def test_without_a_contract_the_classes_follow_from_purchases(tmp_path: Path) -> None:
    with a_house(tmp_path, contract=False) as house:
        agree(house, range(1, 4))
        tell(
            house, buy("M00001", "2026-03-01 10:00"), *(buy("M00002", f"2026-03-0{n} 10:00") for n in (1, 2))
        )
        keep(house, "care_plan", {**GIFT, "tier": "老客户"})
        assert greeted(house) == ["M00002 Gift"]
        with pytest.raises(RecordRefusedError):
            keep(house, "care_plan", {**GIFT, "tier": "vip"})


def test_no_class_is_looked_up_where_every_plan_is_for_everybody(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(house, range(1, 3))
    happen(house, ("M00002", "left", "2026-03-02 10:00"))
    asked: list[str] = []
    original = care_making.sql
    monkeypatch.setattr(care_making, "sql", lambda name: asked.append(name) or original(name))
    keep(house, "care_plan", {**GIFT, "tier": ""})
    assert greeted(house) == ["M00001 Gift"] and "records/care_outside" not in asked
    keep(house, "care_plan", GIFT)
    assert greeted(house) == [] and "records/care_outside" in asked

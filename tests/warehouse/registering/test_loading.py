"""A register file comes in whole, once, and what is wrong with a row is said by code and row number."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.warehouse.making import CONTRACT, a_warehouse
from warehouse import Warehouse, WarehouseError
from warehouse.contract_loading import load_contract
from warehouse.importing import ImportRefusedError
from warehouse.importing import parts as reading_parts
from warehouse.membership.cohorts import buying_cohorts
from warehouse.membership.file import state_tier
from warehouse.membership.retention import retention
from warehouse.membership.staying import staying
from warehouse.membership.tiers import stated_tiers, tier_flow
from warehouse.registering import RegisterReport, load, prepare
from warehouse.registering.mapping import Kind
from warehouse.registering.refusals import refusal_file
from warehouse.registering.sending import RowsRefusedError, receive

SAMPLES = Path(__file__).parents[3] / "warehouse" / "samples" / "register"
BARS = (
    ("potential", "minDeals: 0"),
    ("new", "minDeals: 1"),
    ("returning", "minDeals: 2"),
    ("vip", "minDeals: 10, minAmount: 300.00"),
)
HEAD = "apiVersion: pactboard/v1\ntitle: {en: T, zh: 测}\nsource: crm\nmember: ID\n"
DATE = '{text: "{DATE}", formats: ["%Y-%m-%d"], zone: Asia/Shanghai}'
MEMBERS = f"""{HEAD}kind: MemberMapping
language: {{constant: zh}}
channel: SHOP
phone: PHONE
joined: {DATE}
attributes: {{plan: PLAN}}
"""
PURCHASES = f"{HEAD}kind: PurchaseMapping\nbought_at: {DATE}\namount: AMOUNT\n"
ORDERS = PURCHASES + 'row_id: "{ORDER}"\n'
NEW = "new_members: {language: {constant: zh}, channel: {constant: shop}}\n"
EVENTS = f"""{HEAD}kind: EventMapping
event:
  column: TYPE
  values: {{in: joined, out: left, back: returned, again: renewed, over: lapsed, grade: tier}}
tier: TIER
happened_at: {DATE}
{NEW}"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = a_warehouse(tmp_path, contract=False)
    yield warehouse
    warehouse.close()


def put(
    house: Warehouse, folder: Path, kind: Kind, mapping: str, text: str, name: str = "in.csv"
) -> RegisterReport:
    """Import that text by that mapping; refused rows go to refused.csv."""
    (folder / name).write_text(text, encoding="utf-8")
    (folder / "map.yaml").write_text(mapping, encoding="utf-8")
    zone, tiers = house.reporting_zone, stated_tiers(house)
    prepared = prepare(folder / name, folder / "map.yaml", kind, zone, tiers)
    with refusal_file(folder / "refused.csv", prepared.header, "en") as on_refused:
        return load(house, prepared, on_refused=on_refused)


def with_bars() -> str:
    """The small contract with classes of customers."""
    tiers = "  tiers: [" + ", ".join(
        f"{{id: {name}, title: {{zh: {name}, en: {name}}}, {bar}}}" for name, bar in BARS
    )
    return CONTRACT.replace("  clauses:", f"{tiers}]\n  clauses:", 1)


def counts(report: RegisterReport) -> tuple[int, int, int, int]:
    return report.stored, report.changed, report.known, report.refused


def asked(house: Warehouse, statement: str) -> list[tuple[object, ...]]:
    with house.transaction() as cursor:
        return cursor.execute(statement).fetchall()


def refused_rows(folder: Path) -> list[tuple[str, str]]:
    with (folder / "refused.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(row["row"], row["code"]) for row in csv.DictReader(file)]


def test_the_telco_customers_come_in_once_and_26_537_percent_of_them_leave(house: Warehouse) -> None:
    name = SAMPLES / "telco_customer_churn"
    for expected in ((7043, 0, 0, 0), (0, 0, 7043, 0)):
        prepared = prepare(
            name.with_suffix(".csv"), name.with_suffix(".yaml"), "members", house.reporting_zone
        )
        assert counts(load(house, prepared)) == expected
    ((joined, left),) = asked(
        house, "SELECT count(*) FILTER (step = 'joined'), count(*) FILTER (step = 'left') FROM member_step"
    )
    assert (joined, left) == (7043, 1869) and round(100 * left / joined, 3) == 26.537
    ((longest, shortest),) = asked(
        house,
        "SELECT CAST(min(day) AS VARCHAR), CAST(max(day) AS VARCHAR) FROM member_step WHERE step = 'joined'",
    )
    assert (longest, shortest) == ("2011-06-30", "2017-06-30")  # 72 months before, and none
    whole = retention(house, date(2017, 7, 1), date(2017, 8, 1)).whole
    assert (whole.opening, whole.lost) == (7043, 1869) and whole.churn == pytest.approx(26.537, abs=5e-4)
    found = staying(house, date(2017, 7, 2))
    assert found is not None and (found.n, found.ended) == (7043, 1869)
    # As survival packages give it for the column tenure, with Churn as the event.
    assert [round(share, 2) for _, share, _, _ in found.marks][:3] == [91.37, 88.48, 84.32]


@pytest.mark.parametrize("between", ["  ", ",", ";"])
def test_a_file_without_a_heading_is_read_by_the_columns_of_the_mapping(
    house: Warehouse, tmp_path: Path, between: str
) -> None:
    mapping = f"{PURCHASES}{NEW}columns: [ID, DATE, ITEMS, AMOUNT]\n".replace("%Y-%m-%d", "%Y%m%d")
    rows = [
        ("00001", "19970101", "1", "11.77"),
        ("00002", "19970112", "1", "-5.00"),
        ("00002", "19970112", "5", "77"),
    ]
    text = "".join(f" {between.join(row)} \r\n" for row in rows)
    assert counts(put(house, tmp_path, "purchases", mapping, text)) == (2, 0, 0, 1)
    assert refused_rows(tmp_path) == [("2", "amount-returned")]
    refused = (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")
    corrected = refused.replace("-5.00", "5.00").replace("'5.00", "5.00")
    assert counts(put(house, tmp_path, "purchases", mapping, corrected)) == (1, 0, 0, 0)
    found = asked(
        house,
        "SELECT member_id, CAST(day AS VARCHAR), CAST(amount AS DOUBLE) FROM member_history ORDER BY ALL",
    )
    assert found == [
        ("00001", "1997-01-01", 11.77),
        ("00002", "1997-01-12", 5.0),
        ("00002", "1997-01-12", 77.0),
    ]


def test_a_sheet_without_a_heading_is_read_by_the_columns_of_the_mapping(
    house: Warehouse, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["M1", "2026-02-01", 12.5])
    sheet.append(["M1", "2026-02-02", 13])
    book.save(tmp_path / "in.xlsx")
    (tmp_path / "map.yaml").write_text(f"{PURCHASES}{NEW}columns: [ID, DATE, AMOUNT]\n", encoding="utf-8")
    prepared = prepare(tmp_path / "in.xlsx", tmp_path / "map.yaml", "purchases", house.reporting_zone)
    assert counts(load(house, prepared)) == (2, 0, 0, 0)


def test_the_cdnow_purchases_come_in_once_also_from_small_parts(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_parts.read_parts, "__defaults__", (3_000,))
    name = SAMPLES / "cdnow_purchases_sample"
    for expected in ((6919, 0, 0, 0), (0, 0, 6919, 0)):
        prepared = prepare(
            name.with_suffix(".csv"), name.with_suffix(".yaml"), "purchases", house.reporting_zone
        )
        report = load(house, prepared)
        assert counts(report) == expected
        assert report.new_members == (2357 if expected[0] else 0)
    assert asked(house, "SELECT count(*), CAST(sum(amount) AS VARCHAR) FROM member_history") == [
        (6919, "244091.94")
    ]
    load_contract(house, with_bars())
    days = (date(1997, 7, 1), date(1998, 1, 1), date(1998, 7, 1))
    flows = [tier_flow(house, each, each) for each in days]
    assert [[flow.after(name) for name, _ in BARS] for flow in flows] == [
        [0, 1530, 763, 64],
        [0, 1300, 921, 136],
        [0, 1202, 960, 195],
    ]
    (cohort,) = buying_cohorts(house, date(1998, 7, 1))
    assert (cohort.first, cohort.counts) == (date(1997, 1, 1), (2357, 524, 418, 404, 384, 300))


def test_a_files_correction_is_a_new_row_and_what_is_not_mapped_stays(
    house: Warehouse, tmp_path: Path
) -> None:
    first = "ID,SHOP,PHONE,DATE,PLAN\nA,north,13800000000,2026-01-05,gold\nB,south,,2026-01-06,\n"
    assert counts(put(house, tmp_path, "members", MEMBERS, first)) == (2, 0, 0, 0)
    without = MEMBERS.replace("phone: PHONE\n", "")
    later = "ID,SHOP,DATE,PLAN\nA,east,2026-01-05,gold\nB,south,2026-01-07,\nC,south,2026-01-08,\n"
    assert counts(put(house, tmp_path, "members", without, later)) == (1, 2, 0, 0)
    assert asked(
        house, "SELECT member_id, channel, phone, attributes FROM member_file ORDER BY member_id"
    ) == [
        ("A", "east", "13800000000", '{"plan": "gold"}'),
        ("B", "south", None, None),
        ("C", "south", None, None),
    ]
    assert asked(house, "SELECT count(*) FROM member WHERE member_id = 'A'") == [(2,)]
    assert asked(house, "SELECT CAST(day AS VARCHAR) FROM member_history WHERE member_id = 'B'") == [
        ("2026-01-07",)
    ]


def test_an_orders_correction_counts_in_place_of_the_order_as_often_as_it_is_corrected(
    house: Warehouse, tmp_path: Path
) -> None:
    head = "ORDER,ID,DATE,AMOUNT\n"
    mapping = ORDERS + NEW
    assert (
        counts(put(house, tmp_path, "purchases", mapping, head + "1,A,2026-01-01,10\n2,A,2026-01-01,20\n"))[0]
        == 2
    )
    for amount, expected in (("11", (0, 1, 1, 0)), ("11.00", (0, 0, 2, 0)), ("10", (0, 1, 1, 0))):
        again = head + f"1,A,2026-01-01,{amount}\n2,A,2026-01-01,20\n"
        assert counts(put(house, tmp_path, "purchases", mapping, again)) == expected
    assert asked(house, "SELECT CAST(sum(amount) AS VARCHAR) FROM member_history") == [("30.00",)]
    assert asked(house, "SELECT count(*) FROM member_event") == [(4,)]


def test_the_same_purchase_twice_on_a_day_is_two_and_a_longer_file_adds_only_the_third(
    house: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        reading_parts.read_parts, "__defaults__", (2,)
    )  # the third stands in a part of its own
    row = "A,2026-01-01,9.90\n"
    mapping = PURCHASES + NEW
    assert counts(put(house, tmp_path, "purchases", mapping, "ID,DATE,AMOUNT\n" + 2 * row)) == (2, 0, 0, 0)
    assert counts(put(house, tmp_path, "purchases", mapping, "ID,DATE,AMOUNT\n" + 3 * row)) == (1, 0, 2, 0)
    spelt = "ID,DATE,AMOUNT\nA,2026-01-01,9.9\nA,2026-01-01,9.900\n"
    assert counts(put(house, tmp_path, "purchases", mapping, spelt)) == (0, 0, 2, 0)


def test_every_row_that_cannot_be_taken_is_refused_with_its_code_and_the_others_come_in(
    house: Warehouse, tmp_path: Path
) -> None:
    text = (
        "ORDER,ID,DATE,AMOUNT\n1,A,2026-01-01,10\n2,,2026-01-01,10\n3,A,2026-13-01,10\n4,A,2026-01-01,-1\n"
        '5,A,2026-01-01,"1,000"\n6,A,2026-01-01,1.005\n1,A,2026-01-02,10\n,A,2026-01-01,10\n7,A,2026-01-01\n'
        "8,A,2999-01-01,10\n9,A,2026-01-01,1e3\n10,A,2026-01-01,0\n"
    )
    assert counts(put(house, tmp_path, "purchases", ORDERS + NEW, text)) == (2, 0, 0, 10)
    assert refused_rows(tmp_path) == [
        ("3", "member-blank"),
        ("4", "row-date"),
        ("5", "amount-returned"),
        ("6", "amount-unfit"),
        ("7", "amount-unfit"),
        ("8", "row-twice"),
        ("9", "row-id-blank"),
        ("10", "row-cells"),
        ("11", "row-date-range"),
        ("12", "amount-unfit"),
    ]


def test_purchases_of_members_that_the_register_lacks_are_refused_unless_the_mapping_makes_them(
    house: Warehouse, tmp_path: Path
) -> None:
    text = "ID,DATE,AMOUNT\nA,2026-01-01,10\nB,2026-01-01,10\n"
    put(house, tmp_path, "events", EVENTS, "ID,TYPE,TIER,DATE\nA,in,,2026-01-01\n")
    assert counts(put(house, tmp_path, "purchases", PURCHASES, text)) == (1, 0, 0, 1)
    assert refused_rows(tmp_path) == [("3", "member-unknown")]


def test_events_take_the_words_of_the_file_and_a_tier_needs_its_name(
    house: Warehouse, tmp_path: Path
) -> None:
    text = (
        "ID,TYPE,TIER,DATE\nA,in,,2026-01-01\nA,over,,2026-02-01\nA,again,,2026-03-01\nA,grade,vip,2026-03-02\n"
        "A,grade,,2026-03-03\nA,nod,,2026-03-03\n"
    )
    assert counts(put(house, tmp_path, "events", EVENTS, text)) == (4, 0, 0, 2)
    assert [code for _, code in refused_rows(tmp_path)] == ["tier-blank", "event-unknown"]
    steps = asked(house, "SELECT step, CAST(day AS VARCHAR) FROM member_step ORDER BY day")
    assert steps == [("joined", "2026-01-01"), ("left", "2026-02-01"), ("returned", "2026-03-01")]


def test_a_class_that_the_contract_lacks_is_refused_from_a_file_a_program_and_by_hand_with_those_it_has(
    house: Warehouse, tmp_path: Path
) -> None:
    load_contract(house, with_bars())
    text = "ID,TYPE,TIER,DATE\nA,in,,2026-01-01\nA,grade,vip,2026-03-02\nA,grade,gold,2026-03-03\n"
    report = put(house, tmp_path, "events", EVENTS, text)
    assert counts(report) == (2, 0, 0, 1)
    assert refused_rows(tmp_path) == [("4", "tier-unknown")]
    known = "potential, new, returning, vip"
    assert known in (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")
    sent = {"event_id": "E1", "member_id": "A", "event": "tier", "tier": "gold"}
    with pytest.raises(RowsRefusedError) as caught:
        receive(house, "events", [{**sent, "happened_at": "2026-03-03T10:00:00+08:00"}], "crm")
    assert [each.problem.code for each in caught.value.wrong] == ["tier-unknown"]
    with pytest.raises(WarehouseError, match=known):
        state_tier(house, "A", "gold", "a guest", "operator")


def test_a_member_twice_in_a_file_is_taken_once_and_odd_data_are_kept_and_counted(
    house: Warehouse, tmp_path: Path
) -> None:
    text = "ID,SHOP,PHONE,DATE,PLAN\nA,n,12,2026-01-05,\nA,n,13800000000,2026-01-05,\n"
    report = put(house, tmp_path, "members", MEMBERS, text)
    assert counts(report) == (1, 0, 0, 1) and refused_rows(tmp_path) == [("3", "member-twice")]
    assert [(key, problem.code, n) for key, problem, n in report.odd] == [("phone", "phone-unfit", 1)]
    assert asked(house, "SELECT phone FROM member_file") == [("12",)]


def test_who_left_before_joining_is_refused(house: Warehouse, tmp_path: Path) -> None:
    mapping = MEMBERS + f"left: {DATE.replace('DATE', 'LEFT')[:-1]}, only: {{SHOP: [n]}}}}\n"
    text = "ID,SHOP,PHONE,DATE,PLAN,LEFT\nA,n,,2026-01-05,,2026-01-04\nB,s,,2026-01-05,,\n"
    assert counts(put(house, tmp_path, "members", mapping, text)) == (1, 0, 0, 1)
    assert refused_rows(tmp_path) == [("2", "left-before-joined")]


def test_a_workbook_gives_the_same_as_its_csv(house: Warehouse, tmp_path: Path) -> None:
    book = Workbook()
    for row in (["ID", "DATE", "AMOUNT"], ["A", date(2026, 1, 1), 12.5], ["A", date(2026, 1, 2), 3]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "in.xlsx")
    (tmp_path / "map.yaml").write_text(PURCHASES + NEW, encoding="utf-8")
    prepared = prepare(tmp_path / "in.xlsx", tmp_path / "map.yaml", "purchases", house.reporting_zone)
    assert counts(load(house, prepared)) == (2, 0, 0, 0)
    text = "ID,DATE,AMOUNT\nA,2026-01-01,12.5\nA,2026-01-02,3\n"
    assert counts(put(house, tmp_path, "purchases", PURCHASES + NEW, text)) == (0, 0, 2, 0)


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        (PURCHASES.replace("AMOUNT", "TOTAL"), "column-missing"),
        (PURCHASES + "amuont: X\n", "key-misspelt"),
        (PURCHASES + "new_members: {language: {constant: zh}}\n", "key-missing"),
        (PURCHASES.replace("source: crm", "source: C R M"), "mapping-name"),
        (PURCHASES + "row_id: same\n", "mapping-row-id"),
        (PURCHASES.replace("PurchaseMapping", "MemberMapping"), "value-not-offered"),
        (PURCHASES.replace("Asia/Shanghai", "Mars"), "mapping-zone"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_with_its_place(
    house: Warehouse, tmp_path: Path, mapping: str, code: str
) -> None:
    with pytest.raises(ImportRefusedError) as refusal:
        put(house, tmp_path, "purchases", mapping, "ID,DATE,AMOUNT\nA,2026-01-01,1\n")
    assert code in [problem.code for problem in refusal.value.problems]


def test_a_load_that_is_interrupted_is_begun_again_and_counts_nothing_twice(
    house: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_parts.read_parts, "__defaults__", (3,))
    text = "ID,DATE,AMOUNT\n" + "".join(f"A,2026-01-{day:02},5\n" for day in range(1, 11))
    (tmp_path / "in.csv").write_text(text, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(PURCHASES + NEW, encoding="utf-8")
    prepared = prepare(tmp_path / "in.csv", tmp_path / "map.yaml", "purchases", house.reporting_zone)

    def stop(done: int, total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(house, prepared, progress=stop)
    assert counts(load(house, prepared)) == (4, 0, 6, 0)


def test_a_file_without_a_row_that_can_be_taken_stores_nothing(house: Warehouse, tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError) as refusal:
        put(house, tmp_path, "purchases", PURCHASES + NEW, "ID,DATE,AMOUNT\nA,never,1\n")
    assert refusal.value.problems[0].code == "file-all-refused"
    assert asked(house, "SELECT count(*) FROM member") == [(0,)]


def test_refused_rows_that_were_corrected_come_in_as_they_were_meant(
    house: Warehouse, tmp_path: Path
) -> None:
    good = "A,2026-01-01,,s,p\n"
    text = f"ID,DATE,PHONE,SHOP,PLAN\n{good}-5,2026-13-01,+86 13800000000,=s,p\n"
    assert counts(put(house, tmp_path, "members", MEMBERS, text)) == (1, 0, 0, 1)
    refused = (tmp_path / "refused.csv").read_text(encoding="utf-8-sig")
    assert "'-5" in refused and "'+86" in refused
    corrected = refused.replace("2026-13-01", "2026-10-01")
    assert counts(put(house, tmp_path, "members", MEMBERS, corrected, "again.csv")) == (1, 0, 0, 0)
    found = asked(house, "SELECT member_id, phone, channel FROM member_file ORDER BY member_id")
    assert found[0] == ("-5", "+86 13800000000", "=s")

"""How complete, valid and fresh files are, by field and class, counted by hand."""

from pathlib import Path

from tests.warehouse.making import happen, local
from tests.warehouse.records.keeping import a_house
from warehouse.membership.file_quality import file_quality
from warehouse.register import Member, MemberEvent, add_events, add_members


def test_each_field_is_counted_by_class_and_small_classes_are_left_out(tmp_path: Path) -> None:
    files = [Member(f"M{n}", "zh", "shop", name="x", phone="1001234567", email="a@b.cn") for n in range(6)]
    files += [
        Member("M6", "zh", "shop", phone="12", birthday="2026-02-30"),
        Member("M7", "zh", "shop", phone="+86 (10) 123-4567", birthday="1990-01-01"),
        Member("gone", "zh", "shop", name="x"),
    ]
    with a_house(tmp_path) as house:
        assert file_quality(house) == ()
        with house.transaction() as cursor:
            add_members(cursor, files, is_example=False, recorded_at=local("2026-05-01 12:00"))
        happen(house, *((each.member_id, "joined", "2026-01-05 12:00") for each in files))
        happen(house, ("gone", "left", "2026-02-05 12:00"))
        found = {(each.tier, each.field): each for each in file_quality(house)}
        vip = [MemberEvent(name, "tier", local("2026-02-05 12:00"), tier="vip") for name in ("M6", "M7")]
        with house.transaction() as cursor:
            add_events(cursor, vip, zone=house.reporting_zone, recorded_at=local("2026-05-01 12:00"))
        left = {each.tier for each in file_quality(house)}
    whole = {name: found["", name] for name in ("name", "phone", "email", "birthday", "gender", "city")}
    assert {name: (each.members, each.filled, each.valid) for name, each in whole.items()} == {
        "name": (8, 6, None),
        "phone": (8, 8, 7),
        "email": (8, 6, 6),
        "birthday": (8, 2, 1),
        "gender": (8, 0, None),
        "city": (8, 0, None),
    }
    assert found["potential", "phone"].members == 8
    assert left == {""}  # two VIP customers would be told by what is left of all eight

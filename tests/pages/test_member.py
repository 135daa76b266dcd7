"""The operator finds a member, corrects the file, states a class, merges duplicates; nobody else does."""

from dataclasses import replace

import pytest

import warehouse
from tests.pages.opening import Tab, use_example
from tests.warehouse.making import local, response
from tests.warehouse.records.keeping import keep
from warehouse.access import Role
from warehouse.as_of import as_of
from warehouse.membership.at_risk import at_risk
from warehouse.membership.file import member_file
from warehouse.membership.merging import aliases
from warehouse.register import Member, add_members
from warehouse.registering.checking import CheckedPart, MemberRow
from warehouse.registering.mapping import BASIC
from warehouse.registering.storing import store


def test_the_list_of_members_at_risk_is_the_operators_and_the_numbers_are_everybodys() -> None:
    use_example()
    house = warehouse.serving()
    risks = at_risk(house, as_of(house).until)
    found = risks.shown
    tab, other = Tab("at_risk", "operator"), Tab("at_risk", "party_b")
    assert f"/member?id={found[0].member_id}" in tab.markup and found[0].member_id in tab.words
    assert "/member?id=" not in other.markup and "only the operator sees it" in other.words
    assert f"Buys less {risks.counts['falling']} Less than half" in other.words
    assert f"1 to 50 of {risks.members};" in tab.words and "Before these" not in tab.words
    last = Tab("at_risk", "operator", query={"page": "5"})
    assert f"201 to {risks.members} of {risks.members};" in last.words and "After these" not in last.words
    chosen = Tab("at_risk", "operator", query={"reason": "silent"})
    assert chosen.markup.count("/member?id=") == min(50, risks.counts["silent"])


@pytest.mark.parametrize("role", ["operator", "party_b"])
def test_without_any_member_nobody_is_called_safe(role: Role) -> None:
    tab = Tab("at_risk", role)
    assert "No member is known yet." in tab.words and "Nobody is at risk" not in tab.words
    assert ("/import_data" in tab.markup) == (role == "operator")


def test_a_member_is_found_corrected_and_classed() -> None:
    use_example()
    tab = Tab("member", "operator", query={"id": "M00010"})
    tab.app.text_input(key="member-M00010-name").input("<b>Li</b>")
    tab.app.button[0].click()
    assert "Saved." in tab.run().words and "&lt;b&gt;Li&lt;/b&gt;" in tab.markup
    tab.app.selectbox(key="member-M00010-tier").select("vip")
    tab.app.text_input(key="member-M00010-reason").input("Guest")
    tab.app.button[1].click()
    assert "VIP (stated by hand" in tab.run().words
    file = member_file(warehouse.serving(), "M00010")
    assert file is not None and file.tier == "vip" and file.fields["name"] == "<b>Li</b>"
    search = Tab("member", "operator")
    search.app.text_input(key="member-search").input("<b>li")
    assert "/member?id=M00010" in search.run().markup


def test_two_entries_are_merged_and_taken_apart() -> None:
    use_example()
    tab = Tab("member", "operator", query={"id": "M00010"})
    tab.app.text_input(key="merge-duplicate").input("M00011")
    tab.app.text_input(key="merge-reason").input("Same phone")
    tab.app.button[2].click()
    assert "M00011 counts as M00010: Same phone" in tab.run().words
    gone = Tab("member", "operator", query={"id": "M00011"})
    assert "There is no member M00011" in gone.words
    tab.app.button(key="apart-M00011").click()
    tab.run()
    assert aliases(warehouse.serving()) == []


def test_in_a_large_register_duplicates_of_all_are_looked_for_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use_example()
    tab = Tab("member", "operator")
    assert "No two entries agree" in tab.words and not tab.app.toggle
    monkeypatch.setattr("warehouse.membership.file.MOST_SEARCHED", 1)
    tab = Tab("member", "operator")
    assert "No two entries agree" not in tab.words
    tab.app.toggle(key="duplicates-all").set_value(True)
    assert "No two entries agree" in tab.run().words
    assert not Tab("member", "operator", query={"id": "M00010"}).app.toggle


def test_what_a_member_answered_and_brought_up_is_told_in_words_of_the_reader() -> None:
    house = warehouse.serving()
    house.writer.submit(replace(response("2026-02-01 12:00", overall=2), member_id="M1"))
    case = {"subject": "Late", "category": "complaint", "severity": "low", "channel": "hotline"}
    keep(house, "service_case", {**case, "received_at": "2026-03-02 10:00", "member_id": "M1"})
    with house.transaction() as cursor:
        member = Member("M1", "zh", "shop", name="Li")
        add_members(cursor, [member], is_example=False, recorded_at=local("2026-01-01 00:00"))
    shown = {language: Tab("member", "operator", language, {"id": "M1"}).words for language in ("zh", "en")}
    assert "投诉 Late" in shown["zh"] and "总的来说，您对我们的服务满意吗？ 2 / 5" in shown["zh"]
    tab = Tab("member", "operator", "en", {"id": "M1"})
    assert '<td class="pb-wraps">Overall, how satisfied' in tab.markup
    assert tab.words.count("(Asia/Shanghai)") == 3
    assert "Complaint Late" in shown["en"] and "overall 2" not in shown["en"] and " 2 / 5" in shown["en"]


def test_channel_language_and_what_else_a_file_holds_are_told_in_words_also_where_they_changed() -> None:
    house = warehouse.serving()
    for at, channel, kept in (("2026-01-01", "shop", ""), ("2026-02-01", "mini_program", '{"plan": "gold"}')):
        with house.transaction() as cursor:
            part = CheckedPart(1, members=[MemberRow("M1", "zh", channel, dict.fromkeys(BASIC), kept)])
            store(cursor, part, ("attributes",), "operator", local(f"{at} 00:00"))
    tab, zh = (Tab("member", "operator", language, {"id": "M1"}) for language in ("en", "zh"))
    assert "Channel Mini program" in tab.words and "Language Chinese" in tab.words
    assert "Channel: In a shop → Mini program; Further: – → plan: gold" in tab.words
    assert "渠道 小程序" in zh.words and "语言 中文" in zh.words and "mini_program" not in zh.words

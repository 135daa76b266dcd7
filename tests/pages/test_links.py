"""Personal links: the operator makes them on the page, downloads them once, and sees who has answered."""

import csv
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

import warehouse
from pages.ui.handover import Handover
from tests.pages.conftest import Visitor
from tests.pages.opening import Tab
from tests.pages.web.filling import Sheet
from tests.warehouse.inviting import SURVEY, WAVE, links
from tests.warehouse.making import join
from warehouse.access import Role
from warehouse.invitations import waves
from warehouse.invitees import Invitee
from warehouse.qr import qr_code
from warehouse.selection import selections

URL = "https://pactboard.example.org"
LAST_DAY = (datetime.now(UTC) + timedelta(days=30)).date()
MEMBERS = "\ufeffmember_id,tier\nM1,gold\n**M2** <img src=x>,\n".encode()


def asked(content: bytes = MEMBERS, language: str = "en", wave: str = WAVE, address: str = URL) -> Tab:
    """The page after the links were asked for."""
    tab = Tab("links", "operator", language)
    tab.app.selectbox(key="links-survey").select(SURVEY)
    tab.run()
    assert tab.app.button(key="links-make").disabled
    tab.app.text_input(key="links-wave").input(wave)
    tab.app.date_input(key="links-last-day").set_value(LAST_DAY)
    tab.app.text_input(key="links-address").input(address)
    tab.app.file_uploader(key="links-members").upload("m.csv", content)
    tab.run()
    tab.app.button(key="links-make").click()
    return tab.run()


def rows(answer: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.removeprefix("\ufeff"), newline="")))


def test_nothing_is_chosen_beforehand() -> None:
    tab = Tab("links", "operator")
    assert tab.app.selectbox(key="links-survey").value is None and not tab.app.button
    tab.app.selectbox(key="links-survey").select(SURVEY)
    assert "Nobody has been invited to this survey yet" in tab.run().words


def test_links_made_on_the_page_are_downloaded_and_answered(visitor: Visitor) -> None:
    tab = asked()
    assert "2 links were made" in tab.words
    address = re.search('href="(/export/links/[0-9a-f]{32}.csv)"', tab.markup)
    assert address and not re.search("/i/[0-9a-f]{32}", tab.markup)
    answer = visitor.sign_in().get(address[1])
    assert answer.status_code == 200 and answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["cache-control"] == "no-store" and "attachment" in str(answer.headers)
    head, first, second = rows(answer.content.decode())
    assert head == ["member_id", "link"]
    assert (first[0], second[0]) == ("M1", "**M2** <img src=x>")
    packed = visitor.get(address[1].replace(".csv", ".zip"))
    assert packed.status_code == 200 and packed.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert archive.namelist() == ["links.csv", "qr/000001.svg", "qr/000002.svg"]
        assert rows(archive.read("links.csv").decode()) == [
            [*head, "qr"], [*first, "qr/000001.svg"], [*second, "qr/000002.svg"]
        ]  # fmt: skip
        assert archive.read("qr/000002.svg") == qr_code(second[1], "svg")
    path = first[1].removeprefix(URL)
    fields = Sheet(visitor.get(path).text).fields | {"overall": "5"}
    assert visitor.post(path, data=fields).status_code == 303
    (wave,) = waves(warehouse.serving(), SURVEY)
    assert (wave.name, wave.invited, wave.answered, wave.waiting) == (WAVE, 2, 1, 1)
    reminders = rows(visitor.get(f"/export/reminders/{SURVEY}.csv").content.decode())
    assert [row[1] for row in reminders] == ["member_id", "**M2** <img src=x>"]


def test_columns_of_the_list_stand_beside_the_links_and_it_is_said_that_they_are_not_kept(
    visitor: Visitor,
) -> None:
    tab = asked(b"member_id,e-mail,language\nM1,ann@example.org,fr\n")
    assert "not kept, since the questionnaire does not ask for them: e-mail" in tab.words
    assert "The survey is not offered in fr" in tab.words
    address = re.search('href="(/export/links/[0-9a-f]{32}.csv)"', tab.markup)
    assert address
    head, row = rows(visitor.sign_in().get(address[1]).content.decode())
    assert head == ["member_id", "link", "e-mail"] and (row[0], row[2]) == ("M1", "ann@example.org")


def test_members_who_have_a_link_get_no_second_one() -> None:
    asked()
    again = asked(language="zh")
    assert "没有需要新邀请的会员" in again.words and "/export/links/" not in again.markup


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("content", "told"),
    [(b"id\nM1\n", "member_id"), (b"member_id\nM1\nM1\n", "m.csv, 3"), (b"", "m.csv")],
)
def test_a_list_that_is_refused_invites_nobody_and_says_why(content: bytes, told: str, language: str) -> None:
    tab = asked(content, language)
    title = "Nobody was invited" if language == "en" else "未邀请任何会员"
    assert title in tab.words and told in tab.words and "/export/links/" not in tab.markup
    assert waves(warehouse.serving(), SURVEY) == ()


@pytest.mark.parametrize("address", ["pactboard.example.org", "javascript:alert(1)", f"{URL}/path", " "])
def test_an_address_that_is_none_invites_nobody(address: str) -> None:
    tab = asked(address=address)
    assert "Nobody was invited" in tab.words and "This is not the address of a server" in tab.words
    assert waves(warehouse.serving(), SURVEY) == ()


def test_links_are_revoked_for_one_member_and_for_the_rest(visitor: Visitor) -> None:
    tab = asked()
    assert tab.app.button(key="links-revoke").disabled
    tab.app.selectbox(key="links-revoke-wave").select(WAVE)
    tab.app.text_input(key="links-revoke-member").input(" M1 ")
    tab.run()
    tab.app.button(key="links-revoke").click()
    assert "1 links were revoked" in tab.run().words
    (wave,) = waves(warehouse.serving(), SURVEY)
    assert (wave.waiting, wave.revoked) == (1, 1)
    tab.app.button(key="links-revoke").click()
    assert "Nothing was revoked" in tab.run().words
    tab.app.text_input(key="links-revoke-member").input("")
    tab.run()
    tab.app.button(key="links-revoke").click()
    assert "1 links were revoked" in tab.run().words
    (wave,) = waves(warehouse.serving(), SURVEY)
    assert (wave.waiting, wave.revoked) == (0, 2)


def test_the_name_of_a_wave_is_shown_as_text() -> None:
    tab = asked(wave="<b>x</b> :red[y]")
    assert "<b>x</b> :red[y]" in tab.words and "<b>x" not in tab.markup


@pytest.mark.parametrize("role", [None, "party_a", "party_b", "mediator"])
@pytest.mark.parametrize(
    "path", ["/export/links/0.csv", "/export/links/0.zip", f"/export/reminders/{SURVEY}.csv"]
)
def test_only_the_operator_gets_links_and_reminders(visitor: Visitor, role: Role | None, path: str) -> None:
    links(warehouse.serving(), Invitee("M1"))
    if role:
        visitor.sign_in(role)
    answer = visitor.get(path)
    assert answer.status_code == (403 if role else 401) and "M1" not in answer.text


def test_a_key_that_was_never_given_opens_nothing(visitor: Visitor) -> None:
    answer = visitor.sign_in().get(f"/export/links/{'0' * 32}.csv")
    assert answer.status_code == 404 and "links-gone" in answer.text


def test_links_are_forgotten_after_their_time_and_when_too_many_wait() -> None:
    lot = (("member_id", "link"), ("M1", f"{URL}/i/{'0' * 32}"))
    waiting = Handover()
    keys = [waiting.hold(lot) for _ in range(25)]
    assert waiting.held(keys[-1]) == lot and waiting.held(keys[0]) is None
    over = Handover(seconds=0.0)
    assert over.held(over.hold(lot)) is None


def test_members_of_the_register_are_counted_before_links_are_made_for_a_sample(visitor: Visitor) -> None:
    join(warehouse.serving(), range(12))
    tab = Tab("links", "operator")
    tab.app.selectbox(key="links-survey").select(SURVEY)
    tab.run()
    assert "12 members fit" not in tab.words
    tab.app.segmented_control(key="links-source").set_value("register")
    tab.run()
    assert "12 members fit" in tab.words
    tab.app.number_input(key="links-bought").set_value(3)
    assert "No member of the register fits" in tab.run().words
    tab.app.number_input(key="links-bought").set_value(None)
    tab.app.number_input(key="links-sample").set_value(5)
    tab.app.text_input(key="links-wave").input(WAVE)
    tab.app.date_input(key="links-last-day").set_value(LAST_DAY)
    tab.app.text_input(key="links-address").input(URL)
    tab.run()
    assert "5 members are drawn of 12 that fit" in tab.words and waves(warehouse.serving(), SURVEY) == ()
    seed = tab.app.number_input(key="links-seed").value
    tab.app.button(key="links-make").click()
    assert "5 links were made" in tab.run().words
    (kept,) = selections(warehouse.serving(), SURVEY)
    assert (kept.seed, kept.matched, kept.selected, kept.invited) == (seed, 12, 5, 5)
    assert str(seed) in tab.words

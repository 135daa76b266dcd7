"""The links page for everybody: open link, QR code, websites that may frame the form, rating for a mail."""

import pytest

import warehouse
from tests.pages.conftest import Visitor
from tests.pages.opening import Tab
from tests.warehouse.inviting import SURVEY
from warehouse.embedding import frame_hosts

URL = "https://pactboard.example.org"
QR = f"/export/qr/{SURVEY}"


def opened(language: str = "en") -> Tab:
    """The page with the survey chosen and the address by which people reach the server."""
    tab = Tab("links", "operator", language)
    tab.app.selectbox(key="links-survey").select(SURVEY)
    tab.run()
    tab.app.text_input(key="links-address").input(URL)
    return tab.run()


def codes(tab: Tab) -> list[str]:
    return [code.value for code in tab.app.code]


def test_the_open_link_and_that_of_a_kiosk_are_there_to_copy_and_the_code_to_print() -> None:
    tab = opened()
    assert codes(tab)[:2] == [f"{URL}/s/{SURVEY}", f"{URL}/s/{SURVEY}?kiosk=1"]
    for kind in ("png", "svg"):
        assert f'href="{QR}.{kind}?address=https%3A%2F%2Fpactboard.example.org" download' in tab.markup


@pytest.mark.parametrize("language", ["en", "zh"])
def test_websites_are_kept_and_the_html_for_them_shown(language: str) -> None:
    tab = opened(language)
    assert not any("<iframe" in code for code in codes(tab))
    tab.app.text_area(key=f"links-websites-{SURVEY}").input("www.example.org\n\nhttps://*.example.net")
    tab.run()
    tab.app.button(key="links-websites-keep").click()
    tab.run()
    assert frame_hosts(warehouse.serving(), SURVEY) == ("https://www.example.org", "https://*.example.net")
    assert any(code.startswith(f'<iframe src="{URL}/s/{SURVEY}"') for code in codes(tab))
    shown = tab.app.text_area(key=f"links-websites-{SURVEY}").value
    assert shown == "https://www.example.org\nhttps://*.example.net"
    tab.app.text_area(key=f"links-websites-{SURVEY}").input("")
    tab.run()
    tab.app.button(key="links-websites-keep").click()
    tab.run()
    assert frame_hosts(warehouse.serving(), SURVEY) == ()


def test_a_website_that_is_none_changes_nothing_and_what_was_typed_stays() -> None:
    tab = opened()
    tab.app.text_area(key=f"links-websites-{SURVEY}").input("https://example.org/path")
    tab.run()
    tab.app.button(key="links-websites-keep").click()
    tab.run()
    assert "is not the address of a website" in tab.words
    assert tab.app.text_area(key=f"links-websites-{SURVEY}").value == "https://example.org/path"
    assert frame_hosts(warehouse.serving(), SURVEY) == ()


def test_a_rating_for_an_e_mail_is_shown_once_question_and_language_are_chosen() -> None:
    tab = opened()
    before = len(codes(tab))
    question = tab.app.selectbox(key=f"links-mail-question-{SURVEY}")
    assert question.value is None
    question.select("recommend")
    tab.run()
    assert len(codes(tab)) == before
    tab.app.button_group(key="links-mail-language").set_value("zh")
    tab.run()
    html, text = codes(tab)[-2:]
    assert html.count("<a href=") == 11 and f"{URL}/s/{SURVEY}?recommend=9&amp;lang=zh" in html
    assert f"{URL}/s/{SURVEY}?recommend=9&lang=zh" in text
    tab.app.toggle(key="links-mail-personal").set_value(True)
    tab.run()
    assert "{{link}}?recommend=9&lang=zh" in codes(tab)[-1] and URL not in codes(tab)[-1]


def test_an_address_that_is_none_is_said_and_no_link_is_made_of_it() -> None:
    tab = opened()
    tab.app.text_input(key="links-address").input("javascript:alert(1)")
    tab.run()
    assert "This is not the address of a server" in tab.words and codes(tab) == []


def test_the_code_is_a_picture_of_print_size_for_the_operator_alone(visitor: Visitor) -> None:
    for role in (None, "party_a"):
        guest = visitor.sign_in("party_a") if role else visitor
        assert guest.get(f"{QR}.png").status_code in (401, 403)
    visitor.client.cookies.clear()
    visitor.sign_in()
    png, svg = (visitor.get(f"{QR}.{kind}?address={URL}") for kind in ("png", "svg"))
    assert png.headers["content-type"] == "image/png" and png.content.startswith(b"\x89PNG")
    assert int.from_bytes(png.content[16:20]) >= 600
    assert svg.headers["content-type"] == "image/svg+xml" and b"<svg" in svg.content
    assert visitor.get(f"{QR}.gif").status_code == 404
    assert visitor.get("/export/qr/no-such.png").status_code == 404
    assert visitor.get(f"{QR}.png?address=javascript:alert(1)").status_code == 400

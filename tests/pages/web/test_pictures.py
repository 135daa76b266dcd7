"""A question's picture: shown by both forms from one address that holds the same for ever."""

import re

import warehouse
from tests.pages.conftest import Visitor
from tests.pages.opening import Tab
from tests.pages.web.surveys import publish_survey
from tests.warehouse.test_pictures import SHOWN, drawn
from warehouse.pictures import add_picture, pictures

IMAGE = re.compile(r"<img [^>]*>")


def published() -> str:
    """The survey, with one of its two pictures; its address."""
    publish_survey(warehouse.serving(), SHOWN)
    return add_picture(warehouse.serving(), SHOWN, "shop.png", drawn("PNG", 800, 600)).path


def test_the_light_form_shows_the_picture_that_is_there_and_the_text_of_the_other(visitor: Visitor) -> None:
    path = published()
    sent = visitor.get("/s/shown")
    assert IMAGE.findall(sent.text) == [
        f'<img src="{path}" width="800" height="600" alt="The shop from the street">'
    ]
    assert "Picture: The shop inside" in sent.text
    assert "img-src 'self'" in sent.headers["content-security-policy"]


def test_the_page_inside_the_app_shows_the_same() -> None:
    path = published()
    tab = Tab("respond", role=None, language="en", query={"survey": "shown"})
    assert IMAGE.findall(tab.markup) == [
        f'<img src="{path}" width="800" height="600" alt="The shop from the street">'
    ]
    assert "Picture: The shop inside" in tab.words


def test_a_picture_is_kept_by_browsers_for_good_and_runs_nothing(visitor: Visitor) -> None:
    path = published()
    sent = visitor.get(path)
    assert (sent.status_code, sent.headers["content-type"]) == (200, "image/png")
    assert sent.content == drawn("PNG", 800, 600)
    assert sent.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in sent.headers["content-security-policy"]
    again = visitor.get(path, headers={"If-None-Match": sent.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_any_other_address_holds_nothing(visitor: Visitor) -> None:
    published()
    for path in ("/picture/" + "0" * 64, "/picture/shop.png", "/picture/..%2f..%2fREADME.md", "/picture/%00"):
        assert visitor.get(path).status_code == 404, path


def test_the_operator_adds_pictures_on_the_page_of_the_survey() -> None:
    publish_survey(warehouse.serving(), SHOWN)
    tab = Tab("questionnaires", "operator", "en", {"survey": "shown"})
    tab.app.segmented_control(key="part").set_value("run")
    tab.run()
    assert "Until a picture is here, its text is shown: shop.png, inside.webp." in tab.words
    for name, content, said in (
        ("shop.png", b"<svg/>", "no PNG, JPEG or WebP"),
        ("shop.png", drawn("PNG"), "its text is shown: inside.webp."),
        ("inside.webp", drawn("WEBP"), "Every picture is there."),
    ):
        tab.app.selectbox(key="picture-name").select(name)
        tab.app.file_uploader(key="picture-file").upload(name, content)
        tab.run()
        tab.app.button(key="picture-keep").click()
        assert said in tab.run().words
    assert set(pictures(warehouse.serving(), "shown")) == {"shop.png", "inside.webp"}

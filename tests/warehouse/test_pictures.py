"""Pictures of questionnaires: told by their bytes, kept once, never replaced under the same name."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from survey import read_questionnaire
from tests.warehouse.commands import run
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.picture_files import PictureRefused, picture_file
from warehouse.pictures import MOST_BYTES, add_picture, missing_pictures, picture_content, pictures
from warehouse.surveys import publish

SOURCE = """
slug: shown
version: 1
languages: [en]
default_language: en
title: {en: Shown}
intro: {en: Hello}
thanks: {en: Bye}
questions:
  - {code: front, type: image, image: shop.png, text: {en: The shop from the street}}
  - {code: inside, type: image, image: inside.webp, text: {en: The shop inside}}
  - {code: liked, type: yes_no, text: {en: Do you like it?}}
"""
SHOWN = read_questionnaire(SOURCE, "shown.yaml")


def drawn(form: str, width: int = 40, height: int = 30, colour: str = "red") -> bytes:
    """A picture of one colour in that format."""
    whole = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(whole, form)
    return whole.getvalue()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Warehouse]:
    warehouse = open_warehouse(tmp_path / "pictures.duckdb")
    publish(warehouse, SHOWN, "shown", SHOWN.title, is_example=False)
    yield warehouse
    warehouse.close()


def refusal(warehouse: Warehouse, name: str, content: bytes) -> str:
    with pytest.raises(WarehouseError) as caught:
        add_picture(warehouse, SHOWN, name, content)
    return caught.value.problem.code


@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.integers(1, 600), st.integers(1, 600))
def test_a_file_is_told_by_its_bytes_with_its_size(form: str, width: int, height: int) -> None:
    found = picture_file(drawn(form, width, height))
    assert found.media_type == f"image/{form.lower()}"
    assert (found.width, found.height) == (width, height)


@pytest.mark.parametrize("options", [{"lossless": True}, {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}])
def test_every_kind_of_webp_is_measured(options: dict[str, object]) -> None:
    whole = io.BytesIO()
    Image.new("RGBA", (301, 17), (255, 0, 0, 9)).save(whole, "WEBP", **options)
    found = picture_file(whole.getvalue())
    assert (found.width, found.height) == (301, 17)


@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.integers(0, 700), st.binary(max_size=40))
def test_a_file_cut_short_or_of_anything_else_is_refused_and_breaks_nothing(
    form: str, length: int, rest: bytes
) -> None:
    for content in (drawn(form)[: length % 20], drawn(form)[:length] + rest, rest):
        try:
            found = picture_file(content)
        except PictureRefused:
            continue
        assert found.width > 0 and found.height > 0 and found.media_type == f"image/{form.lower()}"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><body>",
        b"GIF89a" + bytes(20),
        b"%PDF-1.7",
        b"\xff\xd8\xff" + b"\xff" * 50,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(8),
    ],
)
def test_what_is_no_such_picture_is_refused(opened: Warehouse, content: bytes) -> None:
    assert refusal(opened, "shop.png", content) == "picture-unreadable"


def test_a_picture_is_kept_by_what_it_holds_and_served_as_what_it_is(opened: Warehouse) -> None:
    assert missing_pictures(opened, SHOWN) == ("shop.png", "inside.webp")
    content = drawn("JPEG")  # whatever its name says
    made = add_picture(opened, SHOWN, "shop.png", content)
    assert add_picture(opened, SHOWN, "shop.png", content) == made
    assert add_picture(opened, SHOWN, "inside.webp", content) == made
    assert picture_content(opened, made.sha256) == ("image/jpeg", content)
    assert pictures(opened, "shown") == {"shop.png": made, "inside.webp": made}
    assert missing_pictures(opened, SHOWN) == ()
    with opened.transaction() as cursor:
        assert cursor.execute("SELECT count(*) FROM picture").fetchall() == [(1,)]
        assert cursor.execute("SELECT count(*) FROM picture_name").fetchall() == [(2,)]


def test_a_published_picture_is_never_replaced(opened: Warehouse) -> None:
    made = add_picture(opened, SHOWN, "shop.png", drawn("PNG"))
    assert refusal(opened, "shop.png", drawn("PNG", colour="blue")) == "picture-taken"
    assert pictures(opened, "shown")["shop.png"] == made


def test_a_name_that_no_question_shows_is_refused(opened: Warehouse) -> None:
    assert refusal(opened, "shops.png", drawn("PNG")) == "picture-unasked"


def test_a_picture_that_is_too_large_is_refused(opened: Warehouse) -> None:
    assert refusal(opened, "shop.png", drawn("PNG") + bytes(MOST_BYTES)) == "picture-large"
    assert refusal(opened, "shop.png", drawn("PNG", 4001, 1)) == "picture-large"
    assert pictures(opened, "shown") == {}


def test_the_commands_say_what_is_missing_and_keep_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "shown.yaml").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "front.png").write_bytes(drawn("PNG"))
    code, out, _ = run(capsys, "publish", tmp_path / "shown.yaml", "--language", "en")
    assert code == 0 and "only their texts are shown: shop.png, inside.webp." in out
    asked = ("picture", "shown", tmp_path / "front.png")
    code, _, complained = run(capsys, *asked, "--language", "en")
    assert code == 1 and "picture-unasked" in complained
    code, out, _ = run(capsys, *asked, "--name", "shop.png", "--language", "zh")
    assert code == 0 and "已保存：shop.png，40 × 30 像素。" in out and "inside.webp" in out
    assert run(capsys, "picture", "nobody", tmp_path / "front.png")[0] == 1
    assert run(capsys, "picture", "shown", tmp_path / "nothing.png")[0] == 1

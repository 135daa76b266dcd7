"""Bytes to text: the right encoding or a refusal, never wrong characters."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.importing import ImportRefusedError
from warehouse.importing.decoding import decode

CHINESE = "姓名,等级\n张三,A\n李四,B\n"


def code_of(content: bytes, encoding: str = "auto") -> str:
    with pytest.raises(ImportRefusedError) as caught:
        decode(content, encoding, "file.csv")
    (problem,) = caught.value.problems
    assert problem.words("en")
    assert problem.words("zh") != problem.words("en")
    return problem.code


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (CHINESE.encode("utf-16-le"), "utf-16-le"),
        (CHINESE.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_chinese_text_is_read_in_the_encoding_it_was_written_in(content: bytes, encoding: str) -> None:
    assert decode(content, "auto", "file.csv") == (CHINESE, encoding)


def test_utf_16_without_a_mark_and_without_a_last_newline_is_read() -> None:
    assert decode("姓名,等级\n张三,A".encode("utf-16-le"), "auto", "x")[0] == "姓名,等级\n张三,A"


@settings(deadline=None)  # the machine may be busy
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), min_size=1).filter(str.strip))
def test_every_utf_8_text_with_a_heading_is_read_as_written(text: str) -> None:
    content = f"id,n\n{text}"
    assert decode(content.encode(), "auto", "x") == (content, "utf-8")


def test_western_european_text_is_refused_rather_than_read_as_chinese() -> None:
    assert code_of("id,city\n1,Zürich\n2,Málaga\n".encode("cp1252")) == "file-encoding"


def test_a_stated_encoding_is_used() -> None:
    text = "id,city\n1,Zürich\n"
    assert decode(text.encode("cp1252"), "cp1252", "x") == (text, "cp1252")


@pytest.mark.parametrize("encoding", ["big5", "shift_jis"])
def test_other_east_asian_text_is_refused_rather_than_read_as_gb18030(encoding: str) -> None:
    text = {"big5": "姓名,城市\n陳大文,臺北市\n", "shift_jis": "名前,都市\nたなか,とうきょう\n"}[encoding]
    assert code_of(text.encode(encoding)) == "file-encoding"


def test_an_invalid_byte_is_named_with_its_row_and_place() -> None:
    with pytest.raises(ImportRefusedError) as caught:
        decode(b"id,n\n1,\xff\xfe", "auto", "x.csv")
    values = caught.value.problems[0].values
    assert (values["row"], values["byte"], values["value"]) == (2, 8, "0xFF")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"  \r\n ", "file-empty"),
        (b"<html><table><tr><td>1</td></tr></table>", "file-not-csv"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "file-not-csv"),
        (b"PK\x03\x04\x14\x00\x06\x00", "file-not-csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "file-not-csv"),
        (b"id,n\n1,a\0b\n2,c\n", "file-nul"),
    ],
)
def test_a_file_that_is_no_text_is_refused_by_name(content: bytes, code: str) -> None:
    assert code_of(content) == code


def test_the_row_of_a_nul_character_is_named() -> None:
    with pytest.raises(ImportRefusedError, match="Row 3"):
        decode(b"id,n\n1,a\n2,\0\n3,b\n", "auto", "x.csv")

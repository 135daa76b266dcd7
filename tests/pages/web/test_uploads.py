"""Files in the light form: taken at once, told apart by their bytes, and for one response alone."""

import io
import zipfile
from datetime import timedelta
from uuid import UUID

import httpx
import pytest

import warehouse
from survey import new_response_id, read_questionnaire
from tests.pages.conftest import Visitor
from tests.pages.web.filling import Sheet
from tests.pages.web.surveys import publish_survey
from warehouse import uploads
from warehouse.life import pause
from warehouse.uploads import erase_uploads

FORM = "/s/slips"
ASKED = """
slug: slips
version: 1
languages: [en, zh]
default_language: en
title: {en: Slips, zh: 小票}
intro: {en: I, zh: 一}
thanks: {en: T, zh: 谢}
questions:
  - {code: comment, type: short_text, text: {en: Comment, zh: 意见}}
  - code: slip
    type: file
    required: true
    file: {types: [image, text], max_mb: 1}
    text: {en: The slip, zh: 小票}
  - code: why
    type: short_text
    show_if: answered(slip)
    text: {en: "What is on {{ slip }}?", zh: "{{ slip }} 上是什么？"}
  - {code: paper, type: file, file: {types: [pdf, document]}, text: {en: A paper, zh: 文件}}
"""
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200)


@pytest.fixture
def guest(visitor: Visitor) -> Visitor:
    """A visitor of a warehouse with a survey of two pages that asks for files on both."""
    publish_survey(warehouse.serving(), read_questionnaire(ASKED, "slips.yaml"))
    return visitor


def rows(question: str) -> list[tuple[object, ...]]:
    with warehouse.serving().transaction() as cursor:
        return cursor.execute(question).fetchall()


def first(guest: Visitor) -> Sheet:
    return Sheet(guest.get(FORM).text)


def send(
    guest: Visitor, page: Sheet, answers: dict[str, str] | None = None, **files: tuple[str, bytes]
) -> httpx.Response:
    """Send the page as a browser does that has these files chosen on it."""
    fields = {name: value for name, value in page.fields.items() if not name.startswith("_file_")}
    named = {f"_file_{code}": file for code, file in files.items()}
    empty = {name: ("", b"") for name in page.fields if name.startswith("_file_") and name not in named}
    return guest.post(FORM, data=fields | (answers or {}), files=named | empty)


def problem(sent: httpx.Response) -> str:
    assert sent.status_code == 422, sent.text
    return sent.text.split('<p class="problem" id="slip-problem">')[1].split("</p>")[0]


def packed(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def test_a_file_is_kept_on_its_page_and_stored_with_the_response_alone(guest: Visitor) -> None:
    page = first(guest)
    assert 'enctype="multipart/form-data"' in guest.get(FORM).text
    sent = send(guest, page, {"comment": "日本"}, slip=("Till slip.PNG", PNG))
    assert sent.status_code == 200 and "What is on Till slip.PNG?" in sent.text
    assert rows("SELECT question, name, media_type, size FROM upload") == [
        ("slip", "Till slip.PNG", "image/png", len(PNG))
    ]
    assert rows("SELECT * FROM response_file") == []
    done = send(guest, Sheet(sent.text))
    assert done.status_code == 303
    assert rows("SELECT question, name, media_type, size FROM response_file") == [
        ("slip", "Till slip.PNG", "image/png", len(PNG))
    ]
    assert rows("SELECT body FROM response_text") == [("日本",)]
    assert rows("SELECT question, body FROM answer WHERE type = 'file'") == [("slip", "Till slip.PNG")]


def test_a_page_without_such_a_question_is_sent_as_ever(visitor: Visitor) -> None:
    assert "multipart" not in visitor.get("/s/customer-satisfaction").text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.png", b"", "is empty"),
        (
            "a.png",
            PNG + bytes(1_000_000),
            "The file has 1.1 MB; that is too much. Choose one of at most 1",
        ),
        ("a.jpg", PNG, "holds another (PNG)"),
        ("a.html", b"<p>hello</p>", "cannot be told, or may not be sent"),
        ("a.txt", b"words <script>alert(1)</script>", "cannot be told, or may not be sent"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "cannot be told, or may not be sent"),
        ("a.txt", "文字".encode("gb18030"), "cannot be told, or may not be sent"),
        ("a.pdf", b"%PDF-1.7 ...", "of a type that is not asked for here"),
        ("a.zip", packed("a.txt"), "cannot be told, or may not be sent"),
        ("a.exe", b"MZ\x90\0" + bytes(300), "cannot be told, or may not be sent"),
    ],
)
def test_a_file_that_is_not_wanted_is_refused_and_every_answer_kept(
    guest: Visitor, name: str, content: bytes, said: str
) -> None:
    sent = send(guest, first(guest), {"comment": "kept"}, slip=(name, content))
    assert said in problem(sent)
    assert Sheet(sent.text).fields["comment"] == "kept" and rows("SELECT * FROM upload") == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", packed("[Content_Types].xml", "word/document.xml")),
        ("a.pdf", b"%PDF-1.7 ..."),
    ],
)
def test_documents_are_told_by_what_they_hold(guest: Visitor, name: str, content: bytes) -> None:
    page = Sheet(send(guest, first(guest), slip=("a.txt", b"words")).text)
    assert send(guest, page, paper=(name, content)).status_code == 303
    macros = packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
    page = Sheet(send(guest, first(guest), slip=("a.txt", b"words")).text)
    assert send(guest, page, paper=("b.docx", macros)).status_code == 422


def test_a_required_file_is_asked_for_and_a_refused_one_says_only_why(guest: Visitor) -> None:
    assert problem(send(guest, first(guest))) == "No answer was given. Please answer this question."
    assert "answer this question" not in problem(send(guest, first(guest), slip=("a.png", b"")))


def test_a_file_stays_when_one_goes_back_switches_the_language_or_sends_another_page(guest: Visitor) -> None:
    second = Sheet(send(guest, first(guest), slip=("a.png", PNG)).text)
    back = send(guest, second, {"_back": "1"})
    assert "a.png" in back.text and Sheet(back.text).fields["slip"] == second.fields["slip"]
    switched = send(guest, Sheet(back.text), {"_lang": "zh"})
    assert "撤回此文件" in switched.text and "a.png" in switched.text
    assert len(rows("SELECT * FROM upload")) == 1


def test_a_file_can_be_replaced_and_taken_back(guest: Visitor) -> None:
    back = Sheet(send(guest, Sheet(send(guest, first(guest), slip=("a.png", PNG)).text), {"_back": "1"}).text)
    other = Sheet(send(guest, back, slip=("b.txt", b"words")).text)
    assert str(other.fields["slip"]).endswith("/b.txt")
    refused = send(guest, back, {"_drop_slip": "1"})
    assert problem(refused).startswith("No answer was given") and "slip" not in Sheet(refused.text).fields


def test_nobody_refers_to_the_file_of_another_response(guest: Visitor) -> None:
    theirs = Sheet(send(guest, first(guest), slip=("a.png", PNG)).text)
    mine = first(guest)
    stolen = send(guest, mine, {"slip": str(theirs.fields["slip"])})
    assert problem(stolen) == "The file is not here any more. Please choose it once more."
    changed = str(theirs.fields["slip"]).replace("a.png", "evil.html")
    done = send(guest, theirs, {"slip": changed})
    assert done.status_code == 303 and rows("SELECT name FROM response_file") == [("a.png",)]


@pytest.mark.parametrize("reference", ["x", "/", "a" * 64 + "/1/image/png/a.png", "\udcff", "0" * 5000])
def test_a_reference_that_is_none_is_refused(guest: Visitor, reference: str) -> None:
    fields = first(guest).fields | {"slip": reference}
    body = "&".join(f"{name}={value}" for name, value in fields.items() if not name.startswith("_file"))
    sent = guest.post(
        FORM,
        content=body.encode("utf-8", "surrogateescape"),
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert "is not here any more" in problem(sent)


@pytest.mark.parametrize(
    ("named", "kept"),
    [
        ("../../etc/pass.png", "pass.png"),
        ("C:\\Users\\x\\Slip 1.png", "Slip 1.png"),
        ("a\u202egnp.png", "agnp.png"),
        ("小票.png", "小票.png"),
        ("x" * 300 + ".png", "x" * 116 + ".png"),
        ("slip", "slip.png"),
        ("...", "file.png"),
        ('a<b>"c.png', "a_b__c.png"),
    ],
)
def test_names_are_cleaned(guest: Visitor, named: str, kept: str) -> None:
    disposition = f'form-data; name="_file_slip"; filename="{named.replace(chr(34), "%22")}"'
    fields = {name: value for name, value in first(guest).fields.items() if not name.startswith("_file_")}
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    body = b"".join((*parts, b"--b\r\nContent-Disposition: ", disposition.encode(), b"\r\n\r\n", PNG))
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    assert guest.post(FORM, content=body + b"\r\n--b--\r\n", headers=headers).status_code == 200
    assert rows("SELECT name FROM upload") == [(kept,)]


def test_a_body_cut_short_is_refused_and_nothing_of_it_kept(guest: Visitor) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="_file_slip"; filename="a.png"\r\n\r\n' + PNG
    for content, kind in (
        (body, "; boundary=b"),
        (body, ""),
        (b"", "; boundary=b"),
        (b"x" * 99, "; boundary=b"),
    ):
        sent = guest.post(FORM, content=content, headers={"Content-Type": f"multipart/form-data{kind}"})
        assert sent.status_code == 400, kind
    assert rows("SELECT * FROM upload") == []


def test_fields_of_a_form_with_files_are_bounded_as_ever(guest: Visitor) -> None:
    page = first(guest)
    assert send(guest, page, {"comment": "x" * 200_000}).status_code == 413
    assert send(guest, page, {f"f{number}": "" for number in range(300)}).status_code == 400


def test_more_than_can_be_read_past_is_refused(guest: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.web.multipart.MOST_READ", 2_000_000)
    assert send(guest, first(guest), slip=("a.png", PNG + bytes(3_000_000))).status_code == 413


def test_a_response_sends_only_so_many_files_and_a_survey_holds_only_so_much(
    guest: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    page = first(guest)
    for number in range(2):
        assert send(guest, page, slip=("a.txt", b"%d" % number)).status_code == 200
    assert send(guest, page, slip=("a.txt", b"1")).status_code == 200, "the same file again is the same file"
    assert "More than 2 files were sent" in problem(send(guest, page, slip=("a.txt", b"2")))
    monkeypatch.setattr(uploads, "MOST_BYTES", 150)
    assert "cannot take more files" in problem(send(guest, first(guest), slip=("a.png", PNG)))


def test_a_file_nobody_refers_to_is_erased_after_a_day_and_a_stored_one_stays(guest: Visitor) -> None:
    left = Sheet(send(guest, first(guest), slip=("left.png", PNG)).text)
    done = Sheet(send(guest, first(guest), slip=("done.png", PNG)).text)
    assert send(guest, done).status_code == 303
    erase_uploads(warehouse.serving())
    assert len(rows("SELECT * FROM upload")) == 2
    rows("UPDATE upload SET recorded_at = recorded_at - INTERVAL 26 HOUR")
    erase_uploads(warehouse.serving())
    assert rows("SELECT name FROM upload") == [("done.png",)]
    refused = send(guest, left)
    assert refused.status_code == 422 and "is not here any more" in refused.text


def test_a_form_saved_for_later_keeps_its_file(guest: Visitor) -> None:
    saved = send(guest, first(guest), {"_save": "1"}, slip=("a.png", PNG))
    assert saved.status_code == 303
    rows("UPDATE upload SET recorded_at = recorded_at - INTERVAL 26 HOUR")
    erase_uploads(warehouse.serving())
    link = saved.headers["location"].split("/saved")[0]
    again = guest.get(link)
    assert "a.png" in again.text
    fields = {
        name: value for name, value in Sheet(again.text).fields.items() if not name.startswith("_file_")
    }
    page = Sheet(guest.post(link, data=fields).text)
    fields = {name: value for name, value in page.fields.items() if not name.startswith("_file_")}
    assert guest.post(link, data=fields).status_code == 303
    assert rows("SELECT name FROM response_file") == [("a.png",)]


def test_a_closed_survey_keeps_no_file(guest: Visitor) -> None:
    page = first(guest)
    pause(warehouse.serving(), "slips")
    send(guest, page, slip=("a.png", PNG))
    assert rows("SELECT * FROM upload") == []


def test_an_anonymous_survey_takes_no_file_and_keeps_the_answers(
    guest: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.web.sheet.is_anonymous", lambda house, survey: True)
    sent = send(guest, first(guest), {"comment": "kept"}, slip=("a.png", PNG))
    assert "This survey is anonymous and takes no files" in problem(sent)
    assert Sheet(sent.text).fields["comment"] == "kept" and rows("SELECT * FROM upload") == []


def test_operator_and_mediator_alone_get_the_file_and_only_to_save_it(guest: Visitor) -> None:
    page = Sheet(send(guest, first(guest), slip=("小票 1.png", PNG)).text)
    response_id = str(page.fields["_id"])
    path = f"/file/{response_id}/slip"
    assert guest.get(path).status_code == 401
    assert guest.sign_in("party_a").get(path).status_code == 403
    assert guest.sign_in("mediator").get(path).status_code == 404, "no response is stored yet"
    assert send(guest, page).status_code == 303
    found = guest.get(path)
    assert found.status_code == 200 and found.content == PNG
    assert found.headers["content-disposition"] == (
        "attachment; filename=\"__ 1.png\"; filename*=UTF-8''%E5%B0%8F%E7%A5%A8%201.png"
    )
    assert found.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert found.headers["cache-control"] == "no-store" and found.headers["content-type"] == "image/png"
    for wrong in (f"/file/{response_id}/paper", f"/file/{new_response_id()}/slip", "/file/x/slip"):
        assert guest.get(wrong).status_code == 404


def test_the_export_of_responses_names_the_file_and_where_it_is(guest: Visitor) -> None:
    page = Sheet(send(guest, first(guest), slip=("=a.png", PNG)).text)
    response_id = UUID(str(page.fields["_id"]))
    send(guest, page)
    table = guest.sign_in().get("/export/responses.csv?survey=slips").text.lstrip("\ufeff").splitlines()
    names, cells = table[0].split(","), table[1].split(",")
    assert len(table) == 2
    at = names.index("slip")
    assert names[at : at + 5] == ["slip", "slip.type", "slip.size", "slip.sha256", "slip.address"]
    assert cells[at : at + 3] == ["'=a.png", "image/png", str(len(PNG))]
    assert cells[at + 4] == f"/file/{response_id}/slip"


def test_two_sendings_of_one_form_store_one_response_and_one_file(guest: Visitor) -> None:
    page = Sheet(send(guest, first(guest), slip=("a.png", PNG)).text)
    assert [send(guest, page).status_code for _ in range(2)] == [303, 303]
    assert len(rows("SELECT * FROM response_file")) == 1
    assert timedelta(days=1) == uploads.LIFE

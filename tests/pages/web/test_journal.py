"""The log for machines: a line a request, and nothing in any log of what people wrote or who they are."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

import warehouse
from pages.web.log_lines import start_log, stop_log
from tests.pages.conftest import Visitor
from tests.pages.web.api.calling import Program, good
from tests.pages.web.filling import FORM, Sheet
from tests.pages.web.surveys import EVERY_TYPE, every_type, publish_survey
from tests.pages.web.test_every_type import FIRST
from tests.warehouse.answering import a_response
from tests.warehouse.inviting import links
from warehouse import WarehouseError
from warehouse.access import link_key
from warehouse.invitees import Invitee

MARK = "geheim-4711"
WHOLE = {"overall": "5", "recommend": "9", "touchpoint": "after", "comment": MARK}


@pytest.fixture
def log_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "pactboard.log"
    monkeypatch.setenv("PACTBOARD_LOG", str(path))
    handler = start_log()
    yield path
    stop_log(handler)


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def by_the_form(guest: Visitor) -> set[str]:
    """Answers sent by the open form, whole, faulty and saved for later; what must not be found of it."""
    fields = Sheet(guest.get(f"{FORM}?score=9&{MARK}=1").text).fields
    guest.post(FORM, data=fields | {"overall": MARK, "comment": MARK})
    sent = guest.post(FORM, data=fields | WHOLE)
    assert sent.status_code == 303, sent.text
    guest.get(sent.headers["location"])
    guest.post(FORM, data=fields | {"_id": MARK})
    guest.post(f"{FORM}/seen", json={"id": MARK, "kind": MARK})
    guest.get(f"/s/{MARK}")
    guest.post(
        EVERY_TYPE,
        data=Sheet(guest.get(EVERY_TYPE).text).fields | {"name": MARK},
        files={"slip": (MARK, b"x")},
    )
    page = Sheet(guest.get(EVERY_TYPE).text)
    saved = guest.post(EVERY_TYPE, data=page.fields | FIRST | {"_save": "1"}).headers["location"]
    token = saved.removeprefix("/c/").split("/")[0]
    guest.get(saved)
    guest.get(f"/c/{token}")
    guest.get(f"/c/{MARK}")
    return {str(fields["_id"]), token}


def by_a_link(guest: Visitor) -> set[str]:
    """A personal link, opened, answered faultily and whole, and one that nobody has."""
    (link,) = links(warehouse.serving(), Invitee(f"M-{MARK}"))
    path = f"/i/{link.token}"
    fields = Sheet(guest.get(path).text).fields
    guest.post(path, data=fields | {"overall": "99", "comment": MARK})
    sent = guest.post(path, data=fields | WHOLE)
    assert sent.status_code == 303, sent.text
    guest.get(sent.headers["location"])
    guest.get(f"/i/{MARK}")
    return {link.token}


def by_program(guest: Visitor) -> set[str]:
    """The API, with and without a right key, with answers right, wrong and no JSON."""
    program = Program(guest)
    answers = {"overall": 5, "recommend": 9, "touchpoint": "after", "comment": MARK}
    sent = program.send(good(answers=answers))
    assert sent.status_code == 201, sent.text
    for wrong in (
        good(answers={"overall": MARK, MARK: MARK}),
        good(member_id=MARK, **{MARK: 1}),
        MARK,
        [MARK],
    ):
        program.send(wrong)
    program.send(f"{{{MARK}".encode())
    program.send(good(answers=answers), authorization=f"Bearer {MARK}")
    program.send(good(answers=answers), idempotency_key=MARK)
    program.get(f"/metrics?{MARK}")
    return {program.key, str(sent.json()["response_id"])}


def by_the_desk(guest: Visitor) -> set[str]:
    """Signing in, exports, and addresses of nobody."""
    guest.get(f"/signin?key={MARK}")
    guest.sign_in("operator")
    for path in (
        "/export/responses.csv",
        f"/export/{MARK}.csv",
        f"/file/{uuid4()}/{MARK}",
        f"/{MARK}?{MARK}",
    ):
        guest.get(path, headers={"User-Agent": MARK, "X-Forwarded-For": MARK, "Cookie": f"x={MARK}"})
    guest.get("/", headers={"Host": f"{MARK}.example"})
    guest.send(MARK.replace("-", ""), "/healthz")
    return {link_key("operator"), "127.0.0.1"}


def to_the_writer() -> None:
    """An answer that the tables cannot take, and a query that fails."""
    with pytest.raises(WarehouseError):
        warehouse.serving().writer.submit(a_response(texts={"comment": f"{MARK}\ud800"}))


def test_no_log_holds_what_people_wrote_or_who_they_are(
    visitor: Visitor, log_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for other in ("httpx", "httpcore"):  # the visitor's own
        logging.getLogger(other).setLevel(logging.ERROR)
    publish_survey(warehouse.serving(), every_type())
    secrets = {MARK, MARK.replace("-", "")}
    for way in (by_the_form, by_a_link, by_program, by_the_desk):
        secrets |= way(visitor)
    to_the_writer()
    written = log_file.read_text(encoding="utf-8")
    found = {secret for secret in secrets if secret in written + caplog.text}
    assert found == set()
    routes = {str(line.get("route")) for line in lines(log_file)}
    assert {
        "/s/{slug}",
        "/i/{token:anything}",
        "/c/{token:anything}",
        "/signin",
        "/api/v1/surveys/{slug}/responses",
    } <= routes
    assert "a batch of 1 was not stored" in written


def test_a_line_says_route_status_time_and_why(visitor: Visitor, log_file: Path) -> None:
    answered = visitor.get("/i/nobody")
    (line,) = (each for each in lines(log_file) if "route" in each)
    assert line.pop("at") and float(str(line.pop("ms"))) > 0
    assert line == {
        "level": "info",
        "logger": "pages.web.journal",
        "message": "request",
        "request": answered.headers["x-request-id"],
        "method": "GET",
        "route": "/i/{token:anything}",
        "status": 404,
        "codes": ["invitation-closed"],
    }
    assert log_file.stat().st_mode & 0o777 == 0o600


def test_of_an_error_it_tells_the_kind_and_the_place_and_not_the_message(log_file: Path) -> None:
    try:
        raise ValueError(MARK)
    except ValueError:
        logging.getLogger("warehouse.test").exception("it broke")
        logging.getLogger("other").exception("of %s", MARK)
    first, second = lines(log_file)
    assert (first["message"], first["error"]) == ("it broke", "ValueError")
    assert str(first["raised_at"]).startswith("['test_journal.py:")
    assert second["message"] == "of %s"
    assert MARK not in log_file.read_text()


def test_without_the_setting_there_is_no_log_and_no_number(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PACTBOARD_LOG", raising=False)
    assert start_log() is None
    assert "x-request-id" not in visitor.get("/healthz").headers

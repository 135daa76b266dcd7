"""The audit: each action a row, in the transaction that did it, and a row changed or taken out is found."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from contract import ContractError
from tests.warehouse.answering import a_response
from tests.warehouse.commands import run
from warehouse import Warehouse, WarehouseError, open_warehouse, serving
from warehouse.access import end_session, open_session
from warehouse.audit.acting import acting_as
from warehouse.audit.chain import check_audit, newest, record
from warehouse.audit.events import TITLES, Event, actor_words, event_words
from warehouse.contract_loading import load_contract
from warehouse.example.loading import example_source
from warehouse.exports import export_rows
from warehouse.filters import Filters
from warehouse.keys import end_key, make_key
from warehouse.life import pause

SURVEY = "customer-satisfaction"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    opened = open_warehouse(tmp_path / "w.duckdb")
    yield opened
    opened.close()


def told(house: Warehouse) -> list[tuple[str, str, str]]:
    """Who did what to what, the oldest first, but for what a new warehouse does by itself."""
    return [(each.actor, each.event, each.subject) for each in reversed(newest(house, 100))][1:]


def test_a_new_warehouse_has_published_its_survey_and_says_so(house: Warehouse) -> None:
    (only,) = newest(house, 10)
    assert (only.actor, only.event, only.subject) == ("server", "published", SURVEY)
    assert only.details["version"] == 1 and only.seq == 1


def test_what_is_done_is_written_down_with_who_did_it(house: Warehouse) -> None:
    with acting_as("operator"):
        pause(house, SURVEY)
        contract = load_contract(house, example_source())
        make_key(house, "crm")
        end_key(house, "crm")
    assert told(house) == [
        ("operator", "life-event", SURVEY),
        ("operator", "contract-loaded", contract.id),
        ("operator", "key-made", "crm"),
        ("operator", "key-ended", "crm"),
    ]
    assert newest(house, 1, "contract-loaded")[0].details["sha256"] == contract.sha256
    load_contract(house, example_source())
    assert len(newest(house, 10, "contract-loaded")) == 1  # nothing was done a second time


def test_signing_in_and_out_is_done_by_the_role(warehouse_folder: Path) -> None:
    end_session(open_session("mediator"))
    assert told(serving())[-2:] == [("mediator", "signed-in", ""), ("mediator", "signed-out", "")]


def test_what_was_rolled_back_is_not_in_it(house: Warehouse) -> None:
    with pytest.raises(ZeroDivisionError), house.transaction() as cursor:
        record(cursor, "key-made", "lost")
        raise ZeroDivisionError
    make_key(house, "crm")
    assert told(house) == [("server", "key-made", "crm")]
    assert check_audit(house).broken_at is None


SPOILED = {
    "changed": "UPDATE audit_event SET actor = 'party_b' WHERE seq = 3",
    "later": "UPDATE audit_event SET happened_at = happened_at + INTERVAL 1 DAY WHERE seq = 3",
    "detail": "UPDATE audit_event SET details = '{}' WHERE seq = 3",
    "taken out": "DELETE FROM audit_event WHERE seq = 3",
    "doubled": "INSERT INTO audit_event SELECT * FROM audit_event WHERE seq = 3",
    "begun anew": "DELETE FROM audit_event WHERE seq < 3",
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_a_row_that_is_changed_or_taken_out_is_found_also_by_the_doctor(
    tmp_path: Path, spoil: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_warehouse()
    for number in range(5):
        with house.transaction() as cursor:
            record(cursor, "key-made", f"crm-{number}", number=number)
    before = check_audit(house)
    assert before.broken_at is None and before.rows == 6 and before.sha256 == newest(house, 1)[0].sha256
    with house.transaction() as cursor:
        cursor.execute(spoil)
    assert check_audit(house).broken_at in (1, 3, 4)
    house.close()
    code, out, _ = run(capsys, "audit", "--language", "en", "--last", "3")
    assert code == 1 and "changed or taken out" in out and "crm-4" in out and "crm-0" not in out
    doctored = run(capsys, "doctor", "--language", "en")
    assert doctored[0] == 1 and "Audit: row" in doctored[1]


def test_the_command_lists_the_rows_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    open_warehouse().close()
    code, out, _ = run(capsys, "audit", "--language", "en")
    assert code == 0 and "Questionnaire published" in out and "The server itself" in out
    assert "发布问卷" in run(capsys, "audit", "--language", "zh")[1]


def test_responses_and_refusals_are_counted_and_nothing_of_them_is_told(house: Warehouse) -> None:
    sent = [house.writer.submit(a_response(texts={"comment": "Mrs Wang"})) for _ in range(3)]
    pause(house, SURVEY)
    with pytest.raises(WarehouseError, match="survey-paused"):
        house.writer.submit(a_response())
    assert house.writer.submit(a_response(sent[0].response_id)).stored is False
    house.audit.write()
    counted = {each.event: each for each in newest(house, 10) if "count" in each.details}
    assert counted["stored"].details["count"] == 3 and counted["stored"].subject == SURVEY
    refused = counted["refused"]
    assert (refused.actor, refused.details["code"], refused.details["count"]) == (
        "visitor",
        "survey-paused",
        1,
    )
    rows = export_rows(house, "audit", Filters(SURVEY), "en").table.rows
    written = "\n".join(str(row) for row in rows)
    assert "Wang" not in written and str(sent[0].response_id) not in written


def test_a_contract_that_is_refused_is_counted(house: Warehouse) -> None:
    with acting_as("operator"), pytest.raises(ContractError):
        load_contract(house, "[" * 5_000)
    house.audit.write()
    (refused,) = newest(house, 10, "refused")
    assert refused.actor == "operator" and refused.subject == "contract" and refused.details["code"]


def test_counts_are_written_when_it_closes(tmp_path: Path) -> None:
    house = open_warehouse(tmp_path / "c.duckdb")
    house.audit.note_refused("key-refused")
    house.close()
    again = open_warehouse(tmp_path / "c.duckdb")
    assert [each.details["code"] for each in newest(again, 5, "refused")] == ["key-refused"]
    assert check_audit(again).broken_at is None
    again.close()


def test_however_many_kinds_are_refused_the_rows_are_bounded(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("warehouse.audit.counting.MOST_KINDS", 3)
    for number in range(50):
        house.audit.note_refused(f"code-{number}")
    house.audit.write()
    refused = newest(house, 100, "refused")
    assert len(refused) == 4 and sum(int(str(each.details["count"])) for each in refused) == 50


def test_every_event_has_words_in_both_languages_and_an_unknown_one_its_code() -> None:
    assert set(TITLES) == set(get_args(Event))
    assert all(event_words(code, "zh") != event_words(code, "en") for code in TITLES)
    assert event_words("of-a-later-version", "zh") == "of-a-later-version"
    assert actor_words("program crm", "zh") == "程序 crm"

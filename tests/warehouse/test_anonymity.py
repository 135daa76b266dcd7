"""Anonymous surveys: who has answered is known, what was answered later, and nothing joins the two."""

import secrets
import stat
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from survey import library_questionnaire
from tests.warehouse.answering import a_response
from tests.warehouse.inviting import SURVEY, links, response_id_of, rows_stored
from warehouse import Warehouse, WarehouseError, open_warehouse
from warehouse.anonymity import LEAST, is_anonymous, open_boxes, sealed_answers
from warehouse.box_key import key_path
from warehouse.fieldwork.dispositions import waves as fieldwork_waves
from warehouse.gate import NotOpen
from warehouse.invitations import find, to_remind, waves
from warehouse.invitees import Invitee
from warehouse.life import close, keep_anonymous, resume, set_dates, set_limits
from warehouse.surveys import publish

MEMBERS = 60


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Warehouse]:
    """A warehouse whose built-in survey is anonymous."""
    opened = open_warehouse(tmp_path / "pactboard.duckdb")
    keep_anonymous(opened, SURVEY)
    yield opened
    opened.close()


def answer(house: Warehouse, member: str) -> bool:
    """Send what tells who wrote it; whether it was new."""
    sent = a_response(response_id_of(house, member), texts={"comment": member})
    sent = replace(sent, member_id=member, tier="vip", submitted_at=datetime.now(UTC))
    return house.writer.submit(sent).stored


def everybody_answers(house: Warehouse) -> list[str]:
    """The members in the order in which they have answered, which is not that in which they were invited."""
    members = [f"M{number:03d}" for number in range(MEMBERS)]
    links(house, *(Invitee(member, "vip", "zh") for member in members))
    secrets.SystemRandom().shuffle(members)
    assert all(answer(house, member) for member in members)
    return members


def opened(house: Warehouse) -> tuple[str, ...]:
    """Close the survey, and open its box when the time has come."""
    close(house, SURVEY)
    assert open_boxes(house) == ()
    return open_boxes(house, datetime.now(UTC) + timedelta(minutes=31))


def rows(house: Warehouse, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with house.transaction() as cursor:
        return cursor.execute(statement, list(values)).fetchall()


def orders(house: Warehouse) -> dict[str, list[str]]:
    """The comments in every order that the file has."""
    tables = {
        "response": ("rowid", "ingest_seq", "response_id", "recorded_at", "submitted_at"),
        "response_text": ("rowid", "response_id"),
        "response_choice": ("rowid", "response_id"),
    }
    return {
        f"{table} by {column}": [
            row[0]
            for row in rows(
                house,
                f"SELECT t.body FROM {table} AS o JOIN response_text AS t USING (response_id) "
                f"ORDER BY o.{column}, o.rowid",
            )
        ]
        for table, columns in tables.items()
        for column in columns
    }


def hits(guess: Sequence[str], truth: Sequence[str]) -> int:
    """How many the guess has right, read from the front or from the back."""
    ways = (guess, list(reversed(guess)))
    return max(sum(a == b for a, b in zip(way, truth, strict=True)) for way in ways)


def slope(guess: Sequence[str], truth: Sequence[str]) -> float:
    """Spearman's correlation of the two orders."""
    place = {member: number for number, member in enumerate(truth)}
    n = len(truth)
    return 1 - 6 * sum((number - place[each]) ** 2 for number, each in enumerate(guess)) / (n * (n * n - 1))


def test_who_has_the_file_and_the_order_of_tokens_matches_no_better_than_chance(house: Warehouse) -> None:
    truth = everybody_answers(house)
    assert opened(house) == (SURVEY,)
    found = orders(house)
    marks = {row[0]: number for number, row in enumerate(rows(house, "SELECT mark FROM anonymous_mark"))}
    by_mark = sorted(truth, key=lambda member: marks[mark_of(house, member)])
    for name, guess in found.items():
        assert sorted(guess) == sorted(truth), name
        for other, order in (("use", truth), ("marks", by_mark), ("invitations", sorted(truth))):
            # Of 60 one is right by chance; 9 or more come once in a million. 0.6 likewise.
            assert hits(guess, order) < 9 and abs(slope(guess, order)) < 0.6, f"{name} against {other}"


def test_the_same_adversary_wins_against_a_box_that_is_not_shuffled(
    house: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = everybody_answers(house)
    monkeypatch.setattr("warehouse.anonymity.secrets.SystemRandom.shuffle", lambda self, lot: None)
    opened(house)
    assert max(hits(guess, truth) for guess in orders(house).values()) == MEMBERS


def mark_of(house: Warehouse, member: str) -> str:
    return str(rows(house, "SELECT sha256(CAST(? AS VARCHAR))", response_id_of(house, member))[0][0])


def test_marks_lie_sorted_and_so_say_nothing_of_the_order_of_use(house: Warehouse) -> None:
    truth = everybody_answers(house)
    marks = [row[0] for row in rows(house, "SELECT mark FROM anonymous_mark ORDER BY rowid")]
    assert marks == sorted(marks) and len(marks) == MEMBERS
    used = [mark_of(house, member) for member in truth]
    assert hits(marks, used) < 9 and abs(slope(marks, used)) < 0.6


def test_before_the_opening_no_answer_can_be_read_or_told_by_its_length(house: Warehouse) -> None:
    links(house, Invitee("M1"), Invitee("M2"))
    answer(house, "M1")
    answer(house, "M2")
    assert rows(house, "SELECT count(*) FROM response")[0][0] == 0
    sealed = [row[0] for row in rows(house, "SELECT sealed FROM anonymous_box")]
    assert len({len(each) for each in sealed}) == 1 and sealed_answers(house, SURVEY) == 2
    house.read("core/surveys")
    wal = house.path.with_name(house.path.name + ".wal")
    kept = house.path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")
    assert b"touchpoint" not in b"".join(sealed) and b'"comment": "M1"' not in kept
    path = key_path(house.path, SURVEY)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() not in kept


def test_what_was_copied_while_it_ran_cannot_be_read_once_the_key_is_destroyed(house: Warehouse) -> None:
    everybody_answers(house)
    key = key_path(house.path, SURVEY).read_bytes()
    opened(house)
    assert not key_path(house.path, SURVEY).exists()
    assert rows_stored(house)["anonymous_box"] == 0
    wal = house.path.with_name(house.path.name + ".wal")
    assert key not in house.path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")


def test_responses_have_no_member_no_language_no_time_and_no_id_of_an_invitation(house: Warehouse) -> None:
    everybody_answers(house)
    opened(house)
    found = rows(
        house,
        "SELECT DISTINCT member_id, tier, channel, language, started_at, submitted_at, day, recorded_at "
        "FROM response",
    )
    (row,) = found  # one and the same for all
    assert row[:5] == (None, None, "anonymous", "und", None)
    local = row[5].replace(tzinfo=UTC).astimezone(house.reporting_zone)
    assert (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
    assert local.date() == row[6] == datetime.now(house.reporting_zone).date()
    joined = "SELECT count(*) FROM response AS r JOIN invitation AS i USING (response_id)"
    assert rows(house, joined) == [(0,)]
    millis = {row[0].int >> 80 for row in rows(house, "SELECT response_id FROM response")}
    assert millis == {int(local.timestamp() * 1000)}
    assert rows(house, "SELECT count(*) FROM fieldwork_event") == [(0,)]


def test_who_has_answered_is_known_and_who_has_not_is_reminded(house: Warehouse) -> None:
    made = links(house, *(Invitee(f"M{number}") for number in range(8)))
    for number in range(6):
        answer(house, f"M{number}")
    assert [each.member_id for each in to_remind(house, SURVEY)] == ["M6", "M7"]
    assert [(wave.invited, wave.answered) for wave in waves(house, SURVEY)] == [(8, 6)]
    (wave,) = fieldwork_waves(house, SURVEY)
    opened(house)
    assert [(wave.invited, wave.answered) for wave in waves(house, SURVEY)] == [(8, 6)]
    assert fieldwork_waves(house, SURVEY) == (wave,)  # what came out of the box is no case of the open link
    standing = [found.standing for link in made if (found := find(house, link.token))]
    assert standing == ["answered"] * 6 + ["open"] * 2


def test_eight_tokens_in_two_tabs_at_once_are_eight_answers(house: Warehouse) -> None:
    members = [f"M{number}" for number in range(8)]
    links(house, *(Invitee(member) for member in members))
    with ThreadPoolExecutor(16) as threads:
        stored = list(threads.map(lambda member: answer(house, member), members * 2))
    assert sum(stored) == 8 and sealed_answers(house, SURVEY) == 8
    opened(house)
    assert sorted(row[0] for row in rows(house, "SELECT body FROM response_text")) == members


def test_answers_survive_a_restart_and_are_what_was_sent(tmp_path: Path) -> None:
    house = open_warehouse(tmp_path / "restarted.duckdb")
    keep_anonymous(house, SURVEY)
    for number in range(LEAST):
        house.writer.submit(a_response(scores=(number + 1, None, None), submitted_at=datetime.now(UTC)))
    house.close()
    again = open_warehouse(house.path)
    opened(again)
    found = rows(again, "SELECT scores, missing, touchpoint, version FROM response ORDER BY scores[1]")
    again.close()
    assert found == [
        ([number + 1, None, None], [None, "blank", "blank"], "after", 1) for number in range(LEAST)
    ]


def test_fewer_than_five_answers_stay_sealed_and_more_can_be_asked_for(house: Warehouse) -> None:
    for _ in range(LEAST - 1):
        house.writer.submit(a_response(submitted_at=datetime.now(UTC)))
    assert opened(house) == () and key_path(house.path, SURVEY).exists()
    resume(house, SURVEY)
    house.writer.submit(a_response(submitted_at=datetime.now(UTC)))
    assert opened(house) == (SURVEY,) and rows(house, "SELECT count(*) FROM response") == [(LEAST,)]
    assert open_boxes(house, datetime.now(UTC) + timedelta(days=9)) == (SURVEY,)
    assert rows(house, "SELECT count(*) FROM response") == [(LEAST,)]


REFUSED: list[Callable[[Warehouse], object]] = [
    lambda house: resume(house, SURVEY),
    lambda house: set_dates(house, SURVEY, None, datetime.now(UTC) + timedelta(days=9)),
]


@pytest.mark.parametrize("order", REFUSED)
def test_a_survey_whose_box_was_opened_never_takes_answers_again(
    house: Warehouse, order: Callable[[Warehouse], object]
) -> None:
    everybody_answers(house)
    opened(house)
    with pytest.raises(WarehouseError) as refusal:
        order(house)
    assert refusal.value.problem.code == "anonymous-opened"
    with pytest.raises(NotOpen):
        house.writer.submit(a_response())


def test_a_survey_that_has_begun_cannot_become_anonymous(tmp_path: Path) -> None:
    house = open_warehouse(tmp_path / "begun.duckdb")
    house.writer.submit(a_response())
    with pytest.raises(WarehouseError) as refusal:
        keep_anonymous(house, SURVEY)
    assert refusal.value.problem.code == "anonymous-begun" and not is_anonymous(house, SURVEY)
    house.close()


def test_limits_and_anonymity_exclude_one_another(house: Warehouse) -> None:
    with pytest.raises(WarehouseError) as refusal:
        set_limits(house, SURVEY, 9)
    assert refusal.value.problem.code == "anonymous-limits"
    set_limits(house, SURVEY, None)
    other = library_questionnaire("csat-after-sale")
    publish(house, other, "limited", other.title, is_example=False)
    set_limits(house, "limited", 9)
    with pytest.raises(WarehouseError) as refusal:
        keep_anonymous(house, "limited")
    assert refusal.value.problem.code == "anonymous-limits"


def test_an_anonymous_survey_asks_nobody_who_they_are_not_in_a_later_version_either(house: Warehouse) -> None:
    first = library_questionnaire(SURVEY)
    named = first.questions[0].model_copy(update={"pii": True})
    later = first.model_copy(
        update={"version": first.version + 1, "questions": (named, *first.questions[1:])}
    )
    with pytest.raises(WarehouseError) as refusal:
        publish(house, later, SURVEY, first.title, is_example=False)
    assert refusal.value.problem.code == "anonymous-personal"
    assert first.questions[0].code in refusal.value.problem.words("zh")


@pytest.mark.parametrize("where", ["condition", "text", "file"])
def test_a_survey_that_speaks_of_its_members_or_asks_for_files_cannot_become_anonymous(
    house: Warehouse, where: str
) -> None:
    asked = library_questionnaire(SURVEY)
    question = asked.questions[-1].model_copy(
        update={
            "condition": {"show_if": "member.tier = 'gold'"},
            "text": {"text": {"zh": "{{ member.name }}，如何？", "en": "{{ member.name }}, how was it?"}},
            "file": {"type": "file", "required": True, "choices": (), "dimension": None},
        }[where]
    )
    speaking = asked.model_copy(update={"slug": "speaking", "questions": (*asked.questions[:-1], question)})
    publish(house, speaking, "speaking", asked.title, is_example=False)
    with pytest.raises(WarehouseError) as refusal:
        keep_anonymous(house, "speaking")
    expected = {"condition": "member.tier", "text": "member.name", "file": question.code}[where]
    assert refusal.value.problem.code == ("anonymous-personal" if where == "file" else "anonymous-member")
    assert expected in refusal.value.problem.words("zh") and not is_anonymous(house, "speaking")
    # Nor may a survey that is anonymous come to it later.
    later = speaking.model_copy(update={"slug": SURVEY, "version": asked.version + 1})
    with pytest.raises(WarehouseError) as refusal:
        publish(house, later, SURVEY, asked.title, is_example=False)
    assert expected in refusal.value.problem.words("en")


def test_without_the_key_nothing_is_thanked_for(house: Warehouse) -> None:
    key_path(house.path, SURVEY).unlink()
    with pytest.raises(WarehouseError) as refusal:
        house.writer.submit(a_response())
    assert refusal.value.problem.code == "writer-failed" and sealed_answers(house, SURVEY) == 0


def test_answers_of_other_surveys_are_stored_as_ever_in_the_same_batch(house: Warehouse) -> None:
    other = library_questionnaire("csat-after-sale")
    publish(house, other, "named", other.title, is_example=False)
    sent = [replace(a_response(), survey="named", member_id="M1"), a_response()]
    with ThreadPoolExecutor(2) as threads:
        assert all(each.stored for each in threads.map(house.writer.submit, sent))
    assert rows(house, "SELECT survey, member_id FROM response") == [("named", "M1")]
    assert sealed_answers(house, SURVEY) == 1


def test_a_lost_key_is_said_and_keeps_no_other_box_shut(house: Warehouse) -> None:
    other = library_questionnaire("csat-after-sale")
    publish(house, other, "another", other.title, is_example=False)
    keep_anonymous(house, "another")
    for _ in range(LEAST):
        house.writer.submit(replace(a_response(), survey="another"))
        house.writer.submit(a_response())
    key_path(house.path, "another").unlink()
    close(house, "another")
    close(house, SURVEY)
    with pytest.raises(WarehouseError) as refusal:
        open_boxes(house, datetime.now(UTC) + timedelta(minutes=31))
    assert refusal.value.problem.code == "anonymous-key"
    assert rows(house, "SELECT DISTINCT survey FROM response") == [(SURVEY,)]
    assert sealed_answers(house, "another") == LEAST

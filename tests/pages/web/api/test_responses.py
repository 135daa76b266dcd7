"""Responses sent by programs: checked as the form's are, stored once, answered after the commit."""

import json
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import warehouse
from survey import (
    Question,
    library_questionnaire,
    new_response_id,
    read_questionnaire,
    receipt_number,
    response_id_at,
    started_at,
)
from tests.pages.web.api.calling import RESPONSES, Program, codes, good, stored
from tests.pages.web.surveys import publish_survey
from warehouse.problems import core_error
from warehouse.receiving import forget_rules, response_content
from warehouse.surveys import publish

CONDITIONAL = """
slug: vip
version: 1
languages: [en]
default_language: en
title: {en: VIP}
intro: {en: Hello}
thanks: {en: Bye}
questions:
  - {code: overall, type: rating, text: {en: All}, scale: {min: 1, max: 5, low: {en: bad}, high: {en: ok}}}
  - {code: lounge, type: yes_no, text: {en: Used the lounge?}, show_if: member.tier = 'vip'}
"""


def test_a_response_is_stored_with_all_that_was_said_about_it(program: Program) -> None:
    sent = program.send(
        good(
            answers={"overall": 4, "recommend": "10", "touchpoint": "before", "comment": "很好\r\n谢谢"},
            language="zh-CN",
            channel="call_centre",
            submitted_at="2026-01-31T23:30:00+07:00",
            member_id="M00001",
            tier="gold",
            weight=1.5,
        )
    )
    assert sent.status_code == 201 and sent.headers["cache-control"] == "no-store"
    response_id = UUID(sent.json()["response_id"])
    assert sent.json() == {"response_id": str(response_id), "receipt": receipt_number(response_id)}
    with warehouse.serving().transaction() as cursor:
        row = cursor.execute(
            "SELECT response_id, channel, language, submitted_at, day, member_id, tier, weight, scores, "
            "touchpoint, body FROM response JOIN response_text USING (response_id)"
        ).fetchone()
    assert row == (
        response_id,
        "call_centre",
        "zh",
        datetime(2026, 1, 31, 16, 30),  # noqa: DTZ001 - as the table holds it, in UTC
        datetime(2026, 2, 1).date(),  # noqa: DTZ001 - the day in Shanghai
        "M00001",
        "gold",
        1.5,
        [4, 10, None],
        "before",
        "很好\n谢谢",
    )


def test_without_more_it_is_of_the_api_and_of_now(program: Program) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    assert program.send().status_code == 201
    with warehouse.serving().transaction() as cursor:
        row = cursor.execute(
            "SELECT channel, weight, member_id, tier, started_at, submitted_at FROM response"
        ).fetchone()
    assert row and row[:5] == ("api", 1.0, None, None, None)
    assert before <= row[5].replace(tzinfo=UTC) <= datetime.now(UTC)


def test_the_same_request_again_is_answered_as_the_first_and_stored_once(program: Program) -> None:
    first = program.send(idempotency_key="order-17")
    shuffled = json.dumps(dict(reversed(good().items())), indent=3).encode()
    again = program.send(shuffled, idempotency_key="order-17")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert stored() == 1


def test_the_same_key_with_other_content_is_a_conflict_and_the_first_stays(program: Program) -> None:
    program.send(idempotency_key="order-17")
    other = program.send(good(answers={"overall": 1}), idempotency_key="order-17")
    assert other.status_code == 409
    assert codes(other) == [("idempotency-key-reused", "Idempotency-Key")]
    assert "new Idempotency-Key" in other.json()["problems"][0]["todo"]
    with warehouse.serving().transaction() as cursor:
        assert cursor.execute("SELECT scores[1] FROM response").fetchall() == [(5,)]


def test_content_that_was_refused_leaves_its_key_free(program: Program) -> None:
    assert program.send(good(answers={}), idempotency_key="order-17").status_code == 422
    assert program.send(idempotency_key="order-17").status_code == 201


def test_a_closed_survey_takes_nothing_new_and_still_knows_what_it_took(program: Program) -> None:
    first = program.send(idempotency_key="order-17")
    with warehouse.serving().transaction() as cursor:
        cursor.execute(
            "INSERT INTO survey_event VALUES ('customer-satisfaction', 'closed', TIMESTAMP '2026-01-01')"
        )
    forget_rules(warehouse.serving())
    assert program.get().json()["takes_answers"] is False
    refused = program.send(idempotency_key="order-18")
    assert refused.status_code == 409 and codes(refused) == [("survey-closed", "")]
    again = program.send(idempotency_key="order-17")
    assert again.status_code == 200 and again.json() == first.json()
    assert stored() == 1


def test_conditions_see_the_tier_and_an_answer_not_asked_for_is_refused(program: Program) -> None:
    asked = read_questionnaire(CONDITIONAL, "vip.yaml")
    publish(warehouse.serving(), asked, "vip", asked.title, is_example=False)
    answers = {"overall": 5, "lounge": "yes"}
    path = "/api/v1/surveys/vip/responses"
    assert program.send(good(answers=answers, tier="vip"), path).status_code == 201
    refused = program.send(good(answers=answers, tier="standard"), path)
    assert refused.status_code == 422 and codes(refused) == [("answer-hidden", "lounge")]


def test_programs_do_not_meet_in_their_keys(program: Program) -> None:
    other = Program(program.visitor, "shop")
    ids = {
        sender.send(idempotency_key="order-17").json()["response_id"] for sender in (program, other, program)
    }
    assert len(ids) == 2 == stored()


def test_a_repeat_counts_once_also_after_a_new_start(program: Program) -> None:
    first = program.send(idempotency_key="order-17")
    warehouse.close_serving()
    again = program.send(idempotency_key="order-17")
    assert again.status_code == 200 and again.json() == first.json()
    assert program.send(good(weight=2), idempotency_key="order-17").status_code == 409


def test_ids_sort_by_the_time_of_an_idempotency_key_that_has_one(program: Program) -> None:
    then = datetime(2026, 3, 1, 12, tzinfo=UTC)
    keys = [str(new_response_id(then + timedelta(hours=hour))) for hour in range(3)]
    ids = [program.send(idempotency_key=key).json()["response_id"] for key in keys]
    assert ids == sorted(ids) and not set(ids) & set(keys)
    assert all(UUID(each).version == 7 for each in ids)


def test_ids_sort_by_the_first_arrival_where_the_idempotency_key_has_no_time(program: Program) -> None:
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    ids = [program.send(idempotency_key=key).json()["response_id"] for key in ("z", "m", str(uuid4()), "a")]
    assert ids == sorted(ids) and started_at(UUID(ids[0])) >= before
    warehouse.close_serving()
    again = [program.send(idempotency_key=key).json()["response_id"] for key in ("a", "z")]
    assert again == [ids[3], ids[0]] and stored() == 4


def test_a_repeat_of_a_request_from_before_its_time_was_kept_is_still_known(program: Program) -> None:
    program.send(idempotency_key="order-17")
    timeless = response_id_at(datetime(1970, 1, 1, tzinfo=UTC), "customer-satisfaction", "api\0crm\0order-17")
    with warehouse.serving().transaction() as cursor:
        for table in ("response", "response_content"):
            cursor.execute(f"UPDATE {table} SET response_id = $1", [timeless])
        cursor.execute("UPDATE response_content SET request_sha256 = NULL")
    warehouse.close_serving()
    again = program.send(idempotency_key="order-17")
    assert again.status_code == 200 and again.json()["response_id"] == str(timeless)


def test_neither_the_key_nor_the_idempotency_key_is_on_disk(program: Program) -> None:
    program.send(idempotency_key="order-17-of-the-shop")
    path = warehouse.serving().path
    warehouse.close_serving()
    for file in path.parent.iterdir():
        assert program.key.encode() not in file.read_bytes()
        assert b"order-17-of-the-shop" not in file.read_bytes()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, [("answer-required", "overall")]),
        ({"overall": 6}, [("answer-out-of-range", "overall")]),
        ({"overall": "5", "recommend": -1}, [("answer-out-of-range", "recommend")]),
        ({"overall": 4.5}, [("answer-not-a-number", "overall")]),
        ({"overall": True}, [("answer-not-text", "overall")]),
        ({"overall": [5]}, [("answer-not-text", "overall")]),
        ({"overall": {"score": 5}}, [("answer-not-text", "overall")]),
        ({"overall": 5, "comment": 5}, [("answer-not-text", "comment")]),
        ({"overall": 5, "comment": "\ud800"}, [("answer-control-character", "comment")]),
        ({"overall": 5, "comment": "nul\0"}, [("answer-control-character", "comment")]),
        ({"overall": 5, "comment": "x" * 2001}, [("answer-too-long", "comment")]),
        ({"overall": 5, "touchpoint": "elsewhere"}, [("answer-not-offered", "touchpoint")]),
        ({"overall": 5, "extra": "x"}, [("question-unknown", "extra")]),
        ({"overall": 5, "\ud800": "x"}, [("question-unknown", "\\ud800")]),
        ({"overall": 5, "k" * 300: "x"}, [("question-unknown", "k" * 59 + "…")]),
        ({"recommend": 11, "ease": "8"}, ["answer-required", "answer-out-of-range", "answer-out-of-range"]),
    ],
)
def test_answers_are_refused_by_the_codes_of_the_form(
    program: Program, answers: dict[str, object], expected: list[object]
) -> None:
    refused = program.send(good(answers=answers))
    assert refused.status_code == 422
    told = codes(refused)
    assert told == expected or [code for code, _ in told] == expected
    assert stored() == 0


@pytest.mark.parametrize("score", [b"5.0", b"5", b'"5"', b'" 5 "'])
def test_a_score_may_be_a_number_or_its_digits(program: Program, score: bytes) -> None:
    sent = program.send(b'{"language": "en", "answers": {"overall": ' + score + b"}}")
    assert sent.status_code == 201, sent.text


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("language", "fr"),
        ("language", 5),
        ("channel", "Call Centre"),
        ("channel", "x" * 41),
        ("submitted_at", "2026-07-01"),
        ("submitted_at", "2026-07-01T09:30:00"),
        ("submitted_at", 1_782_000_000),
        ("submitted_at", "1782000000"),
        ("submitted_at", "2026-02-30T09:30:00Z"),
        ("submitted_at", "1999-12-31T23:59:59Z"),
        ("submitted_at", "0001-01-01T00:00:00+14:00"),
        ("submitted_at", "9999-12-31T23:59:59-14:00"),
        pytest.param("submitted_at", (datetime.now(UTC) + timedelta(hours=1)).isoformat(), id="later"),
        ("member_id", ""),
        ("member_id", 17),
        ("member_id", "a\nb"),
        ("member_id", "\udfff"),
        ("tier", "\u200b"),
        ("tier", "x" * 101),
        ("weight", -1),
        ("weight", "1"),
        ("weight", True),
        ("weight", 1e300),
        ("answers", []),
        ("answers", "overall"),
    ],
)
def test_a_key_with_a_wrong_value_is_named(program: Program, key: str, value: object) -> None:
    refused = program.send(good(**{key: value}))
    assert refused.status_code == 422
    assert codes(refused) == [(f"{key.replace('_', '-')}-invalid", key)]
    assert stored() == 0


def test_everything_wrong_with_the_keys_is_said_at_once(program: Program) -> None:
    refused = program.send({"answer": {}, "weight": "much", "Language": "en"})
    assert sorted(codes(refused)) == [
        ("key-not-given", "answers"),
        ("key-not-given", "language"),
        ("key-not-known", "Language"),
        ("key-not-known", "answer"),
        ("weight-invalid", "weight"),
    ]


@pytest.mark.parametrize("body", [[], "x", 5, None, True])
def test_a_body_that_is_no_object_is_refused(program: Program, body: object) -> None:
    refused = program.send(json.dumps(body).encode())
    assert refused.status_code == 422 and codes(refused) == [("body-not-an-object", "")]


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 201, "ключ".encode().decode("latin-1"), "a\tb"])
def test_an_idempotency_key_is_needed_and_must_be_one(program: Program, key: str) -> None:
    headers = [(name, value) for name, value in program.headers(idempotency_key="").items()]
    if key:
        headers.append(("Idempotency-Key", key))
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    refused = program.visitor.post(RESPONSES, content=json.dumps(good()).encode(), headers=raw)
    assert refused.status_code == 400
    assert codes(refused) == [("idempotency-key-missing", "Idempotency-Key")]


def test_problems_are_told_in_the_language_that_is_accepted(program: Program) -> None:
    answers = {"recommend": 11}
    chinese = program.send(good(answers=answers), accept_language="zh-CN,zh;q=0.9,en;q=0.5")
    english = program.send(good(answers=answers), accept_language="en")
    assert chinese.headers["content-language"] == "zh" and english.headers["content-language"] == "en"
    assert codes(chinese) == codes(english)
    for problem in chinese.json()["problems"]:
        assert re.search(r"[\u4e00-\u9fff]", problem["what"]) and problem["todo"].endswith("。")
    assert "11 is not on the scale" in english.text


@pytest.mark.parametrize("code", ["writer-busy", "writer-failed"])
def test_a_writer_that_cannot_is_said_with_when_to_come_again(
    program: Program, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def refuse(response: object) -> None:
        raise core_error(code)

    monkeypatch.setattr(warehouse.serving().writer, "submit", refuse)
    refused = program.send(idempotency_key="order-17")
    assert refused.status_code == 503 and int(refused.headers["retry-after"]) > 0
    assert codes(refused) == [(code, "")]
    monkeypatch.undo()
    assert program.send(idempotency_key="order-17").status_code == 201


@pytest.mark.parametrize(("overall", "status"), [(5, 200), (1, 409)])
def test_of_two_in_the_same_moment_the_second_is_told_what_the_first_was(
    program: Program, monkeypatch: pytest.MonkeyPatch, overall: int, status: int
) -> None:
    looked: list[UUID] = []

    def look(house: warehouse.Warehouse, response_id: UUID) -> str | None:
        looked.append(response_id)
        # The first look finds nothing, as it is when both requests are under way.
        return response_content(house, response_id) if len(looked) > 1 else None

    program.send(good(answers={"overall": 5}), idempotency_key="order-17")
    monkeypatch.setattr("pages.web.api.responses.response_content", look)
    second = program.send(good(answers={"overall": overall}), idempotency_key="order-17")
    assert second.status_code == status and len(looked) == 2
    with warehouse.serving().transaction() as cursor:
        assert cursor.execute("SELECT scores[1] FROM response").fetchall() == [(5,)]


LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
)
KEYS = ("answers", "language", "channel", "submitted_at", "member_id", "tier", "weight", "other")
QUESTIONS = ("overall", "recommend", "ease", "touchpoint", "comment", "other")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=JSON
    | st.dictionaries(st.sampled_from(KEYS), JSON)
    | st.builds(
        lambda answers: {"language": "en", "answers": answers},
        st.dictionaries(st.sampled_from(QUESTIONS), JSON),
    )
)
def test_whatever_json_is_sent_is_stored_or_refused_with_a_code(program: Program, body: object) -> None:
    before = stored()
    sent = program.send(json.dumps(body).encode())
    assert sent.status_code in (201, 400, 422), sent.text
    assert stored() == before + (sent.status_code == 201)
    if sent.status_code != 201:
        assert codes(sent)


def test_a_program_cannot_send_a_file_and_is_told_so(program: Program) -> None:
    asked = library_questionnaire("customer-satisfaction")
    slip = Question(code="slip", type="file", text=asked.title)
    definition = asked.model_copy(update={"slug": "slips", "questions": (*asked.questions, slip)})
    publish_survey(warehouse.serving(), definition)
    path = "/api/v1/surveys/slips/responses"
    reference = f"{'a' * 64}/9/image/png/a.png"
    for file in (reference, "", {"content": "AAAA"}, 7):
        refused = program.send(good(answers={"overall": 5, "touchpoint": "after", "slip": file}), path)
        assert codes(refused) == [("answer-file", "slip")]
    taken = program.send(good(answers={"overall": 5, "touchpoint": "after", "slip": None}), path)
    assert taken.status_code == 201
    assert "slip" not in program.get("/api/v1/surveys/slips").json()["answers"]["properties"]


@pytest.mark.parametrize(
    ("answer", "words"), [(True, "true or false"), ([5], "a list"), ({"score": 5}, "an object")]
)
def test_what_is_no_text_is_named_in_words_and_an_example_is_given(
    program: Program, answer: object, words: str
) -> None:
    (told,) = program.send(good(answers={"overall": answer})).json()["problems"]
    assert told["what"] == f"This is not a text but {words}" and '"5"' in told["todo"]

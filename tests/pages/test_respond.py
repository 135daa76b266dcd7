"""The questionnaire inside the app: open to all, nothing preset, one response however often sent."""

import pytest

import warehouse
from tests.pages.opening import Tab
from warehouse.life import close, pause, resume, set_limits
from warehouse.problems import core_error
from warehouse.writer import Writer

SLUG = "customer-satisfaction"


def key(question: str) -> str:
    return f"answer-{SLUG}-{question}"


def filled(**answers: str) -> Tab:
    """The form, open to somebody not signed in, with these answers chosen."""
    tab = Tab("respond", role=None)
    for question, answer in ({"overall": "5"} | answers).items():
        tab.app.get_by_key(key(question)).set_value(answer)
    return tab


def sent(tab: Tab) -> Tab:
    tab.app.form_submit_button[0].click()
    return tab.run()


def responses() -> list[tuple[object, ...]]:
    with warehouse.serving().transaction() as cursor:
        return cursor.execute("SELECT scores, touchpoint, channel, language FROM response").fetchall()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_is_answered_beforehand(language: str) -> None:
    tab = Tab("respond", role=None, language=language)
    assert [
        tab.app.get_by_key(key(code)).value for code in ("overall", "recommend", "ease", "touchpoint")
    ] == [None] * 4
    assert ("客户满意度调查" if language == "zh" else "Customer satisfaction survey") in tab.words


def test_a_scale_offers_every_score_in_order() -> None:
    app = Tab("respond", role=None).app
    assert list(app.get_by_key(key("recommend")).options) == [str(score) for score in range(11)]


def test_a_sent_form_is_stored_and_thanked_with_a_receipt() -> None:
    tab = sent(filled(recommend="9", ease="7", touchpoint="after"))
    assert "Thank you" in tab.words and "Your receipt number" in tab.words
    assert responses() == [([5, 9, 7], "after", "page", "en")]


def test_a_double_click_gives_one_response() -> None:
    tab = filled()
    held = tab.app.session_state[f"respond-{SLUG}-id"]
    number = sent(tab).words
    # The second click of the pair arrives with the state from before the first one's answer.
    del tab.app.session_state[f"respond-{SLUG}-receipt"]
    tab.app.session_state[f"respond-{SLUG}-id"] = held
    tab.run()
    tab.app.get_by_key(key("overall")).set_value("1")
    assert sent(tab).words == number
    assert responses() == [([5, None, None], None, "page", "en")]


def test_a_missing_answer_is_said_at_its_question_and_nothing_is_stored() -> None:
    tab = Tab("respond", role=None)
    tab.app.get_by_key(key("recommend")).set_value("3")
    sent(tab)
    asked = next(
        part.value
        for part in tab.app.html
        if "Overall, how satisfied" in part.value and "pb-question" in part.value
    )
    assert 'class="pb-problem" role="alert"' in asked
    assert responses() == [] and tab.app.get_by_key(key("recommend")).value == "3"
    tab.app.get_by_key(key("overall")).set_value("4")
    assert "Your receipt number" in sent(tab).words


def test_no_thanks_before_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(writer: Writer, response: object) -> None:
        raise core_error("writer-busy")

    tab = filled()
    with monkeypatch.context() as broken:
        broken.setattr(Writer, "submit", refuse)
        sent(tab)
        assert "Your answers are not stored yet" in tab.words and "receipt" not in tab.words
    assert "Your receipt number" in sent(tab).words


def test_answering_once_more_starts_a_new_response() -> None:
    tab = sent(filled())
    tab.app.button[0].click()
    tab.run()
    assert tab.app.get_by_key(key("overall")).value is None
    tab.app.get_by_key(key("overall")).set_value("2")
    sent(tab)
    assert sorted(scores[0] for scores, *_ in responses()) == [2, 5]


@pytest.mark.parametrize("slug", ["no-such", "<b>x</b>", "../etc"])
def test_a_survey_that_does_not_exist_is_said_to_be_none(slug: str) -> None:
    tab = Tab("respond", role=None, query={"survey": slug})
    assert "There is no such survey" in tab.words and not tab.app.form_submit_button


def test_a_pause_keeps_what_was_written_until_it_can_be_sent() -> None:
    tab = filled(recommend="9")
    pause(warehouse.serving(), SLUG)
    assert "This survey is paused" in Tab("respond", role=None).words
    sent(tab)
    assert "What you wrote stays on this page" in tab.words and responses() == []
    assert tab.app.get_by_key(key("recommend")).value == "9"
    resume(warehouse.serving(), SLUG)
    assert "Your receipt number" in sent(tab).words and len(responses()) == 1


def test_who_comes_after_the_closing_is_told_and_who_was_answering_is_taken() -> None:
    tab = filled()
    close(warehouse.serving(), SLUG)
    late = Tab("respond", role=None, language="zh")
    assert "调查已结束" in late.words and not late.app.form_submit_button
    assert "Your receipt number" in sent(tab).words and len(responses()) == 1


def test_who_is_one_too_many_is_thanked_all_the_same() -> None:
    first, second = filled(), filled()
    set_limits(warehouse.serving(), SLUG, 1)
    assert "Your receipt number" in sent(first).words
    assert "This survey has enough answers" in sent(second).words
    assert "This survey has enough answers" in Tab("respond", role=None).words
    assert len(responses()) == 1

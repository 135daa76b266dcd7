"""What carries a link elsewhere: a row of ratings for an e-mail, and a frame."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey import library, library_questionnaire
from survey.sharing import MERGE_FIELD, frame_snippet, mailable_questions, rated_question, rating_mail

LINK = "https://survey.example.org/s/customer-satisfaction"
NPS, CSAT = library_questionnaire("customer-satisfaction"), library_questionnaire("csat-after-sale")


class Read(HTMLParser):
    """The links of a piece of HTML: address -> text; and its tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._address = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._address = dict(attrs).get("href") or "" if tag == "a" else ""

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._address:
            self.links[self._address] = data
            self._address = ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_point_of_the_scale_has_a_link_that_marks_it_in_html_and_in_text(language: str) -> None:
    question = NPS.question("recommend")
    mail = rating_mail(NPS, question, LINK, language)
    expected = {f"{LINK}?recommend={point}&lang={language}": str(point) for point in range(11)}
    read = Read(mail.html)
    assert read.links == expected
    assert question.text[language] in read.text and question.text[language] in mail.text
    assert all(address in mail.text for address in expected)
    assert {tag for tag, _ in read.tags} == {"table", "tr", "td", "b", "a"}
    assert all(found.get("role") == "presentation" for tag, found in read.tags if tag == "table")


def test_a_scale_from_1_to_5_has_five_and_personal_links_are_left_to_the_mailing_program() -> None:
    question = rated_question(CSAT)
    assert question
    mail = rating_mail(CSAT, question, MERGE_FIELD, "en")
    assert list(Read(mail.html).links) == [
        f"{{{{link}}}}?{question.code}={point}&lang=en" for point in range(1, 6)
    ]


def test_every_questionnaire_of_the_library_has_a_row_in_both_languages_or_no_scale() -> None:
    for questionnaire in library():
        offered = mailable_questions(questionnaire)
        assert offered and (rated_question(questionnaire) in (offered[0], None))
        for question in offered:
            for language in ("zh", "en"):
                assert len(rating_mail(questionnaire, question, LINK, language).html) < 12_000


def test_a_question_that_depends_on_answers_or_has_no_scale_is_not_offered() -> None:
    asked = NPS.questions[0].model_copy(update={"show_if": "recommend > 8"})
    changed = NPS.model_copy(update={"questions": (asked, *NPS.questions[1:])})
    assert asked.code not in {question.code for question in mailable_questions(changed)}
    assert "comment" not in {question.code for question in mailable_questions(NPS)}
    with pytest.raises(ValueError, match="scale"):
        rating_mail(NPS, NPS.question("comment"), LINK, "en")


@given(st.text(max_size=60).filter(lambda text: text.strip() not in ("", "-")))
def test_no_text_breaks_out_of_the_html(text: str) -> None:
    question = NPS.question("recommend").model_copy(update={"text": {"zh": text, "en": text}})
    mail = rating_mail(NPS, question, LINK, "en")
    assert {tag for tag, _ in Read(mail.html).tags} == {"table", "tr", "td", "b", "a"}
    (frame,) = Read(frame_snippet(LINK, text)).tags
    assert (
        frame[0] == "iframe"
        and frame[1]["src"] == LINK
        and set(frame[1])
        == {
            "src",
            "title",
            "loading",
            "style",
        }
    )

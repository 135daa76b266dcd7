"""What carries a survey's link elsewhere: a frame for a website, a row of ratings for an e-mail."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from survey.definition import Question, Questionnaire
from survey.languages import Text, pick
from survey.texts import translate

MERGE_FIELD = "{{link}}"
"""Stands in a mail for the personal link that the mailing program puts there."""

# What the address of a form says for itself; a question of such a code is not answered by it.
FORM_PARAMETERS = frozenset({"score", "lang", "kiosk", "home"})

_MOST_POINTS = 11
_FONT = "font-family:-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei',Arial,sans-serif"
_TABLE = 'role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"'
_ASKED = f"{_FONT};font-size:17px;line-height:1.5;color:#1b292c;padding-bottom:12px"
_CELL = f"{_FONT};display:block;padding:12px 0;font-size:16px;color:#0b5e63;text-decoration:none"
_QUIET = f"{_FONT};font-size:13px;line-height:1.5;color:#5c686c"


@dataclass(frozen=True, slots=True)
class RatingMail:
    """The same part of a mail twice: `html` of tables and inline styles, as mail programs need it, and
    `text` for those that show none."""

    html: str
    text: str


def rated_question(questionnaire: Questionnaire) -> Question | None:
    """The question that a bare `?score=` is for: the recommendation, else the first that measures
    satisfaction; None when there is neither."""
    questions = questionnaire.questions
    asked = [question for question in questions if question.type == "nps"]
    asked += [question for question in questions if question.measures == "csat" and question.scored]
    return next(iter(asked), None)


def mailable_questions(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """The questions that fit in one row of a mail: scales of at most eleven points, asked of everybody, with
    nothing in the text that depends on other answers; the usual one first."""
    fitting = [
        question
        for question in questionnaire.questions
        if question.scored and question.scale and question.scale.max - question.scale.min < _MOST_POINTS
        if not question.show_if and not any("{{" in text for text in question.text.values())
    ]
    usual = rated_question(questionnaire)
    return tuple(sorted(fitting, key=lambda question: question != usual))


def rating_mail(questionnaire: Questionnaire, question: Question, link: str, language: str) -> RatingMail:
    """The question with a link for each point of its scale, which opens the form with that point marked.

    `link` is the form's whole address, or MERGE_FIELD. Raises ValueError for a question without a scale."""
    if question.scale is None:
        raise ValueError(f"{question.code} has no scale")
    scale, default = question.scale, questionnaire.default_language

    def said(text: Text) -> str:
        return pick(text, language, default)[0]

    name = "score" if question.code in FORM_PARAMETERS else question.code
    points = range(scale.min, scale.max + 1)
    links = {point: f"{link}?{urlencode({name: point, 'lang': language})}" for point in points}
    ends = (said(scale.low), said(scale.high))
    asked = said(question.text)
    note = translate("A click marks your rating; it counts once you send the form that opens.", language)
    width = 100 // len(links)
    cells = "".join(
        f'<td width="{width}%" align="center" bgcolor="#ffffff" style="border:1px solid #87938f">'
        f'<a href="{escape(address)}" style="{_CELL}">{point}</a></td>'
        for point, address in links.items()
    )
    html = (
        f'<table {_TABLE} lang="{language}" style="max-width:600px">\n'
        f'<tr><td colspan="2" style="{_ASKED}">'
        f"<b>{escape(asked)}</b></td></tr>\n"
        f'<tr><td colspan="2"><table {_TABLE} style="border-collapse:collapse"><tr>{cells}</tr></table>'
        "</td></tr>\n"
        f'<tr><td align="left" style="{_QUIET}">{escape(ends[0])}</td>'
        f'<td align="right" style="{_QUIET}">{escape(ends[1])}</td></tr>\n'
        f'<tr><td colspan="2" style="{_QUIET};padding-top:12px">{escape(note)}</td></tr>\n'
        "</table>\n"
    )
    first, last = scale.min, scale.max
    lines = [
        f"{point}{_end(point, first, last, ends)}: {address}" for point, address in reversed(links.items())
    ]
    return RatingMail(html, "\n".join([asked, "", *lines, "", note, ""]))


def frame_snippet(link: str, title: str) -> str:
    """HTML that shows the form at that address within a page of a website."""
    return (
        f'<iframe src="{escape(link)}" title="{escape(title)}" loading="lazy" '
        'style="width:100%;max-width:44rem;height:56rem;border:0"></iframe>'
    )


def _end(point: int, first: int, last: int, ends: tuple[str, str]) -> str:
    words = {first: ends[0], last: ends[1]}.get(point, "")
    return f" ({words})" if words else ""

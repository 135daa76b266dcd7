"""The preview: a draft by the light form's own code, page by page and checked, and nothing of it stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

import survey as asking
import warehouse
from pages.ui.editing.places import NAME, place_of
from pages.ui.texts import translate
from pages.web.body import BodyRefused, Limits, Posted, all_answers, only, read_form
from pages.web.drawing import draw
from pages.web.filling import fill
from pages.web.language import request_language
from pages.web.notices import notice
from pages.web.rendering import page, shown_inside_ours
from pages.web.session import role
from pages.web.sheet import Sheet
from pages.web.uploads import take_files
from warehouse import surveys
from warehouse.drafts import draft

_SCRIPT = (Path(__file__).parent / "static" / "preview.js").read_text(encoding="utf-8")


async def preview(request: Request) -> Response:
    """GET and POST /preview/{slug}: the draft of that questionnaire, else its latest version; for operators.

    `?at=<code>` begins with the page of that question. It writes nothing, whatever is sent."""
    visitor = role(request)
    if visitor is None:
        return shown_inside_ours(notice(request, 401, "preview-locked"))
    if visitor != "operator":
        return shown_inside_ours(notice(request, 403, "preview-not-yours"))
    return shown_inside_ours(await _answer(request))


def script(request: Request) -> Response:
    """GET /preview.js: shows the question that is being edited; for whoever is signed in."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "preview-locked")
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(_SCRIPT, headers=headers, media_type="text/javascript; charset=utf-8")


async def _answer(request: Request) -> Response:
    try:
        questionnaire = await to_thread.run_sync(_questionnaire, request.path_params["slug"])
    except asking.SurveyError as error:
        return _unreadable(request, error)
    if questionnaire is None:
        return notice(request, 404, "survey-unknown")
    try:
        fields = None
        if request.method == "POST":
            fields = await read_form(request, Limits().raised_for(questionnaire))
        return await to_thread.run_sync(_reply, request, questionnaire, fields)
    except BodyRefused as refused:
        return notice(request, refused.status, "form-broken")


def _questionnaire(slug: str) -> asking.Questionnaire | None:
    """The draft, else the version that is asked now. Raises SurveyError for a draft that does not read."""
    serving = warehouse.serving()
    if kept := draft(serving, slug):
        return asking.read_questionnaire(kept.source, NAME)
    published = (each.questionnaire for each in surveys.surveys(serving))
    return next((each for each in published if each.slug == slug), None)


def _reply(request: Request, questionnaire: asking.Questionnaire, fields: Posted | None) -> Response:
    sheet = _sheet(request.path_params["slug"], questionnaire)
    if fields is None:
        language = request_language(request, questionnaire)
        page_shown = sheet.first_page({})
        if page_shown is not None:
            wanted = sheet.page_of(request.query_params.get("at", ""))
            page_shown = page_shown if wanted is None else wanted
        return draw(sheet, language, asking.new_response_id(), {}, page_shown)
    fields, not_taken = take_files(sheet, None, fields)
    filled = fill(request, sheet, fields, not_taken)
    if isinstance(filled, Response):
        return filled
    response, _ = filled
    return page(
        "preview.html",
        response.language,
        form=asking.build_form(
            questionnaire, response.language, all_answers(fields, sheet.several), today=sheet.today
        ),
        path=sheet.path,
        version=only(fields, "_version"),
        stored=tuple(_stored(questionnaire, response)),
        receipt=asking.receipt_number(response.response_id),
    )


def _sheet(slug: str, questionnaire: asking.Questionnaire) -> Sheet:
    now = datetime.now(UTC)
    shown = surveys.Survey(slug, questionnaire, questionnaire.title, is_example=False)
    today = now.astimezone(warehouse.serving().reporting_zone).date()
    return Sheet(shown, questionnaire, None, now, today, is_preview=True)


def _unreadable(request: Request, error: asking.SurveyError) -> Response:
    language = request_language(request)
    said = tuple((place_of(problem), problem.advice(language)) for problem in error.problems)
    return page("preview_problems.html", language, problems=said)


@dataclass(frozen=True, slots=True)
class Stored:
    """One item as it would be stored: its code, what is asked, and the value, "" where there is none."""

    code: str
    label: str
    value: str


def _stored(questionnaire: asking.Questionnaire, response: asking.Response) -> Iterator[Stored]:
    """Every item in the order of the questionnaire, with what the response holds of it."""
    language, default = response.language, questionnaire.default_language
    scores = dict(zip((item.code for item in questionnaire.scored), response.scores, strict=True))
    missing = dict(zip((item.code for item in questionnaire.scored), response.missing, strict=True))
    for item in questionnaire.items:
        label = asking.pick(item.text, language, default)[0]
        value = ""
        if item.code in scores:
            score = scores[item.code]
            value = str(score) if score is not None else _reason(missing[item.code], language)
        elif item.code in response.choices:
            value = ", ".join(response.choices[item.code])
        else:
            for kept in (response.texts, response.numbers, response.dates):
                value = value or str(kept.get(item.code, ""))
            if item.code in response.files:
                value = response.files[item.code].name
        yield Stored(item.code, label, value)


def _reason(reason: str | None, language: str) -> str:
    """Why there is no score, for the reasons that every questionnaire has."""
    if reason == "not_shown":
        return translate("not shown", language)
    return "" if reason in (None, "blank") else str(reason)

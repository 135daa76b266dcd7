"""What follows from the fields of a form: its next page, the same with what is wrong, or the response."""

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

import survey as asking
from pages.ui.texts import LANGUAGE_COOKIE, choose_language, translate
from pages.web.body import Posted, all_answers, kept_answers, only, raw_answers
from pages.web.drawing import draw
from pages.web.form_id import shown_id
from pages.web.language import keep_language, request_language
from pages.web.overload import RETRY_AFTER_SECONDS
from pages.web.refusing import count_refused
from pages.web.sheet import Sheet


def fill(
    request: Request, sheet: Sheet, fields: Posted, not_taken: tuple[asking.Problem, ...] = ()
) -> Response | tuple[asking.Response, Callable[[str], Response]]:
    """What to show for the fields sent, or the whole response; nothing is stored here.

    With the response goes what draws the form again, 503, when it could not be stored: it takes the words
    that say so. `not_taken` is why files sent with this page are not there: it is shown once more with that.
    Raises BodyRefused as `form.take` does."""
    invited = sheet.invited
    language = posted_language(request, sheet, fields)
    answers = all_answers(fields, sheet.several)
    form_id = shown_id(only(fields, "_id"), sheet.now, sheet.oldest)
    response_id = form_id or asking.new_response_id()
    here = posted_page(sheet, fields)
    is_known = only(fields, "_version") == str(sheet.questionnaire.version)
    lost = not is_known or (here is None and sheet.first_page(answers) is not None)
    if lost:
        here = sheet.first_page(answers)
    if "_lang" in fields:
        switched = draw(sheet, language, response_id, answers, here, problems=not_taken)
        if not sheet.kiosk:  # the next one there has a language of their own
            keep_language(switched, language)
        return switched
    if lost or form_id is None:
        stale = translate(
            "This page had been open for too long, or the questionnaire has changed since. "
            "Please look through your answers and send them again.",
            language,
        )
        return draw(sheet, language, asking.new_response_id(), answers, here, 422, said=stale)
    if here is not None and "_back" in fields and not not_taken:
        return draw(sheet, language, response_id, answers, _page_before(sheet, answers, here))
    envelope = asking.Envelope(
        response_id=invited.response_id if invited else response_id,
        survey=sheet.survey.slug,
        channel=sheet.channel,
        language=language,
        submitted_at=sheet.now,
        started_at=invited.saved.started_at if invited and invited.saved else asking.started_at(response_id),
        member_id=invited.member_id if invited and not sheet.is_anonymous else None,
        tier=invited.tier if invited and not sheet.is_anonymous else None,
        member=sheet.member,
        today=sheet.today,
    )
    sent = sheet.sent(raw_answers(fields, sheet.several), kept_answers(fields, sheet.several))
    if here is not None:
        wrong = _beside(asking.check_page(sheet.questionnaire, sent, here, envelope), not_taken)
        following = sheet.page_after(answers, here)
        if wrong:
            count_refused(sheet, wrong)
            return draw(sheet, language, response_id, answers, here, 422, problems=wrong)
        if following is not None:
            return draw(sheet, language, response_id, answers, following)
    response = asking.validate(sheet.questionnaire, sent, envelope)
    if not_taken:
        response = _beside(response if isinstance(response, tuple) else (), not_taken)
    if isinstance(response, tuple):
        count_refused(sheet, response)
        # What is wrong may stand on an earlier page: the first of them is shown, with what belongs to it.
        if here is not None:
            places = (sheet.page_of(problem.where) for problem in response)
            here = min((place for place in places if place is not None), default=here)
        return draw(
            sheet, language, response_id, answers, here, 422, problems=_of_page(sheet, response, here)
        )

    def again(said: str) -> Response:
        return busy(draw(sheet, language, response_id, answers, here, 503, said=said))

    return response, again


def _beside(
    problems: tuple[asking.Problem, ...], not_taken: tuple[asking.Problem, ...]
) -> tuple[asking.Problem, ...]:
    """All that is wrong; why a file was not taken says more than that its question is not answered."""
    places = {problem.where for problem in not_taken}
    return (*not_taken, *(problem for problem in problems if problem.where not in places))


def _of_page(
    sheet: Sheet, problems: tuple[asking.Problem, ...], page: int | None
) -> tuple[asking.Problem, ...]:
    """The problems to say on that page: its own and those of no page; with None all."""
    if page is None:
        return problems
    return tuple(problem for problem in problems if sheet.page_of(problem.where) in (page, None))


def posted_page(sheet: Sheet, fields: Posted) -> int | None:
    """The page that was sent; None when it is not one of several."""
    text = only(fields, "_page")
    count = len(sheet.questionnaire.pages)
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else count
    return number if count > 1 and number < count else None


def _page_before(sheet: Sheet, answers: Mapping[str, asking.Raw], here: int) -> int:
    """The last page before this one on which something is shown, this one when it is the first."""
    found, before = here, sheet.page_after(answers, -1)
    while before is not None and before < here:
        found, before = before, sheet.page_after(answers, before)
    return found


def shown_language(request: Request, sheet: Sheet) -> str:
    """The link's, else the one kept, else that of the member invited, else the browser's. At a kiosk what
    somebody before has chosen is not looked at; a form that was saved goes on in its language."""
    if sheet.kiosk:
        asked = sheet.questionnaire
        accepted = request.headers.get("accept-language")
        return choose_language(
            sheet.kiosk.language or None, None, accepted, asked.languages, asked.default_language
        )
    saved = sheet.invited.saved if sheet.invited else None
    if saved and saved.progress and "lang" not in request.query_params:
        return saved.progress.language
    known = sheet.invited.member.get("language") if sheet.invited else None
    kept = "lang" in request.query_params or LANGUAGE_COOKIE in request.cookies
    if known in sheet.questionnaire.languages and not kept:
        return str(known)
    return request_language(request, sheet.questionnaire)


def posted_language(request: Request, sheet: Sheet, fields: Posted) -> str:
    """The language switched to, else the one the form was shown in, else what a GET would show."""
    wishes = (only(fields, "_lang"), only(fields, "_language"))
    offered = (code for code in wishes if code in sheet.questionnaire.languages)
    return next(offered, shown_language(request, sheet))


def busy(response: Response) -> Response:
    """The answer with when to come again."""
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response

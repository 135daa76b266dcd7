"""The report on a period as a page that prints well: read by all, answered by party A."""

from datetime import date

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

import warehouse
from pages.ui.access import ROLE_TITLES
from pages.ui.numbers import NOTHING, instant
from pages.ui.texts import translate
from pages.web.body import BodyRefused, Limits, Posted, only, read_form
from pages.web.guard import origin_allowed
from pages.web.language import request_language
from pages.web.notices import Action, notice
from pages.web.rendering import page
from pages.web.reporting.gathering import Report, address, gather
from pages.web.session import role
from warehouse.access import Role
from warehouse.entering import MOST_COMMENT, MOST_NAME, answer_report, hand_in_report, local_today
from warehouse.proceedings import Answer
from warehouse.wordings import refusal

# Without a referrer browsers send a form with the origin "null", which could be anybody's.
_HEADERS = {"Referrer-Policy": "same-origin"}
_ANSWERS = {"approved": "Approved", "returned": "Given back"}


def show(request: Request) -> Response:
    """GET /report/{period}?lang=: the report for anybody signed in, as it stands now; 401 signed out, 404 for
    a period without targets or not begun."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "report-locked")
    return _drawn(request, visitor)


async def answer(request: Request) -> Response:
    """POST /report/{period}: `act` is hand_in (operator, with the `day` it came), approved or returned (party
    A, with its `name`, `comment` and the fingerprint of the `figures` it saw). 303 back to the report, 422
    with the problem."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "report-locked")
    if not origin_allowed(request.scope):
        return notice(request, 403, "report-not-yours")
    try:
        return await to_thread.run_sync(_act, request, visitor, await read_form(request, Limits()))
    except BodyRefused as refused:
        return notice(request, refused.status, "form-broken")


def _act(request: Request, visitor: Role, fields: Posted) -> Response:
    house, period, act = warehouse.serving(), request.path_params["period"], only(fields, "act")
    may = {"operator": ("hand_in",), "party_a": tuple(_ANSWERS)}.get(visitor, ())
    if act not in may:
        return notice(request, 403, "report-not-yours")
    contract = request.query_params.get("contract")
    name, comment, seen = only(fields, "name"), only(fields, "comment"), only(fields, "figures")
    language = request_language(request)
    try:
        found = gather(house, period, visitor, language, contract)
        if found is None:
            return _unknown(request)
        if act == "hand_in":
            hand_in_report(house, period, contract, _day_of(only(fields, "day")), found.figures_sha256)
        else:
            if found.figures_sha256 != seen:
                said = translate(
                    "The figures have changed since you opened the report. Read it again, then answer.",
                    language,
                )
                return _drawn(request, visitor, said, comment, name)
            answer: Answer = "approved" if act == "approved" else "returned"
            answer_report(house, period, answer, name, comment, seen, contract)
    except warehouse.WarehouseError as error:
        return _drawn(request, visitor, error.problem.words(language), comment, name)
    return RedirectResponse(address(period, contract), 303, {"Cache-Control": "no-store"})


def _unknown(request: Request) -> Response:
    label = translate("Settlement", request_language(request))
    return notice(request, 404, "report-unknown", Action("get", "/settlement", label))


def _day_of(given: str) -> date | None:
    """The day in the field, None where it is empty."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise refusal("report-day-unread", day=given[:20]) from error


def _drawn(request: Request, visitor: Role, problem: str = "", comment: str = "", name: str = "") -> Response:
    language = request_language(request)
    try:
        period, contract = request.path_params["period"], request.query_params.get("contract")
        found = gather(warehouse.serving(), period, visitor, language, contract)
    except warehouse.WarehouseError as error:
        return notice(request, 503, "report-refused", detail=error.problem.words(language))
    if found is None:
        return _unknown(request)
    return page(
        "report.html",
        language,
        422 if problem else 200,
        _HEADERS,
        style="report.css",
        report=found,
        answers=_answers(found, language),
        visitor=visitor,
        role_title=translate(ROLE_TITLES[visitor], language),
        problem=problem,
        today=local_today(warehouse.serving()),
        comment=comment,
        name=name,
        can_hand_in=_can_hand_in(found),
        most_comment=MOST_COMMENT,
        most_name=MOST_NAME,
    )


def _can_hand_in(report: Report) -> bool:
    """Whether a first or a new version can be handed in now."""
    answered = report.done.answered
    if not report.closed or (report.done.version and answered is None):
        return False
    changed = answered is not None and answered.figures != report.figures_sha256
    return answered is None or answered.answer == "returned" or changed


def _answers(report: Report, language: str) -> list[tuple[str, str, str]]:
    """What party A said, the latest first: the answer with name and instant, the comment, whether figures
    changed."""
    told = []
    for one in reversed(report.done.answers):
        said = translate(
            "Version {version}: {answer} by {name} (party A) on {when}",
            language,
            version=one.version,
            answer=translate(_ANSWERS[one.answer], language),
            name=one.name or NOTHING,
            when=instant(one.at, report.zone, language),
        )
        same = one.figures == report.figures_sha256
        changed = "" if same else translate("The figures have changed since that answer.", language)
        told.append((said, one.comment, changed))
    return told

"""Pages that say one thing: what happened and what to do about it, by a stable code."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse

import warehouse
from pages.ui import turned_away
from pages.web.journal import note_codes
from pages.web.language import request_language
from pages.web.rendering import page
from warehouse.gate import NotOpen

# code -> (what happened, what to do); every text stands in locale/zh/web.po
NOTICES = {
    "form-broken": ("The form did not arrive whole", "Go back, reload the page and send it again."),
    "form-too-large": ("The form is too large", "Go back, shorten the texts and send it again."),
    "form-unreadable": (
        "This is not a form we can read",
        "Open the survey's link in a browser and answer there.",
    ),
    "survey-unknown": ("There is no such survey", "Check the link, or ask whoever sent it to you."),
    "invitation-closed": (
        "This invitation does not open",
        "The link may have been cut short in copying, withdrawn, or be past its last day. Use the whole "
        "link, or ask whoever sent it to you for a new one.",
    ),
    "saved-unknown": (
        "Nothing is kept under this link",
        "The link may have been cut short in copying, or its time is over: what was saved is erased then. "
        "Use the whole link, or answer the survey anew.",
    ),
    "response-unknown": (
        "No such response",
        "If you have just sent the form, go back and send it again: it will count once.",
    ),
    "key-refused": (
        "This link does not open",
        "It may have been cut short in copying. Use the whole link that was printed when the server started, "
        "or ask the operator to make a new one.",
    ),
    "signed-out": ("You are signed out", "Close this page, or open your signed-in link to come back."),
    "sign-out": ("Sign out?", "To come back you need your signed-in link again."),
    "preview-locked": (
        "Please sign in",
        "Previews are for the operator. Open your signed-in link, then try again.",
    ),
    "preview-not-yours": ("Not for this role", "Only the operator sees drafts."),
    "backup-locked": (
        "Please sign in",
        "Backups are for the operator. Open your signed-in link, then try again.",
    ),
    "backup-not-yours": ("Not for this role", "Only the operator makes backups, from this site."),
    "report-locked": (
        "Please sign in",
        "Reports are for people with a signed-in link. Open yours, then try again.",
    ),
    "report-not-yours": (
        "Not for this role",
        "Party A answers a report; the operator enters that it came.",
    ),
    "report-unknown": (
        "There is no report on this period",
        "A report is there for each period of the contract that has begun: see the settlement page.",
    ),
    "report-refused": ("The report cannot be shown", "Mend what is said above, then load the page again."),
    "export-locked": (
        "Please sign in",
        "Exports are for people with a signed-in link. Open yours, then try again.",
    ),
    "export-not-yours": ("Not for this role", "Ask the operator if you need this export."),
    "export-unknown": ("There is no such export", "Use the download links of the pages."),
    "file-locked": (
        "Please sign in",
        "Files that people sent are for those with a signed-in link. Open yours, then try again.",
    ),
    "file-not-yours": ("Not for this role", "Only the operator and the mediator see what people sent."),
    "file-unknown": ("There is no such file", "Use the addresses in the export of responses."),
    "links-gone": (
        "These links are not here any more",
        "They are shown once only. Revoke them and invite these members again.",
    ),
    "export-refused": ("This export cannot be made", "Use the download links of the pages, or try again."),
}


# how a survey stands -> the status of the answer; the words are those of both forms
_TURNED_AWAY = {"not_yet": 409, "paused": 409, "closed": 410, "full": 409}


@dataclass(frozen=True, slots=True)
class Action:
    """The one button of a notice: the form it submits, and what it says in the reader's language."""

    method: str
    path: str
    label: str


def notice(
    request: Request,
    status: int,
    code: str,
    action: Action | None = None,
    detail: str = "",
    subject: str = "",
) -> HTMLResponse:
    """The notice of that code; `detail` adds a sentence in the reader's language. A refusal is counted in
    the audit, with its `subject` where that is the name of something there is; a look at an address that
    leads nowhere is none."""
    title, text = NOTICES[code]
    if status >= 400:
        looked = request.method in ("GET", "HEAD") and status not in (401, 403)
        if not looked:  # a look writes nothing: mail scanners take many
            warehouse.serving().audit.note_refused(code, subject)
        note_codes(request.scope, [code])
    return page(
        "notice.html",
        request_language(request),
        status,
        title=title,
        text=text,
        detail=detail,
        action=action,
        code=code if status >= 400 else "",
        written=(),
    )


def turned_away_notice(
    refused: NotOpen, survey: str, zone: str, language: str, written: Sequence[tuple[str, str]] = ()
) -> HTMLResponse:
    """Says to somebody who comes that the survey of that title takes no answers, why, and when it does;
    `written` are the questions and texts of somebody who has filled it in, to be copied."""
    return page(
        "notice.html",
        language,
        turned_away_status(refused),
        title=turned_away.title(refused, language),
        text=turned_away.to_visitor(refused, zone, language),
        detail=survey,
        action=None,
        code="",
        written=written,
    )


def turned_away_status(refused: NotOpen) -> int:
    """410 where the survey is over, 409 where it is a matter of when or of how many."""
    return _TURNED_AWAY[refused.state]

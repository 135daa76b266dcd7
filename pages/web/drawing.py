"""Draws a sheet as HTML: its questions, or one page of them, and each complaint where it belongs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from starlette.responses import Response

import warehouse
from pages.web.body import KEPT, printable
from pages.web.rendering import keep_key
from pages.web.rendering import page as render
from pages.web.sheet import Sheet
from survey import Form, FormField, Problem, Raw, build_form
from warehouse.pictures import pictures


def draw(
    sheet: Sheet,
    language: str,
    response_id: UUID,
    answers: Mapping[str, Raw],
    page: int | None,
    status: int = 200,
    *,
    problems: Sequence[Problem] = (),
    said: str = "",
    is_new: bool = False,
) -> Response:
    """The form with these answers in it, one page or with None all of it; `said` is a complaint about the
    sheet as a whole, in words; `is_new` tells the form just opened from one that was sent."""
    values = {code: printable(raw) for code, raw in answers.items()}
    form = build_form(
        sheet.questionnaire,
        language,
        values,
        problems,
        page=page,
        response_id=sheet.invited.response_id if sheet.invited else response_id,
        member=sheet.member,
        today=sheet.today,
    )
    return render(
        "form.html",
        form.language,
        status,
        form=form,
        kept_before=KEPT,
        fallback_language=sheet.questionnaire.default_language,
        action=sheet.action,
        is_new=is_new,
        is_savable=sheet.savable,
        is_anonymous=sheet.is_anonymous,
        kiosk=sheet.kiosk,
        kept_key="" if sheet.kiosk or sheet.is_preview else keep_key(sheet.path),
        private=_private(sheet),
        response_id=str(response_id),
        is_example=sheet.survey.is_example,
        is_preview=sheet.is_preview,
        is_first=form.previous_page is None,
        complaints=_complaints(form, said),
        pictures=pictures(warehouse.serving(), sheet.questionnaire.slug),
        has_files=any(field.file for field in form.fields),
        ranks={field.code: _ranks(field, values) for field in form.fields if field.type == "ranking"},
    )


def _private(sheet: Sheet) -> tuple[str, ...]:
    """The names of what may not be kept on the device: answers that tell who somebody is, and files, which
    cannot be."""
    asked = sheet.questionnaire.questions
    return tuple(
        item.code for question in asked if question.pii or question.type == "file" for item in question.items
    )


@dataclass(frozen=True, slots=True)
class _Complaint:
    """A line of the list above the form: the id to go to and the question, both "" for the whole sheet."""

    target: str
    label: str
    words: str


def _complaints(form: Form, said: str) -> tuple[_Complaint, ...]:
    whole = (said, *(problem.words for problem in form.problems if not problem.code))
    return (
        *(_Complaint("", "", words) for words in whole if words),
        *(complaint for field in form.fields for complaint in _of_field(field)),
    )


def _of_field(field: FormField) -> Iterator[_Complaint]:
    first = field.rows[0].code if field.rows else field.code
    if field.problem:
        yield _Complaint(f"{first}-1", field.label, field.problem)
    for row in field.rows:
        if row.problem:
            yield _Complaint(f"{row.code}-1", row.label, row.problem)
    if field.other_problem:
        yield _Complaint(f"{field.other_name}-1", field.label, field.other_problem)


def _ranks(field: FormField, values: Mapping[str, Raw]) -> tuple[str, ...]:
    """What each rank's list shows as chosen, "" for nothing: a rank left out stays where it was."""
    raw = values.get(field.code)
    sent = raw.split(" ") if isinstance(raw, str) else tuple(raw or ())
    offered = {option.code for option in field.options}
    chosen = [code if code in offered else "" for code in sent[: field.max_choices]]
    return (*chosen, *[""] * (field.max_choices - len(chosen)))

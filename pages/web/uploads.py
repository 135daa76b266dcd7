"""Files sent with a page of the light form: each is kept at once, and the form goes on with its reference."""

from collections.abc import Mapping
from uuid import UUID

import warehouse
from pages.web.body import KEPT, Posted, only
from pages.web.sheet import Sheet
from survey import Problem, Question, Upload, started_at
from survey.uploading import not_anonymous, read_reference, read_upload
from warehouse.life import turned_away
from warehouse.receiving import is_stored
from warehouse.uploads import NoRoom, given_uploads, keep_upload

DROP = "_drop_"
"""Before the code of a question in the name of the box that takes its file back."""

_GONE = "gone"  # no reference: the validator says that the file is to be chosen again


def take_files(sheet: Sheet, form_id: UUID | None, fields: Posted) -> tuple[Posted, tuple[Problem, ...]]:
    """The fields with a true reference for each file, and why files that were sent were not taken.

    A reference is true when the file was given for this question of this very response. Of a preview nothing
    is kept, and it is believed. Raises WarehouseError when a file could not be stored, and BodyRefused."""
    asked = [question for question in sheet.questionnaire.questions if question.type == "file"]
    names = [name for question in asked for name in (question.code, f"{KEPT}{question.code}")]
    if not any(only(fields, name) or name in fields.files for name in names):
        return fields, ()
    response_id = sheet.invited.response_id if sheet.invited else form_id
    given = given_uploads(warehouse.serving(), response_id) if response_id else {}
    takes = bool(fields.files) and _takes(sheet, form_id, response_id)
    references: dict[str, tuple[str, ...]] = {}
    refused: list[Problem] = []
    for question in asked:
        code = question.code
        if ahead := only(fields, f"{KEPT}{code}"):
            references[f"{KEPT}{code}"] = (ahead if _is_true(sheet, given, code, ahead) else _GONE,)
        kept = None if f"{DROP}{code}" in fields else read_reference(only(fields, code))
        if kept and not sheet.is_preview:
            kept = given.get((code, kept.sha256))
        wanted = f"{DROP}{code}" not in fields and only(fields, code)
        sent = fields.files.get(code)
        if sent and sheet.is_anonymous:
            # A row a file, with its time and the id of the link, would say who answered.
            refused.append(not_anonymous(code))
        elif sent and takes:
            found = read_upload(question, sent.name, sent.content, sent.size)
            if isinstance(found, Upload) and response_id and not sheet.is_preview:
                is_here = (code, found.sha256) in given
                found = found if is_here else _keep(sheet, response_id, question, found, sent.content)
            if isinstance(found, Upload):
                kept = found
            else:
                refused.append(found)
        if kept or code in fields:
            references[code] = (kept.reference if kept else _GONE if wanted else "",)
    return Posted({**fields, **references}, fields.files), tuple(refused)


def _is_true(sheet: Sheet, given: Mapping[tuple[str, str], Upload], code: str, reference: str) -> bool:
    """Whether a reference that the form has kept for a page further on is one that it was given."""
    kept = read_reference(reference)
    return kept is not None and (sheet.is_preview or given.get((code, kept.sha256)) == kept)


def _takes(sheet: Sheet, form_id: UUID | None, response_id: UUID | None) -> bool:
    """Whether the survey takes files now from that form: not when its response is stored, nor for nothing."""
    if sheet.is_preview or form_id is None or response_id is None:
        return sheet.is_preview
    house = warehouse.serving()
    if turned_away(house, sheet.survey, started_at(form_id)):
        return False
    return not is_stored(house, sheet.survey.slug, response_id)


def _keep(
    sheet: Sheet, response_id: UUID, question: Question, upload: Upload, content: bytes
) -> Upload | Problem:
    try:
        keep_upload(warehouse.serving(), sheet.survey.slug, response_id, question.code, upload, content)
    except NoRoom as full:
        return full.problem
    return upload

"""/api/v1/records/{type}/{number}: a program reads a record, and writes it as often as it likes with one
effect."""

from typing import Any

from pydantic import BaseModel, RootModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import warehouse
from pages.web.api.endpoint import Endpoint, in_thread, key_holder
from pages.web.api.problems import Fault, Refused, reader_language
from pages.web.api.reading import as_written, read_json
from warehouse.records.catalogue import record_types
from warehouse.records.declaring import REASON, RecordType
from warehouse.records.problems import RecordRefusedError
from warehouse.records.reading import history
from warehouse.records.storing import Written, store_written
from warehouse.records.values import written_value


class RecordFields(RootModel[dict[str, str | int | float | bool | None]]):
    """Field code -> value; null empties a field, one left out stays as it is. `reason` says why what stood is
    changed; what is worked out of a record is read past."""


class RecordDocument(BaseModel):
    """A record: its fields as they are written, instants in the reporting zone's time."""

    type: str
    number: str
    revision: int
    fields: dict[str, str | None]


class Records(Endpoint):
    """PUT: 201 for a new record, 200 for a correction or the same again. GET: the record as it counts now."""

    async def put(self, request: Request) -> Response:
        """Store the fields sent; those left out stay as they are."""
        program = await key_holder(request)
        content = await read_json(request)
        kind, number, language = _kind(request), request.path_params["number"], reader_language(request)
        return await in_thread(_put, kind, number, program, content, language)

    async def get(self, request: Request) -> Response:
        """The fields of the record as they are written."""
        await key_holder(request)
        return await in_thread(_get, _kind(request), request.path_params["number"])


def _put(kind: RecordType, number: str, program: str, content: object, language: str) -> Response:
    if not isinstance(content, dict):
        known = ", ".join(field.code for field in kind.fields if not field.derived)
        raise Refused(400, Fault("body-not-an-object", "", {"keys": known}))
    wrong = [code for code, value in content.items() if isinstance(value, dict | list)]
    if wrong:
        raise Refused(422, *(Fault("record-value", str(code)[:100]) for code in wrong))
    derived = {field.code for field in kind.fields if field.derived}  # so that what was read can be sent back
    fields = {str(code): as_written(value) for code, value in content.items() if code not in derived}
    written = Written(number, fields, reason=fields.pop(REASON, ""))
    try:
        stored = store_written(warehouse.serving(), kind, [written], "operator", f"api: {program}", language)
    except RecordRefusedError as error:
        raise Refused(422, *error.problems) from error
    return JSONResponse(_told(kind, number), 201 if stored.added else 200)


def _get(kind: RecordType, number: str) -> Response:
    return JSONResponse(_told(kind, number))


def _told(kind: RecordType, number: str) -> dict[str, Any]:
    """The record for programs. Raises Refused(404)."""
    house = warehouse.serving()
    rows = history(house, kind, "operator", number)
    if not rows or rows[-1].withdrawn:
        raise Refused(404, Fault("record-none", "", {"number": number[:60]}))
    now = rows[-1]
    fields = {
        code: None if value is None else written_value(kind.by_code[code], value, house.reporting_zone)
        for code, value in now.values.items()
    }
    document = RecordDocument(type=kind.name, number=number, revision=now.revision, fields=fields)
    return document.model_dump(mode="json")


def _kind(request: Request) -> RecordType:
    """The type of the address. Raises Refused(404)."""
    name = request.path_params["type"]
    for each in record_types():
        if each.name == name:
            return each
    known = ", ".join(each.name for each in record_types())
    raise Refused(404, Fault("record-type-none", "", {"name": name[:60], "known": known}))

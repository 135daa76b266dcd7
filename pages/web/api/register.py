"""POST /api/v1/register/{kind}: up to 1,000 members, purchases or events, all stored or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, WithJsonSchema
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import warehouse
from pages.web.api.endpoint import Endpoint, in_thread, key_holder
from pages.web.api.problems import Fault, Refused, Stated
from pages.web.api.reading import as_written, read_json
from warehouse.registering.mapping import EVENTS, Kind
from warehouse.registering.sending import MOST_ROWS, RowsRefusedError, Wrong, receive

MOST_BYTES = 1024 * 1024
_Number = Annotated[
    str | int | Decimal,
    WithJsonSchema(
        {"anyOf": [{"type": "string"}, {"type": "number"}], "description": '1234.50 or "1234.50"'}
    ),
]
_Id = Annotated[
    str | int,
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}], "description": "Kept as it stands."}),
]
_Date = Annotated[
    str, Field(description="2026-07-01T09:30:00+08:00, or a day of the reporting zone: 2026-07-01.")
]


class _Row(BaseModel):
    """A key left out stays as it is; null empties one that may be left out."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class MemberSent(_Row):
    """A member's file. The same number again corrects it."""

    member_id: _Id
    language: str
    channel: str = Field(description="Where the member joined, such as store.")
    name: str | None = None
    phone: str | int | None = None
    email: str | None = None
    birthday: str | None = Field(default=None, description="A day: 1990-05-17.")
    gender: str | None = None
    city: str | None = None
    joined_at: _Date = ""
    left_at: _Date = ""


class PurchaseSent(_Row):
    """What a member bought. The same number again corrects it."""

    purchase_id: _Id
    member_id: _Id
    bought_at: _Date
    amount: _Number = Field(description="Money from 0 on, at most two decimals.")


class EventSent(_Row):
    """What happened to a member. The same number again corrects it."""

    event_id: _Id
    member_id: _Id
    event: str = Field(json_schema_extra={"enum": list(EVENTS)})
    happened_at: _Date
    tier: str | None = Field(default=None, description="Of a tier event: which tier.")
    reason: str | None = None


class RowsStored(BaseModel):
    """All rows are on disk: how many were new, corrected an earlier one, or were there as they are."""

    new: int
    corrected: int
    known: int


ROWS: Mapping[Kind, type[_Row]] = {"members": MemberSent, "purchases": PurchaseSent, "events": EventSent}
# Words about files and mappings mean nothing to a program.
_SAID = {
    "row-date": "row-date-sent",
    "row-date-range": "row-date-sent",
    "member-unknown": "row-member-unknown",
    "event-unknown": "row-event-unknown",
    "language-unknown": "row-language-unknown",
    "member-twice": "row-sent-twice",
    "row-twice": "row-sent-twice",
}


class Register(Endpoint):
    """POST: 201 when a row was new, 200 when none was."""

    async def post(self, request: Request) -> Response:
        """Store the rows."""
        program = await key_holder(request)
        kind = _kind(request)
        content = await read_json(request, MOST_BYTES, "rows-too-large")
        return await in_thread(_take, kind, program, content)


def _take(kind: Kind, program: str, content: object) -> Response:
    model = ROWS[kind]
    if not isinstance(content, list):
        known = {"keys": ", ".join(model.model_fields), "limit": f"{MOST_ROWS:,}"}
        raise Refused(400, Fault("body-not-a-list", "", known))
    if len(content) > MOST_ROWS:
        raise Refused(413, Fault("rows-too-many", "", {"limit": f"{MOST_ROWS:,}"}))
    try:
        stored = receive(warehouse.serving(), kind, _read(model, content), program)
    except RowsRefusedError as error:
        raise Refused(422, *(_told(each) for each in error.wrong)) from error
    told = RowsStored(new=stored.new, corrected=stored.corrected, known=stored.known)
    return JSONResponse(told.model_dump(), 201 if stored.new else 200)


def _read(model: type[_Row], content: Sequence[object]) -> list[dict[str, str]]:
    """The keys that each row gives, as they would stand in a file. Raises Refused(422)."""
    rows, faults = [], []
    for place, each in enumerate(content):
        try:
            row = model.model_validate(each)
        except ValidationError as error:
            told = error.errors(include_url=False, include_context=False, include_input=False)
            found = {_fault(one["type"], one["loc"], place): None for one in told}
            keys = {"keys": ", ".join(model.model_fields)}
            faults += [Fault(code, where, keys) for code, where in found]
        else:
            given = (key for key in model.model_fields if key in row.model_fields_set)
            rows.append({key: as_written(getattr(row, key)) for key in given})
    if faults:
        raise Refused(422, *faults)
    return rows


def _kind(request: Request) -> Kind:
    """The kind of the address. Raises Refused(404)."""
    for kind in ROWS:
        if kind == request.path_params["kind"]:
            return kind
    raise Refused(404, Fault("api-unknown"))


def _told(wrong: Wrong) -> Stated:
    """The problem at its place: "[3].amount"."""
    where, problem = f"[{wrong.place}].{wrong.key}", wrong.problem
    if problem.code in _SAID:
        return Fault(_SAID[problem.code], where, problem.values)
    return replace(problem, where=where)


def _fault(kind: str, loc: tuple[int | str, ...], place: int) -> tuple[str, str]:
    if not loc:
        return "body-not-an-object", f"[{place}]"
    where = f"[{place}].{str(loc[0])[:100]}"
    if kind == "extra_forbidden":
        return "key-not-known", where
    return ("key-not-given" if kind == "missing" else "row-value"), where

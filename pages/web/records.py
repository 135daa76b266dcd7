"""Records of a type as CSV or workbook, only what the visitor's role may see."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

import warehouse
from pages.ui.records.listing import asked_for
from pages.web.exports import Download, workbook
from pages.web.language import request_language
from pages.web.notices import notice
from pages.web.session import role
from warehouse.csv_format import csv_chunks
from warehouse.records.catalogue import types_seen_by
from warehouse.records.exporting import care_table, records_table
from warehouse.xlsx_format import xlsx_bytes


def download(request: Request) -> Response:
    """GET /export/records/{type}.csv|xlsx?value=&text=&on=: 401 signed out, 404 for a type there is not, or
    not for this role."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    name, ending = request.path_params["type"], request.path_params["kind"]
    kind = next((each for each in types_seen_by(visitor) if each.name == name), None)
    if kind is None or ending not in ("csv", "xlsx"):
        return notice(request, 404, "export-unknown")
    house, language = warehouse.serving(), request_language(request)
    try:
        table = records_table(house, kind, visitor, asked_for(kind, request.query_params, 0, 0))
        if ending == "csv":
            rows = csv_chunks(table.columns, table.rows)
            return Download(name, next(rows, b""), rows)
        content = xlsx_bytes(name, kind.title.said(language), table.columns, table.rows)
    except warehouse.WarehouseError as error:
        status = 400 if error.problem.code.startswith("export-") else 503
        return notice(request, status, "export-refused", detail=error.problem.words(language))
    return workbook(name, content)


def care(request: Request) -> Response:
    """GET /export/care/{day}.csv: the greetings of a day, with names and phones, for the operator alone."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    if visitor != "operator":
        return notice(request, 403, "export-not-yours")
    try:
        day = date.fromisoformat(request.path_params["day"])
        table = care_table(warehouse.serving(), day)
    except ValueError:
        return notice(request, 404, "export-unknown")
    rows = csv_chunks(table.columns, table.rows)
    return Download(f"care-{day.isoformat()}", next(rows, b""), rows)

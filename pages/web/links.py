"""The operator's files about links: those just made, the list of those to remind, QR codes."""

import io
import zipfile
from collections.abc import Iterable, Sequence

from starlette.requests import Request
from starlette.responses import Response

import warehouse
from pages.ui.handover import handover
from pages.web.language import request_language
from pages.web.notices import notice
from pages.web.session import role
from warehouse.cli.link import server_address
from warehouse.csv_format import csv_chunks
from warehouse.invitations import REMINDER_COLUMNS, reminder_rows, to_remind
from warehouse.qr import code_name, qr_code
from warehouse.surveys import survey

MOST_CODES = 1000
"""Links whose QR codes are drawn while the operator waits; more are for `python -m warehouse invite --qr`."""


def links(request: Request) -> Response:
    """GET /export/links/{key}.csv: member_id, link and further columns of the list, for a quarter of an hour
    after they were made."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    if visitor != "operator":
        return notice(request, 403, "export-not-yours")
    held = handover.held(request.path_params["key"])
    if held is None:
        return notice(request, 404, "links-gone")
    return _csv("links", held[0], held[1:])


def refused(request: Request) -> Response:
    """GET /export/refused/{key}.csv: the rows that an import of the register refused, for a quarter of an
    hour."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    if visitor != "operator":
        return notice(request, 403, "export-not-yours")
    held = handover.held(request.path_params["key"])
    if held is None:
        return notice(request, 404, "links-gone")
    return _csv("refused", held[0], held[1:])


def codes(request: Request) -> Response:
    """GET /export/links/{key}.zip: the same list, and the QR code of each link as SVG in the folder qr."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    if visitor != "operator":
        return notice(request, 403, "export-not-yours")
    held = handover.held(request.path_params["key"])
    if held is None or "link" not in held[0] or len(held) - 1 > MOST_CODES:
        return notice(request, 404, "links-gone")
    head, rows = held[0], held[1:]
    names = [code_name(number) for number in range(1, len(rows) + 1)]
    listed = [(*row, f"qr/{name}") for row, name in zip(rows, names, strict=True)]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("links.csv", b"".join(csv_chunks((*head, "qr"), listed)))
        for row, name in zip(rows, names, strict=True):
            archive.writestr(f"qr/{name}", qr_code(row[head.index("link")], "svg"))
    headers = {
        "Content-Disposition": 'attachment; filename="pactboard-links.zip"',
        "Cache-Control": "no-store",
    }
    return Response(packed.getvalue(), 200, headers, "application/zip")


def reminders(request: Request) -> Response:
    """GET /export/reminders/{survey}.csv: who was invited, can still answer and has not."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    if visitor != "operator":
        return notice(request, 403, "export-not-yours")
    house = warehouse.serving()
    rows = reminder_rows(to_remind(house, request.path_params["survey"]), house.reporting_zone)
    return _csv("reminders", REMINDER_COLUMNS, rows)


def qr(request: Request) -> Response:
    """GET /export/qr/{survey}.{kind}?address=https://…: the QR code of the survey's open link, PNG or SVG."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    if visitor != "operator":
        return notice(request, 403, "export-not-yours")
    name, kind = request.path_params["survey"], request.path_params["kind"]
    asked = survey(warehouse.serving(), name)
    if asked is None or kind not in ("png", "svg"):
        return notice(request, 404, "export-unknown")
    try:
        address = server_address(request.query_params.get("address"))
    except warehouse.WarehouseError as error:
        words = error.problem.words(request_language(request))
        return notice(request, 400, "export-refused", detail=words)
    headers = {
        "Content-Disposition": f'inline; filename="pactboard-{asked.slug}.{kind}"',
        "Cache-Control": "no-store",
    }
    media = "image/png" if kind == "png" else "image/svg+xml"
    return Response(qr_code(f"{address}/s/{asked.slug}", kind), 200, headers, media)


def _csv(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="pactboard-{name}.csv"',
        "Cache-Control": "no-store",
    }
    return Response(b"".join(csv_chunks(columns, rows)), 200, headers, "text/csv; charset=utf-8")

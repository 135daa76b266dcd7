"""The text of a sealed period, of which the hash stands in every settlement, for who checks it."""

from starlette.requests import Request
from starlette.responses import Response

import warehouse
from pages.web.notices import notice
from pages.web.session import role
from warehouse.audit.chain import record
from warehouse.contracts import current_contract
from warehouse.exports import RAW


def seal_file(request: Request) -> Response:
    """GET /export/seal/{period}.json?contract=: for operator and mediator, since it holds the smallest groups
    too; 401 signed out, 403 another role, 404 for a period that is not sealed."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    if visitor not in RAW:
        return notice(request, 403, "export-not-yours", subject="seal")
    house, period = warehouse.serving(), request.path_params["period"]
    loaded = current_contract(house, contract=request.query_params.get("contract"))
    seal = loaded.seals.get(period) if loaded else None
    if seal is None:
        return notice(request, 404, "export-unknown")
    if request.method != "HEAD":
        with house.transaction() as cursor:
            record(cursor, "exported", "seal", period=period)
    headers = {
        "Content-Disposition": f'attachment; filename="{seal.sealed.contract}-{period}-seal.json"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(seal.document.encode(), 200, headers, "application/json; charset=utf-8")

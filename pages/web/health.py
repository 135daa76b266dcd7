"""Whether the server is up and can read its warehouse, for load balancers and tests; it says nothing else."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import warehouse


def health(request: Request) -> Response:
    """GET /healthz: 200 {"ok": true} after a read of the warehouse, 503 {"ok": false} when that fails."""
    try:
        warehouse.serving().read("core/setting", name="reporting_zone")
    except warehouse.WarehouseError:
        return JSONResponse({"ok": False}, 503, {"Cache-Control": "no-store"})
    return JSONResponse({"ok": True}, headers={"Cache-Control": "no-store"})

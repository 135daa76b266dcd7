"""The operator's request for a backup of the warehouse that this server has open."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import warehouse
from pages.web.guard import origin_allowed
from pages.web.language import request_language
from pages.web.notices import notice
from pages.web.session import role

_STATUS = {"backup-running": 409, "backup-room": 507, "disk-full": 507}


def backup(request: Request) -> Response:
    """POST /backup: 201 {"copy": path on this machine} once it is written and verified.

    It goes into the folder `backups` beside the warehouse and is not handed out over HTTP. 401 signed out,
    403 another role or a page of another site, 409 one is being made, 507 or 503 with the problem.
    """
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "backup-locked")
    if visitor != "operator" or not origin_allowed(request.scope):
        return notice(request, 403, "backup-not-yours")
    house = warehouse.serving()
    try:
        copy = house.backup(house.path.parent / "backups")
    except warehouse.WarehouseError as error:
        problem = error.problem
        what, todo = problem.parts(request_language(request))
        told = {"code": problem.code, "where": problem.where, "what": what, "todo": todo}
        return JSONResponse(told, _STATUS.get(problem.code, 503), {"Cache-Control": "no-store"})
    return JSONResponse({"copy": str(copy)}, 201, {"Cache-Control": "no-store"})

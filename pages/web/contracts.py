"""The files of a contract's versions: the text it was loaded from, and the canonical text of its hash."""

from starlette.requests import Request
from starlette.responses import Response

import warehouse
from pages.web.notices import notice
from pages.web.session import role
from warehouse.contracts import contract_source, current_contract

_MEDIA = {"yaml": "application/yaml; charset=utf-8", "json": "application/json; charset=utf-8"}


def contract_file(request: Request) -> Response:
    """GET /export/contract/{version}.yaml|json?contract=: for anybody signed in, byte for byte what is
    stored; 404 for a contract, version or kind there is not."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    version, kind = request.path_params["version"], request.path_params["kind"]
    loaded = current_contract(warehouse.serving(), contract=request.query_params.get("contract"))
    named = [each for each in loaded.versions if str(each.version) == version] if loaded else []
    if not named or kind not in _MEDIA:
        return notice(request, 404, "export-unknown")
    found = named[0]
    text = found.canonical_json() if kind == "json" else contract_source(warehouse.serving(), found)
    headers = {
        "Content-Disposition": f'attachment; filename="{found.id}-v{found.version}.{kind}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response((text or "").encode(), 200, headers, _MEDIA[kind])

"""Tables as files: the access check of the pages, then rows from the warehouse, a part at a time."""

import logging
from collections.abc import Generator
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from anyio import CancelScope, fail_after, to_thread
from starlette.concurrency import iterate_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

import warehouse
from pages.web.language import request_language
from pages.web.notices import notice
from pages.web.session import role
from warehouse.audit.chain import record
from warehouse.exporting.written import FORMATS, write_export
from warehouse.exports import RAW, csv_bytes, export_rows, exports
from warehouse.filters import Filters

_PATIENCE_SECONDS = 60.0
_PART = 64 * 1024
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": _XLSX,
    "parquet": "application/vnd.apache.parquet",
    "sav": "application/x-spss-sav",
}


def download(request: Request) -> Response:
    """GET /export/{name}.csv?filters, or .xlsx, .parquet, .sav: 401 signed out, 403 another role, 404
    unknown, 400 wrong filters."""
    visitor = role(request)
    if visitor is None:
        return notice(request, 401, "export-locked")
    name, kind = request.path_params["name"], request.path_params["kind"]
    listed = next((each for each in exports() if each.name == name), None)
    if listed is None or kind not in FORMATS:
        return notice(request, 404, "export-unknown")
    if visitor not in listed.roles:
        return notice(request, 403, "export-not-yours", subject=name)
    language = request_language(request)
    if listed.roles == RAW and request.method != "HEAD":
        with warehouse.serving().transaction() as cursor:
            record(cursor, "exported", name, query=request.url.query[:200])
    try:
        filters = Filters.from_query(request.query_params, warehouse.serving())
        if not isinstance(filters, Filters):
            said = " ".join(problem.words(language) for problem in filters)
            return notice(request, 400, "export-refused", detail=said)
        if kind != "csv":
            return _file(name, kind, filters, language)
        rows = csv_bytes(export_rows(warehouse.serving(), name, filters, language))
        # What goes wrong at the first rows is said on a page; a later failure breaks the download off.
        first = next(rows, b"")
    except warehouse.WarehouseError as error:
        status = 400 if error.problem.code.startswith(("export-", "contract-")) else 503
        return notice(request, status, "export-refused", detail=error.problem.words(language))
    return Download(name, first, rows)


def _file(name: str, kind: str, filters: Filters, language: str) -> Response:
    """A format that is made as a file, which is gone when it was sent."""
    folder = TemporaryDirectory(prefix="pactboard-export-")
    made = Path(folder.name) / "export"
    try:
        write_export(warehouse.serving(), name, kind, filters, language, made)
    except BaseException:
        folder.cleanup()
        raise
    parts = _parts(made, folder)
    return Download(name, next(parts), parts, kind)


def _parts(made: Path, folder: TemporaryDirectory[str]) -> Generator[bytes]:
    try:
        with made.open("rb") as file:
            while part := file.read(_PART):
                yield part
    finally:
        folder.cleanup()


def workbook(name: str, content: bytes) -> Response:
    """A whole workbook, to be saved under that name."""
    headers = {
        "Content-Disposition": f'attachment; filename="pactboard-{name}.xlsx"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, 200, headers, _XLSX)


class Download(StreamingResponse):
    """Rows on their way, after their `first` chunk.

    They hold one of few connections: a client that takes nothing loses them."""

    def __init__(self, name: str, first: bytes, rows: Generator[bytes], kind: str = "csv") -> None:
        headers = {
            "Content-Disposition": f'attachment; filename="pactboard-{name}.{kind}"',
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
        }
        super().__init__(chain((first,), rows), headers=headers, media_type=_MEDIA_TYPES[kind])
        self._rows = rows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the rows, none for a HEAD, and close them however it ends."""

        async def patient(message: Message) -> None:
            with fail_after(_PATIENCE_SECONDS):
                await send(message)

        try:
            if scope["method"] == "HEAD":
                self.body_iterator = iterate_in_threadpool(())
            await super().__call__(scope, receive, patient)
        except TimeoutError:
            logging.getLogger(__name__).warning("a download was given up: its client took nothing")
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(self._rows.close)

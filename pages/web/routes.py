"""The table of our own routes; they come before Streamlit's, which answer everything else."""

from urllib.parse import quote

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pages.web import (
    assets,
    backup,
    beacon,
    continuing,
    contracts,
    exports,
    files,
    form,
    health,
    invitation,
    language,
    links,
    pictures,
    preview,
    records,
    report,
    seals,
    session,
)
from pages.web.api.routes import api_routes
from pages.web.notices import notice


class _Anything(Convertor[str]):
    """Whatever stands in an address, line ends too: Starlette's own `path` stops at them, and what no route
    of ours takes is answered by Streamlit as if it were the app."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("anything", _Anything())


def routes() -> list[BaseRoute]:
    """The routes, for `st.App` or a Starlette application."""
    return [
        Route("/healthz", health.health),
        Route("/metrics", health.metrics),
        Route("/backup", backup.backup, methods=["POST"]),
        Route("/s/{slug}", form.answer, methods=["GET", "POST"]),
        Route("/s/{slug}/thanks", form.thanks),
        Route("/s/{slug}/seen", beacon.seen, methods=["POST"]),
        Route("/form-beacon.js", beacon.script),
        Route("/picture/{sha256}", pictures.picture),
        Route("/s", nowhere, methods=["GET", "POST"]),
        Route("/s/{slug}/", whole),
        Route("/s/{rest:anything}", nowhere, methods=["GET", "POST"]),
        Route("/i", invitation.answer, methods=["GET", "POST"]),
        Route("/i/{token:anything}/thanks", invitation.thanks),
        Route("/i/{token:anything}/seen", beacon.seen, methods=["POST"]),
        Route("/i/{token:anything}/saved", invitation.saved),
        Route("/i/{token:anything}", invitation.answer, methods=["GET", "POST"]),
        Route("/c/{token:anything}/thanks", continuing.thanks),
        Route("/c/{token:anything}/saved", continuing.shown),
        Route("/c/{token:anything}/seen", beacon.seen, methods=["POST"]),
        Route("/c/{token:anything}", continuing.answer, methods=["GET", "POST"]),
        Route("/assets/{name:anything}", assets.asset),
        Route("//{rest:anything}", nowhere, methods=["GET", "POST"]),
        Route("/export/links/{key}.csv", links.links),
        Route("/export/links/{key}.zip", links.codes),
        Route("/export/refused/{key}.csv", links.refused),
        Route("/export/qr/{survey}.{kind}", links.qr),
        Route("/export/reminders/{survey}.csv", links.reminders),
        Route("/export/contract/{version}.{kind}", contracts.contract_file),
        Route("/export/care/{day}.csv", records.care),
        Route("/export/records/{type}.{kind}", records.download),
        Route("/export/seal/{period}.json", seals.seal_file),
        Route("/export/{name}.{kind}", exports.download),
        Route("/file/{response_id}/{question}", files.download),
        Route("/report/{period}", report.show),
        Route("/report/{period}", report.answer, methods=["POST"]),
        Route("/preview.js", preview.script),
        Route("/preview/{slug}", preview.preview, methods=["GET", "POST"]),
        Route("/signin", session.sign_in),
        Route("/signout", session.sign_out, methods=["GET", "POST"]),
        Route("/language", language.switch),
        Route("/overview", overview),
        *api_routes(),
    ]


def overview(request: Request) -> Response:
    """GET /overview: Streamlit's default page has the address "/" and would call its own name unknown."""
    query = request.url.query
    return RedirectResponse(f"/?{query}" if query else "/")


def whole(request: Request) -> Response:
    """GET /s/{slug}/: a slash too many, as some programs add when they turn an address into a link."""
    query = request.url.query
    # From the root, since the slug alone could be read as the name of another server.
    return RedirectResponse(f"/s/{quote(request.path_params['slug'])}{f'?{query}' if query else ''}")


def nowhere(request: Request) -> Response:
    """An address that looks like a survey's and is none."""
    return notice(request, 404, "survey-unknown")

"""The table of our own routes; they come before Streamlit's, which answer everything else."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pages.web import exports, form, health, invitation, language, links, session
from pages.web.api.routes import api_routes


def routes() -> list[BaseRoute]:
    """The routes, for `st.App` or a Starlette application."""
    return [
        Route("/healthz", health.health),
        Route("/s/{slug}", form.answer, methods=["GET", "POST"]),
        Route("/s/{slug}/thanks", form.thanks),
        Route("/i", invitation.answer, methods=["GET", "POST"]),
        Route("/i/{token:path}/thanks", invitation.thanks),
        Route("/i/{token:path}", invitation.answer, methods=["GET", "POST"]),
        Route("/export/links/{key}.csv", links.links),
        Route("/export/reminders/{survey}.csv", links.reminders),
        Route("/export/{name}.csv", exports.download),
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

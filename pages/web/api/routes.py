"""The addresses of the API; what else lies under /api is refused in the same form, not left to Streamlit."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from pages.web.api.endpoint import Endpoint
from pages.web.api.openapi import Description
from pages.web.api.problems import Fault, Refused
from pages.web.api.questionnaires import Survey, Surveys
from pages.web.api.records import Records
from pages.web.api.register import Register
from pages.web.api.responses import Responses


class Nothing(Endpoint):
    """Any other address."""

    async def _answer(self, request: Request) -> Response:
        raise Refused(404, Fault("api-unknown"))


def api_routes() -> list[BaseRoute]:
    """The routes, for the table of our own routes."""
    return [
        Route("/api/v1/openapi.json", Description),
        Route("/api/v1/surveys", Surveys),
        Route("/api/v1/surveys/{slug}", Survey),
        Route("/api/v1/surveys/{slug}/responses", Responses),
        Route("/api/v1/records/{type}/{number}", Records),
        Route("/api/v1/register/{kind}", Register),
        Route("/api", Nothing),
        Route("/api/{rest:path}", Nothing),
    ]

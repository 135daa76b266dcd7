"""Which language a page of ours speaks, and the switch that keeps the choice in a cookie."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from pages.ui.texts import LANGUAGE_COOKIE, LANGUAGES, choose_language
from survey import Questionnaire, normalise_language

_YEAR_SECONDS = 365 * 24 * 3600


def request_language(request: Request, questionnaire: Questionnaire | None = None) -> str:
    """`?lang=`, else the cookie, else what the browser prefers, of our languages or the questionnaire's."""
    return choose_language(
        request.query_params.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("accept-language"),
        *((questionnaire.languages, questionnaire.default_language) if questionnaire else ()),
    )


def keep_language(response: Response, language: str) -> None:
    """Remember the language for a year; it is a preference, so scripts may read the cookie."""
    response.set_cookie(LANGUAGE_COOKIE, language, max_age=_YEAR_SECONDS, samesite="lax")


def local_path(wish: str | None) -> str:
    """`wish` when it is a path on this site, else "/": a link must not be able to send people elsewhere."""
    if wish is None or not wish.startswith("/") or wish.startswith("//"):
        return "/"
    # Browsers drop tabs and line ends in addresses and read a backslash as a slash.
    return wish if wish.isascii() and wish.isprintable() and "\\" not in wish else "/"


def switch(request: Request) -> Response:
    """GET /language?to=zh&next=/overview: keep the language, go back to the page."""
    response = RedirectResponse(local_path(request.query_params.get("next")), 303)
    language = normalise_language(request.query_params.get("to", ""))
    if language in LANGUAGES:
        keep_language(response, language)
    return response

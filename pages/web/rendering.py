"""Renders our HTML pages: escaped templates, one inline stylesheet, only our own scripts, a policy for it."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from pages.ui.texts import translate
from pages.web.assets import ADDRESSES

_TEMPLATES = Path(__file__).parent / "templates"
_STYLE = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
_STYLE_SHA256 = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


def policy(frame_ancestors: Sequence[str] = ()) -> str:
    """The Content-Security-Policy of a page: nothing from elsewhere, nothing inline but our stylesheet, and
    only the named origins may show it in a frame, nobody when there are none."""
    ancestors = " ".join(frame_ancestors) or "'none'"
    return (
        f"default-src 'none'; style-src 'sha256-{_STYLE_SHA256}'; script-src 'self'; img-src 'self'; "
        f"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )


def keep_key(path: str) -> str:
    """The name under which the form's script keeps, on the respondent's device, what was typed at that
    address: of a personal link it does not give the token away."""
    return hashlib.sha256(path.encode()).hexdigest()[:16]


_HEADERS = {
    "Content-Security-Policy": policy(),
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(_TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(
    template: str,
    language: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> HTMLResponse:
    """A whole page from `templates/<template>`, never cached. `t` translates; every value is escaped."""
    html = _ENVIRONMENT.get_template(template).render(
        style=_STYLE,
        scripts=ADDRESSES,
        language=language,
        t=lambda message, **fill: translate(message, language, **fill),
        **values,
    )
    return HTMLResponse(html, status, {**_HEADERS, "Content-Language": language, **(headers or {})})


def shown_inside_ours(response: Response) -> Response:
    """The page as one that our own pages, and no others, may show in a frame."""
    response.headers["Content-Security-Policy"] = policy(("'self'",))
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response

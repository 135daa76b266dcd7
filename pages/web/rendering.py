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
_STYLE = "style.css"
_STYLES = {name: (_TEMPLATES / name).read_text(encoding="utf-8") for name in (_STYLE, "report.css")}


def policy(frame_ancestors: Sequence[str] = (), style: str = _STYLE) -> str:
    """The Content-Security-Policy of a page: nothing from elsewhere, nothing inline but its stylesheet, and
    only the named origins may show it in a frame, nobody when there are none."""
    ancestors = " ".join(frame_ancestors) or "'none'"
    sha256 = base64.b64encode(hashlib.sha256(_STYLES[style].encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{sha256}'; script-src 'self'; img-src 'self'; "
        f"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
    )


def keep_key(path: str) -> str:
    """The name under which the form's script keeps, on the respondent's device, what was typed at that
    address: of a personal link it does not give the token away."""
    return hashlib.sha256(path.encode()).hexdigest()[:16]


_HEADERS = {
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}

_POLICIES = {name: policy(style=name) for name in _STYLES}

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
    style: str = _STYLE,
    **values: object,
) -> HTMLResponse:
    """A whole page from `templates/<template>` with one of our stylesheets, never cached. `t` translates;
    every value is escaped."""
    html = _ENVIRONMENT.get_template(template).render(
        style=_STYLES[style],
        scripts=ADDRESSES,
        language=language,
        t=lambda message, **fill: translate(message, language, **fill),
        **values,
    )
    kept = {**_HEADERS, "Content-Security-Policy": _POLICIES[style], "Content-Language": language}
    return HTMLResponse(html, status, {**kept, **(headers or {})})


def shown_inside_ours(response: Response) -> Response:
    """The page as one that our own pages, and no others, may show in a frame."""
    response.headers["Content-Security-Policy"] = policy(("'self'",))
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response

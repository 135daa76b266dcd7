"""Lets the websites that the operator has named show a survey's form in a frame; everybody else stays out."""

from starlette.responses import Response

import warehouse
from pages.web.rendering import policy
from warehouse.embedding import frame_hosts


def framed(response: Response, survey: str) -> Response:
    """The response with the survey's list of websites in its policy; as it was when there is none.

    Only the form by its open link is framed: a personal link or a saved one could be made to be clicked by a
    page around it."""
    hosts = frame_hosts(warehouse.serving(), survey)
    if hosts and "Content-Security-Policy" in response.headers:
        response.headers["Content-Security-Policy"] = policy(hosts)
        # The older header cannot name hosts, and browsers heed it where it stands alone.
        del response.headers["X-Frame-Options"]
    return response

"""What the light form weighs on the wire, from a real server: small enough for a slow phone."""

from collections.abc import Iterator

import httpx
import pytest

from survey import library
from tests.pages.web.filling import Sheet
from tests.pages.web.surveys import EVERY_TYPE, serving_surveys
from tests.serving import Server

MOST = 30 * 1024
GZIP = {"Accept-Encoding": "gzip"}


@pytest.fixture(scope="module")
def survey_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with every questionnaire of the library, and the one with every type of question."""
    with serving_surveys(tmp_path_factory.mktemp("surveys")) as server:
        yield server


def transferred(answer: httpx.Response) -> int:
    """Bytes of the body as they came over the wire."""
    assert answer.status_code == 200 and answer.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.num_bytes_downloaded < len(answer.content)
    return answer.num_bytes_downloaded


def at_first(server: Server, path: str) -> int:
    """Bytes of a page and of all that it loads, when nothing of it is kept yet."""
    page = httpx.get(f"{server.base_url}{path}", headers=GZIP)
    parts = [found["src"] or "" for _, found in Sheet(page.text).tags if "src" in found]
    assert parts and all(part.startswith("/") and part.endswith(".js") for part in parts)
    return transferred(page) + sum(
        transferred(httpx.get(f"{server.base_url}{part}", headers=GZIP)) for part in parts
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("slug", [questionnaire.slug for questionnaire in library()])
def test_every_questionnaire_of_the_library_loads_in_30_kb(
    survey_server: Server, slug: str, language: str
) -> None:
    assert at_first(survey_server, f"/s/{slug}?lang={language}") <= MOST


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_every_type_loads_in_30_kb(survey_server: Server, language: str) -> None:
    address = f"{survey_server.base_url}{EVERY_TYPE}"
    assert at_first(survey_server, f"{EVERY_TYPE}?lang={language}") <= MOST
    assert at_first(survey_server, f"{EVERY_TYPE}?lang={language}&kiosk=1") <= MOST
    page = httpx.get(f"{address}?lang={language}", headers=GZIP)
    answers = {"overall": "1", "why": "x", "channels": "shop"} | {
        f"grid_{row}": "1" for row in ("staff", "range", "tidy")
    }
    for number in (1, 2, 3):
        fields = Sheet(page.text).fields
        page = httpx.post(address, data=fields | answers, headers=GZIP)
        assert transferred(page) <= MOST
        assert Sheet(page.text).fields["_page"] == str(number)


def test_who_does_not_accept_gzip_gets_the_page_as_it_is(survey_server: Server) -> None:
    form = httpx.get(f"{survey_server.base_url}{EVERY_TYPE}", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in form.headers and "<form" in form.text

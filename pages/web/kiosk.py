"""A form on a device that many people use in turn: after each of them it is empty again."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

CHANNEL = "kiosk"
SECONDS_THANKED = 8
# What was sent from a form older than this is not shown again: somebody else may stand there by now.
KEPT = timedelta(minutes=60)


@dataclass(frozen=True, slots=True)
class Kiosk:
    """A survey's form as such a device shows it; `language` is the one its link asks for, "" for none."""

    survey: str
    language: str

    @property
    def home(self) -> str:
        """The address of the empty form."""
        return f"/s/{self.survey}?{urlencode({'kiosk': 1} | self._language('lang'))}"

    @property
    def thanked(self) -> dict[str, str]:
        """What the address of the thank-you says, so that it leads back here."""
        return {"kiosk": "1"} | self._language("home")

    def _language(self, name: str) -> dict[str, str]:
        return {name: self.language} if self.language else {}


def kiosk_of(request: Request, survey: str) -> Kiosk | None:
    """The kiosk that the form's address asks for by `?kiosk=1`; None when it asks for none."""
    if request.query_params.get("kiosk") != "1":
        return None
    return Kiosk(survey, request.query_params.get("lang", ""))


def kiosk_thanked(request: Request, survey: str) -> Kiosk | None:
    """The same, from the address of the thank-you."""
    if request.query_params.get("kiosk") != "1":
        return None
    return Kiosk(survey, request.query_params.get("home", ""))


def start_anew(kiosk: Kiosk) -> Response:
    """To the empty form, with nothing of what was sent."""
    return RedirectResponse(kiosk.home, 303, {"Cache-Control": "no-store"})

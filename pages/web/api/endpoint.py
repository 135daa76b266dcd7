"""What all addresses of the API share: who is asking, threads of their own, and refusals in one form."""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import Response

import warehouse
from pages.web.api.problems import Fault, Refused, refusal
from pages.web.overload import RETRY_AFTER_SECONDS, is_overloaded
from warehouse.audit.acting import act_as
from warehouse.gate import NotOpen
from warehouse.keys import key_name
from warehouse.problems import core_error

T = TypeVar("T")

RETRY_AFTER = {"Retry-After": str(RETRY_AFTER_SECONDS)}
_NO_STORE = {"Cache-Control": "no-store"}
_LONGEST_KEY = 200

# Apart from respondents' threads: a program that sends much must not make people wait.
_THREADS = CapacityLimiter(64)


class Endpoint(HTTPEndpoint):
    """An address of the API; whatever a handler raises as Refused or WarehouseError is said in a problem
    document."""

    async def dispatch(self) -> None:
        """Answer the request."""
        request = Request(self.scope, self.receive)
        try:
            response = await self._answer(request)
        except Refused as refused:
            response = refusal(request, refused)
        except NotOpen as closed:
            response = refusal(request, Refused(409, closed.problem))
        except warehouse.WarehouseError as error:
            response = refusal(request, Refused(503, error.problem, headers=RETRY_AFTER))
        response.headers.update(_NO_STORE)
        await response(self.scope, self.receive, self.send)

    async def _answer(self, request: Request) -> Response:
        method = "get" if request.method == "HEAD" else request.method.lower()
        handler = getattr(self, method, None) if request.method in (*self._allowed_methods, "HEAD") else None
        if handler is None:
            allowed = ", ".join(self._allowed_methods)
            fault = Fault("method-refused", "", {"method": request.method[:20], "allowed": allowed})
            raise Refused(405, fault, headers={"Allow": allowed})
        answer: Response = await handler(request)
        return answer


async def in_thread(work: Callable[..., T], *arguments: object) -> T:
    """The result of blocking work, done in one of the API's threads. Raises WarehouseError("writer-busy")
    when too many wait for one."""
    if is_overloaded(_THREADS):
        raise core_error("writer-busy")
    return await to_thread.run_sync(work, *arguments, limiter=_THREADS)


async def key_holder(request: Request) -> str:
    """The name of the program whose key the request bears. Raises Refused(401)."""
    sent = request.headers.getlist("authorization")
    scheme, _, key = sent[0].partition(" ") if len(sent) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not key.strip():
        raise Refused(401, Fault("key-missing", "Authorization"), headers={"WWW-Authenticate": "Bearer"})
    name = await in_thread(_name, key.strip()[:_LONGEST_KEY])
    if name is None:
        challenge = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        raise Refused(401, Fault("key-refused", "Authorization"), headers=challenge)
    act_as(f"program {name}")
    return name


def _name(key: str) -> str | None:
    return key_name(warehouse.serving(), key)

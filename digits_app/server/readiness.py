"""What those ask who watch over the app: whether it is there, and whether it reads."""

from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

READY: Final = "/ready"
"""Path that answers 200 when drawings are read and 503 when not."""

ALIVE: Final = "/alive"
"""Path that answers 200 as long as the process answers at all.

Streamlit's own `/_stcore/health` moves when the app is served below a path; these two
answer at the root as well, where an orchestrator asks.
"""


class Readiness:
    """What the warm-up found out; it alone writes.

    Attributes
    ----------
    status : {"starting", "ready", "failed"}
    """

    def __init__(self) -> None:
        self.status = "starting"

    async def answer(self, _request: Request) -> PlainTextResponse:
        """Answer a probe. What failed is in the log, not for everybody."""
        code = 200 if self.status == "ready" else 503
        return PlainTextResponse(
            f"{self.status}\n", code, headers={"Cache-Control": "no-store"}
        )


async def _answer_alive(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("alive\n", headers={"Cache-Control": "no-store"})


def probes(readiness: Readiness, base: str) -> list[Route]:
    """Return the routes of both probes, at the root and below the app's path.

    Parameters
    ----------
    readiness : Readiness
        What the warm-up finds out.
    base : str
        Such as "tools/digits"; empty where the app is at the root.
    """
    return [
        Route(below + path, answer)
        for below in dict.fromkeys(("", f"/{base}" if base else ""))
        for path, answer in ((ALIVE, _answer_alive), (READY, readiness.answer))
    ]

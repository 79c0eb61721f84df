"""Whether a drawing would be read now: what a load balancer wants to know."""

from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse

READY: Final = "/ready"
"""Path that answers 200 when drawings are read and 503 when not.

`/_stcore/health` only says that the process listens.
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

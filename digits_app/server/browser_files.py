"""The files that our pages fetch: packed once, and kept by a browser for good.

Scripts lie in `digits_app/browser/`, weights in `digits_app/network/weights/`. Each is
served under an address with a digest of its content in it, so that a browser never asks
for one twice, and never takes an old one for a new one. Nothing else has an address.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

FOLDER: Final = Path(__file__).parents[1] / "browser"
WEIGHTS: Final = Path(__file__).parents[1] / "network" / "weights"

FOR_GOOD: Final = "public, max-age=31536000, immutable"
_MEDIA_TYPES: Final = {".js": "text/javascript"}


@dataclass(frozen=True)
class PackedFile:
    """A file as it is sent, packed when it is first asked for.

    Attributes
    ----------
    data : bytes
    media_type : str
        Such as "text/javascript".
    """

    data: bytes
    media_type: str

    @cached_property
    def packed(self) -> bytes | None:
        """The file in gzip's form; None where that is no shorter."""
        packed = gzip.compress(self.data, mtime=0)
        return packed if len(packed) < 0.95 * len(self.data) else None

    def answer(self, request: Request, cache_control: str = FOR_GOOD) -> Response:
        """Answer a request for it, packed where the browser can unpack."""
        headers = {"Cache-Control": cache_control, "Vary": "Accept-Encoding"}
        takes_packed = "gzip" in request.headers.get("accept-encoding", "")
        if not takes_packed or self.packed is None:
            return Response(self.data, headers=headers, media_type=self.media_type)
        headers["Content-Encoding"] = "gzip"
        return Response(self.packed, headers=headers, media_type=self.media_type)


def read_file(path: Path) -> PackedFile:
    """Read a file, and tell its kind by its name."""
    kind = _MEDIA_TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    return PackedFile(path.read_bytes(), kind or "application/octet-stream")


class BrowserFiles:
    """Files by their addresses.

    Scripts import each other by their names, so they have one digest together: an address
    names one state of all of them.

    Parameters
    ----------
    files : mapping of str to PackedFile
        By name, such as "board/board.js".
    """

    def __init__(self, files: Mapping[str, PackedFile]) -> None:
        scripts = [file.data for name, file in sorted(files.items()) if _is_script(name)]
        of_scripts = _digest(*scripts)
        self._addresses = {
            name: f"files/{of_scripts if _is_script(name) else _digest(file.data)}/{name}"
            for name, file in files.items()
        }
        self._files = {self._addresses[name]: file for name, file in files.items()}

    def keep(self, name: str, data: bytes) -> str:
        """Serve bytes, too; return their address."""
        address = f"files/{_digest(data)}/{name}"
        self._files.setdefault(address, PackedFile(data, "application/octet-stream"))
        return address

    def address(self, name: str) -> str:
        """Address of a file, relative to the base of any of our pages.

        Raises
        ------
        KeyError
            There is no such file.
        """
        return self._addresses[name]

    async def answer(self, request: Request) -> Response:
        """Answer a request."""
        asked = f"files/{request.path_params['digest']}/{request.path_params['name']}"
        file = self._files.get(asked)
        if file is None:
            # A page that was open while the server got new files: it loads again.
            return PlainTextResponse("No such file.\n", 404)
        return file.answer(request)

    def route(self) -> Route:
        """Where they are served: at the root, and below any path that the app may have."""
        return Route("/{below:path}files/{digest}/{name:path}", self.answer)


def _is_script(name: str) -> bool:
    return name.endswith(".js")


def _digest(*contents: bytes) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()[:16]


@cache
def browser_files() -> BrowserFiles:
    """Our scripts and the shipped weights, read when they are first asked for."""
    scripts = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*.js")}
    weights = {f"weights/{path.name}": path for path in WEIGHTS.glob("*.weights")}
    return BrowserFiles(
        {name: read_file(path) for name, path in (scripts | weights).items()}
    )

"""Files sent to a session, as Streamlit's uploader in the page sends them."""

import http.client
import uuid
from collections.abc import Iterable
from contextlib import closing
from http.cookies import SimpleCookie

from tests.support.serving import Server


class Uploader:
    """Sends files to one session.

    Parameters
    ----------
    server : Server
    session : str
        The session's id.
    """

    def __init__(self, server: Server, session: str) -> None:
        self._port = server.port
        self._path = f"/_stcore/upload_file/{session}"
        cookie = SimpleCookie(self._ask("GET", "/_stcore/health")[1]["Set-Cookie"])
        token = cookie["_streamlit_xsrf"].value
        self._headers = {"Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token}

    def send(self, n_bytes: int) -> int:
        """Send a file and return the status of the answer."""
        body = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
            + bytes(n_bytes)
            + b"\r\n--x--\r\n"
        )
        return self._put(body)

    def send_in_pieces(self, pieces: Iterable[bytes]) -> int:
        """Send a file without saying how long it is; return the status."""
        return self._put(pieces)

    def _put(self, body: bytes | Iterable[bytes]) -> int:
        headers = {**self._headers, "Content-Type": "multipart/form-data; boundary=x"}
        return self._ask("PUT", f"{self._path}/{uuid.uuid4()}", body, headers)[0]

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, http.client.HTTPMessage]:
        with closing(
            http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        ) as connection:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            response.read()
            return response.status, response.headers

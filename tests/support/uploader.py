"""Files sent to a session, as Streamlit's uploader in the page sends them."""

import http.client
import uuid
from collections.abc import Iterable
from contextlib import closing
from http.cookies import SimpleCookie
from typing import Final

from tests.support.serving import PATIENCE, Server

_FORM: Final = {"Content-Type": "multipart/form-data; boundary=x"}
_HEAD: Final = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n'
_TAIL: Final = b"\r\n--x--\r\n"


class Uploader:
    """Sends files to one session.

    Parameters
    ----------
    server : Server
    session : str
        The session's id.
    headers : dict of str or None
        Sent in place of the cookie and its token, which a page at the top has.
    """

    def __init__(
        self, server: Server, session: str, headers: dict[str, str] | None = None
    ) -> None:
        self._port = server.port
        self._path = f"/_stcore/upload_file/{session}"
        if headers is not None:
            self._headers = headers
            return
        cookie = SimpleCookie(self._ask("GET", "/_stcore/health")[1]["Set-Cookie"])
        token = cookie["_streamlit_xsrf"].value
        self._headers = {"Cookie": f"_streamlit_xsrf={token}", "X-Xsrftoken": token}

    def send(self, n_bytes: int) -> int:
        """Send a file and return the status of the answer."""
        return self.send_file(bytes(n_bytes), "a")[0]

    def send_file(self, content: bytes, name: str) -> tuple[int, str]:
        """Send a file; return the status of the answer, and the file's id."""
        file = str(uuid.uuid4())
        headers = {**self._headers, **_FORM}
        body = _HEAD % name.encode() + content + _TAIL
        return self._ask("PUT", f"{self._path}/{file}", body, headers)[0], file

    def begin(self, n_bytes: int, sent: bytes = b"") -> http.client.HTTPConnection:
        """Announce a file, send the first of it and then nothing; the caller closes it."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        connection.putrequest("PUT", f"{self._path}/{uuid.uuid4()}")
        for name, value in {**self._headers, **_FORM}.items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(n_bytes))
        connection.endheaders(_HEAD % b"a" + sent)
        return connection

    def send_in_pieces(self, pieces: Iterable[bytes]) -> int:
        """Send a file without saying how long it is; return the status."""
        return self._put(pieces)

    def take_back(self, file: str) -> int:
        """Ask to forget a file and return the status of the answer."""
        return self._ask("DELETE", f"{self._path}/{file}", headers=self._headers)[0]

    def _put(self, body: bytes | Iterable[bytes]) -> int:
        headers = {**self._headers, **_FORM}
        return self._ask("PUT", f"{self._path}/{uuid.uuid4()}", body, headers)[0]

    def _ask(
        self,
        method: str,
        path: str,
        body: bytes | Iterable[bytes] | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, http.client.HTTPMessage]:
        with closing(
            http.client.HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)
        ) as connection:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            response.read()
            return response.status, response.headers

"""Scripts and weights for the browser: packed, kept for good, and nothing beside them."""

import gzip
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pytest

from digits_app.server.browser_files import BrowserFiles, PackedFile, browser_files
from tests.support.serving import Server

SCRIPT = "board/words.js"


@pytest.fixture
def address(at_any_path: Server) -> str:
    return at_any_path.address


def fetch(address: str, encoding: str = "gzip") -> tuple[Message, bytes]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": encoding})
    with urllib.request.urlopen(request) as response:
        return response.headers, response.read()


def test_a_script_comes_packed_and_is_kept_for_good(address: str):
    headers, body = fetch(f"{address}/{browser_files().address(SCRIPT)}")
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert headers["Content-Type"].startswith("text/javascript")
    _, plain = fetch(f"{address}/{browser_files().address(SCRIPT)}", encoding="identity")
    assert gzip.decompress(body) == plain
    assert len(body) < len(plain)


@pytest.mark.parametrize(
    "name",
    [
        "files/0000000000000000/board/board.js",
        "files/0000000000000000/../../app.py",
        "files/0000000000000000/%2e%2e/%2e%2e/app.py",
        "files/../app.py",
    ],
)
def test_nothing_else_on_the_disk_has_an_address(address: str, name: str):
    try:
        _, body = fetch(f"{address}/{name}")
    except urllib.error.HTTPError:
        return
    assert body.startswith(b"<!DOCTYPE html>")  # the page itself, for any other address


def test_a_changed_script_changes_the_address_of_those_that_import_it():
    def files(board: bytes, weights: bytes) -> BrowserFiles:
        return BrowserFiles(
            {
                "board.js": PackedFile(board, "text/javascript"),
                "pen.js": PackedFile(b"pen", "text/javascript"),
                "weights.bin": PackedFile(weights, "application/octet-stream"),
            }
        )

    before, after = files(b"old", b"same"), files(b"new", b"same")
    assert before.address("pen.js") != after.address("pen.js")
    assert before.address("weights.bin") == after.address("weights.bin")
    assert files(b"old", b"other").address("pen.js") == before.address("pen.js")


def test_what_does_not_pack_is_sent_as_it_is():
    assert PackedFile(bytes(range(256)), "application/octet-stream").packed is None


def test_the_addresses_of_scripts_are_the_same_in_every_process(tmp_path: Path):
    assert browser_files().address(SCRIPT) == browser_files.__wrapped__().address(SCRIPT)

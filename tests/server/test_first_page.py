"""The first page: packed, cut, and never blank. What only a browser shows: tests/e2e."""

import gzip
import re
import tomllib
import urllib.request
from email.message import Message
from pathlib import Path
from urllib.parse import urljoin

import pytest
from fontTools.ttLib import TTFont

from digits_app.server import first_page
from digits_app.server.first_page import STREAMLIT, first_html
from tests.support.serving import PATIENCE, ROOT, Server
from tools import cut_fonts


@pytest.fixture
def server(at_any_path: Server) -> Server:
    return at_any_path


def fetch(address: str, **headers: str) -> tuple[Message, bytes]:
    request = urllib.request.Request(address, headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as response:
        return response.headers, response.read()


def files_of(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="((?:\./|\.\./)[^"]+)"', page)


def test_streamlits_files_come_packed_and_are_kept_for_good(server: Server):
    _, page = fetch(server.address + "/")
    scripts = [file for file in files_of(page.decode()) if file.endswith((".js", ".css"))]
    assert len(scripts) > 40
    for script in scripts:
        address = urljoin(f"{server.address}/", script)
        headers, body = fetch(address, **{"Accept-Encoding": "gzip"})
        assert "immutable" in headers["Cache-Control"]
        original = (STREAMLIT / script).read_bytes()
        packed = headers["Content-Encoding"] == "gzip"
        assert packed or len(original) < 200
        assert (gzip.decompress(body) if packed else body) == original


def test_a_browser_that_cannot_unpack_gets_them_as_they_are(server: Server):
    _, page = fetch(server.address + "/")
    script = files_of(page.decode())[0]
    address = urljoin(f"{server.address}/", script)
    headers, body = fetch(address, **{"Accept-Encoding": "identity"})
    assert headers["Content-Encoding"] is None
    assert body == (STREAMLIT / script).read_bytes()


@pytest.mark.parametrize("path", ["/", "/lesson", "/what/is/this?classes=banana"])
def test_every_address_of_a_page_gets_ours_and_its_files(server: Server, path: str):
    headers, body = fetch(server.address + path, **{"If-Modified-Since": "now"})
    assert headers["Cache-Control"] == "no-cache"
    page = body.decode()
    assert "Eight by Eight is loading" in page
    (base,) = re.findall(r'<meta name="base" content="(.*)" />', page)
    assert base == ("../../" if path.count("/") == 3 else "./")
    for file in files_of(page):
        assert (STREAMLIT / file.removeprefix(base)).is_file()


@pytest.mark.parametrize("path", ["/_stcore/health", "/_stcore/host-config"])
def test_what_is_no_page_is_left_alone(server: Server, path: str):
    _, body = fetch(server.address + path)
    assert b"<html" not in body


def test_the_page_is_in_our_colours_before_anything_else_has_come():
    page = first_html()
    before_scripts = page[: page.index('type="module"')]
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    for theme in ("light", "dark"):
        for which in ("backgroundColor", "textColor"):
            assert settings["theme"][theme][which] in before_scripts
    # A style sheet in the head would keep the page blank until it is there.
    assert "stylesheet" not in page[: page.index("is loading")]


def test_a_page_of_streamlit_that_is_not_as_expected_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    (tmp_path / "index.html").write_text(page.replace("<title>", "<h1>"))
    monkeypatch.setattr(first_page, "STREAMLIT", tmp_path)
    with pytest.raises(RuntimeError, match="title"):
        first_html()


# Fonts


@pytest.mark.parametrize("name", [*cut_fonts.TEXT_FONTS, cut_fonts.ICONS])
def test_fonts_come_cut_under_their_own_addresses(server: Server, name: str):
    address = cut_fonts.original(name).relative_to(STREAMLIT).as_posix()
    headers, body = fetch(f"{server.address}/{address}")
    assert "immutable" in headers["Cache-Control"]
    assert body == (cut_fonts.FOLDER / f"{name}.woff2").read_bytes()
    assert len(body) < cut_fonts.original(name).stat().st_size / 4


@pytest.mark.parametrize("name", cut_fonts.TEXT_FONTS)
def test_a_cut_font_writes_what_is_said_and_has_another_name(name: str):
    cut = TTFont(cut_fonts.FOLDER / f"{name}.woff2")
    original = TTFont(cut_fonts.original(name))
    wanted = set(cut_fonts.LETTERS) & original.getBestCmap().keys()
    assert wanted <= cut.getBestCmap().keys()
    names = [cut["name"].getDebugName(number) for number in (1, 3, 4, 6, 16)]
    assert not any("Source" in each for each in names if each)
    assert "SIL Open Font License" in cut["name"].getDebugName(13)


def test_every_icon_of_our_pages_and_of_streamlit_is_in_the_cut_font():
    """`make fonts` puts in what is missing."""
    cut = TTFont(cut_fonts.FOLDER / f"{cut_fonts.ICONS}.woff2")
    assert {name for name, _ in cut_fonts.ligatures(cut)} >= cut_fonts.icons()

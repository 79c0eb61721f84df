"""The first page: Streamlit's own, made light and never blank.

Streamlit sends 3.5 MB in 98 files before anybody can draw, none of them packed, and a white
page until they are there. Here its files are packed once for all visitors, its fonts are
cut to what is written (`tools/cut_fonts.py`), and its page says from the first byte on what
is loading. Page and files are Streamlit's own business: seen in 1.67, and
`tests/server/test_first_page.py` fails when they change.
"""

import asyncio
import base64
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from string import Template
from typing import Final

import streamlit as st
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digits_app.server.browser_files import FOR_GOOD, PackedFile, read_file

STREAMLIT: Final = Path(st.__file__).parent / "static"
FONTS: Final = Path(__file__).parent / "fonts"
TEMPLATES: Final = Path(__file__).parent / "loading"
ICON: Final = Path(__file__).parents[1] / "pages" / "shared" / "icon.png"

MAX_DEPTH: Final = 8
"""Parts of an address for which the page still finds its files."""

_NO_PAGES: Final = ("/_stcore/", "/media/", "/component/", "/app/static/")
_CONDITIONS: Final = (b"if-none-match", b"if-modified-since", b"if-range", b"range")
_DIGEST: Final = re.compile(r"\.[\w-]{8}\.woff2$")


class FirstPage:
    """Serve Streamlit's page and its files in our form (ASGI middleware).

    Parameters
    ----------
    app : ASGI application
        Which knows what is a page and what is not.
    base : callable
        Returns the path below which the app is served, such as "tools/digits".
    """

    def __init__(self, app: ASGIApp, base: Callable[[], str]) -> None:
        self.app = app
        self.base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        base = self.base()
        path: str = scope["path"].removeprefix(f"/{base}" if base else "")
        file = static_file(path)
        if file is not None:
            await _send(file, FOR_GOOD, scope, receive, send)
        elif path.startswith(_NO_PAGES):
            await self.app(scope, receive, send)
        else:
            depth = min(path.count("/") - 1, MAX_DEPTH) if path else 0
            await self._replace_page(first_page(depth), scope, receive, send)

    async def _replace_page(
        self, page: PackedFile, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Let the app answer; where that is Streamlit's page, send ours."""
        headers = [(name, it) for name, it in scope["headers"] if name not in _CONDITIONS]
        replaced = False

        async def send_ours(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and _is_page(message):
                replaced = True
                await _send(page, "no-cache", scope, receive, send)
            elif not replaced:
                await send(message)

        await self.app({**scope, "headers": headers}, receive, send_ours)


def _is_page(start: Message) -> bool:
    kind = dict(start["headers"]).get(b"content-type", b"")
    return start["status"] == 200 and bool(kind.startswith(b"text/html"))


async def _send(
    file: PackedFile, cache_control: str, scope: Scope, receive: Receive, send: Send
) -> None:
    await asyncio.to_thread(getattr, file, "packed")  # the first time it takes a while
    await file.answer(Request(scope), cache_control)(scope, receive, send)


@cache
def _paths() -> dict[str, Path]:
    """Streamlit's files by their addresses, those of fonts with the cut one instead."""
    found = {}
    for path in (STREAMLIT / "static").rglob("*"):
        cut = FONTS / _DIGEST.sub(".woff2", path.name)
        address = f"/{path.relative_to(STREAMLIT).as_posix()}"
        if path.suffix in (".js", ".css"):
            found[address] = path
        elif path.suffix == ".woff2" and cut.exists():
            found[address] = cut
    return found


def static_file(address: str) -> PackedFile | None:
    """Return the file of an address such as "/static/js/index.….js"; None for no such."""
    path = _paths().get(address)
    return None if path is None else _read_once(path)


@cache
def _read_once(path: Path) -> PackedFile:
    return read_file(path)


@cache
def first_page(depth: int = 0) -> PackedFile:
    """Return the page for addresses so many parts below the base."""
    return PackedFile(first_html(depth).encode(), "text/html; charset=utf-8")


def first_html(depth: int = 0) -> str:
    """Write Streamlit's page anew.

    Parameters
    ----------
    depth : int
        How many parts an address has after the first: 0 for "/" and "/lesson".

    Returns
    -------
    str
        With the words that are shown while it loads, and what loads brought behind them:
        Streamlit's style sheet would keep the page blank, and the font that it asks for
        first is not needed first. The page is told where its server is, so it need not
        look for it at addresses that do not exist.
    """
    html = (STREAMLIT / "index.html").read_text(encoding="utf-8")
    html = html[html.index("<!DOCTYPE") :]
    html = re.sub(r"<!--.*?-->\s*", "", html, flags=re.DOTALL)
    for out in (
        r'<link rel="shortcut icon"[^>]*>\s*',
        r'<link\s+rel="preload"[^>]*>\s*',
        r'<link rel="service-desc"[^>]*>\s*',
        r"<title>.*?</title>\s*",
        r"<noscript>.*?</noscript>\s*",
    ):
        html = _once(out, "", html)
    sheet = re.findall(r'<link rel="stylesheet"[^>]*>', html)
    html = _once(r'\s*<link rel="stylesheet"[^>]*>', "", html)
    html = _once(r'(?<=<meta charset="UTF-8" />)', f"\n{_template('head.html')}", html)
    html = _once(r"(?<=<body>)", f"\n{_template('body.html')}", html)
    html = _once(r"(?=</body>)", f"{''.join(sheet)}\n  ", html)
    up = "../" * depth or "./"
    return html.replace('"./', f'"{up}')


def _once(pattern: str, text: str, html: str) -> str:
    """Replace what must be in Streamlit's page exactly once."""
    changed, n_found = re.subn(pattern, lambda _: text, html, flags=re.DOTALL)
    if n_found != 1:
        raise RuntimeError(f"Streamlit's page has {n_found} of {pattern}, not one")
    return changed


def _template(name: str) -> str:
    colours = {
        f"{theme}_{which}": st.get_option(f"theme.{theme}.{which}Color")
        for theme in ("light", "dark")
        for which in ("background", "text", "primary")
    }
    icon = base64.b64encode(ICON.read_bytes()).decode()
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return Template(text).substitute(colours, icon=f"data:image/png;base64,{icon}")

"""The first words of a server that was started by hand: where to find it."""

import io
import os
import socket
import sys
import threading
import webbrowser
from ipaddress import ip_address
from itertools import zip_longest
from typing import Final, TextIO

import segno
import streamlit as st

from digits_app.server.logs import logger

OPEN_BROWSER: Final = "DIGITS_OPEN_BROWSER"
"""Variable that the command sets to "1" where it should open a browser."""

# Figures of 3×5 pixels, row by row: the octal digit of a row has a bit for each pixel.
# What separates them is one pixel wide.
_GLYPHS: Final = {
    "0": "75557",
    "1": "26227",
    "2": "71747",
    "3": "71717",
    "4": "55711",
    "5": "74717",
    "6": "74757",
    "7": "71244",
    "8": "75757",
    "9": "75717",
    ".": "00001",
    ":": "01010",
}
_HALVES: Final = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def welcome() -> None:
    """Say where the app is: in the log, and large where a person looks at a terminal."""
    here, there = own_address(), class_address()
    logger.info("on this machine: %s", here)
    if there:
        logger.info("in this network: %s", there)
    if sys.stdout.isatty():
        _print_if_it_can(words_of_welcome(here, there), sys.stdout)
    if os.environ.get(OPEN_BROWSER) == "1":
        threading.Thread(target=webbrowser.open, args=(here,), daemon=True).start()


def own_address() -> str:
    """Address of the app for a browser on this machine."""
    host = st.get_option("server.address")
    return _url("localhost" if not host or _is_everywhere(host) else host)


def class_address() -> str | None:
    """Address of the app for the other devices; None where only this machine reaches it."""
    host = st.get_option("server.address")
    if not host or _is_everywhere(host):
        host = network_address()
    elif host == "localhost" or (_is_ip(host) and ip_address(host).is_loopback):
        return None
    return _url(host) if host else None


def network_address() -> str | None:
    """Address of this machine in its own network, for the pupils' phones."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Picks the outgoing interface; nothing is sent (192.0.2.1 is for examples).
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        return str(probe.getsockname()[0])


def words_of_welcome(here: str, there: str | None) -> str:
    """Write what the terminal shows.

    Parameters
    ----------
    here : str
        Address for this machine.
    there : str or None
        Address for the other devices in the network.
    """
    lines = ["", "Eight by Eight", "", f"On this machine:  {here}"]
    if there is None:
        lines += ["Other devices cannot reach it."]
    else:
        lines += [f"For the class:    {there}", "", large(there), "", qr_code(there)]
    lines += ["Press Ctrl+C to stop it.", ""]
    return "\n".join(f"  {line}" for line in "\n".join(lines).splitlines())


def large(address: str) -> str:
    """Write an address in large figures, without "http://", which browsers add.

    An address with letters in it is returned as it is.

    Examples
    --------
    >>> print(large("http://10.0.0.7:85"))
    ▄█  █▀█   █▀█   █▀█   ▀▀█ ▄ █▀█ █▀▀
     █  █ █   █ █   █ █   ▄▀  ▄ █▀█ ▀▀█
    ▀▀▀ ▀▀▀ ▀ ▀▀▀ ▀ ▀▀▀ ▀ ▀     ▀▀▀ ▀▀▀
    """
    text = address.removeprefix("http://")
    if not set(text) <= set(_GLYPHS):
        return address
    widths = [1 if char in ".:" else 3 for char in text]
    rows = [
        " ".join(
            f"{int(_GLYPHS[char][y]):0{width}b}"
            for char, width in zip(text, widths, strict=True)
        )
        for y in range(5)
    ]
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue="")
    return "\n".join(
        "".join(
            _HALVES[upper == "1", lower == "1"]
            for upper, lower in zip_longest(above, below, fillvalue=" ")
        ).rstrip()
        for above, below in pairs
    )


def qr_code(address: str) -> str:
    """Draw an address as a QR code of block characters, light on dark."""
    drawn = io.StringIO()
    segno.make_qr(address, error="l").terminal(out=drawn, border=2, compact=True)
    return drawn.getvalue()


def _url(host: str) -> str:
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    name = f"[{host}]" if ":" in host else host
    base = st.get_option("server.baseUrlPath").strip("/")
    return f"{scheme}://{name}:{st.get_option('server.port')}" + (
        f"/{base}" if base else ""
    )


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_everywhere(host: str) -> bool:
    return _is_ip(host) and ip_address(host).is_unspecified


def _print_if_it_can(text: str, out: TextIO) -> None:
    """Print the words, without what the terminal's encoding has no signs for."""
    encoding = out.encoding or "ascii"
    lines = [line for line in text.splitlines() if _can_write(line, encoding)]
    print("\n".join(lines), file=out, flush=True)


def _can_write(line: str, encoding: str) -> bool:
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True

"""What the process asks of the system before it serves."""

import asyncio
import errno
import os
import sys
from typing import Any, Final

from digits_app.server.logs import logger

FILES_PER_VISITOR: Final = 4
"""File descriptors that a live session takes; one who left keeps 3 for two minutes."""

WANTED_FILES: Final = 8192


def speak_utf8() -> None:
    """Begin anew in Python's UTF-8 mode where the system's encoding is another.

    In the C locale with that mode off, a folder with an umlaut in its name reaches
    Streamlit as text that it cannot send, and every session fails. It must be called
    before anything is served.
    """
    if sys.getfilesystemencoding().lower() == "utf-8" or sys.platform == "win32":
        return
    # The server's socket is bound already, and would be handed on.
    os.closerange(3, 1024)
    os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def raise_file_limit(wanted: int = WANTED_FILES) -> int | None:
    """Let the process open as many files as it may; return how many that are.

    macOS starts a program with 256, which 50 visitors who reload once use up.

    Parameters
    ----------
    wanted : int
        No need for more.

    Returns
    -------
    int or None
        None where the system has no such limit.
    """
    if sys.platform == "win32":
        return None
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return None
    target = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if target > soft:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
        except (OSError, ValueError):
            target = soft
    soft = max(soft, target)
    if soft < wanted:
        logger.info(
            "%d files may be open at once, enough for about %d visitors; "
            "`ulimit -n %d` before the start allows more",
            soft,
            soft // (2 * FILES_PER_VISITOR),
            wanted,
        )
    return soft


def explain_lack_of_files(loop: asyncio.AbstractEventLoop) -> None:
    """Say in the log what it means when a connection finds no file descriptor left."""

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
            logger.error(
                "no more visitors can connect: all file descriptors are in use; "
                "start with a higher `ulimit -n`, or more processes"
            )
        else:
            loop.default_exception_handler(context)

    loop.set_exception_handler(handle)

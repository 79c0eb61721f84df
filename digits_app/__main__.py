"""The command: `eight-by-eight` starts the app, `eight-by-eight read` reads pictures.

`python -m digits_app` is the same.
"""

import argparse
import sys
from collections.abc import Sequence

from digits_app import __version__


def parser() -> argparse.ArgumentParser:
    """Say what may be typed."""
    command = argparse.ArgumentParser(
        prog="eight-by-eight",
        description="Draw a digit in the browser and see a small neural network read it.",
        epilog="`eight-by-eight read --help` tells how to read pictures.",
    )
    command.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    command.add_argument("--port", type=_port, help="default: 8501, or the next free one")
    command.add_argument(
        "--host", help="address to listen on; 127.0.0.1 lets no other device in"
    )
    command.add_argument("--no-browser", action="store_true", help="open no browser")
    reading = command.add_subparsers(dest="command", metavar="read").add_parser(
        "read",
        help="read pictures and print the digits",
        description="Read pictures: PNG, JPEG or WebP with a digit, or several in a row.",
    )
    reading.add_argument("pictures", nargs="+", metavar="picture.png")
    reading.add_argument("--json", action="store_true", help="print JSON")
    return command


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else -1
    if not 0 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return port


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was typed; return the status for the shell."""
    typed = parser().parse_args(arguments)
    if typed.command == "read":
        from digits_app.reading.picture_files import print_readings

        return print_readings(typed.pictures, as_json=typed.json)
    from digits_app.server.command import serve

    serve(typed.port, typed.host, browser=not typed.no_browser)
    return 0


if __name__ == "__main__":
    sys.exit(main())

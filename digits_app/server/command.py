"""Start the app from any folder, as `streamlit run app.py` starts it from a checkout."""

import os
import signal
import sys
from pathlib import Path

from streamlit import file_util
from streamlit.web import cli

import digits_app
from digits_app.server.welcome import OPEN_BROWSER


def entry() -> Path:
    """Find `app.py`, which has the settings beside it, in `.streamlit`.

    The wheel carries both in a folder of the package; in a checkout they lie above it.
    """
    package = Path(digits_app.__file__).parent
    packed = package / "entry" / "app.py"
    return packed if packed.exists() else package.with_name("app.py")


def serve(port: int | None = None, host: str | None = None, browser: bool = True) -> None:
    """Serve the app until it is stopped.

    Streamlit's own command runs it, so what STREAMLIT_ variables say counts as ever.

    Parameters
    ----------
    port : int or None
        None takes 8501, or the next one that is free.
    host : str or None
        Address to listen on; None listens on all.
    browser : bool, default=True
        Open the page in a browser.
    """
    _pass_over_settings_of_this_folder()
    os.environ[OPEN_BROWSER] = "1" if browser else "0"
    arguments = ["run", str(entry())]
    if port is not None:
        arguments += ["--server.port", str(port)]
    if host is not None:
        arguments += ["--server.address", host]
    # Ctrl+C: the server stops in good order, and then there is nothing to complain of.
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
    cli.main(arguments, prog_name="eight-by-eight")


def _pass_over_settings_of_this_folder() -> None:
    """Keep Streamlit from reading `.streamlit` of the folder where the command is typed.

    It may be another app's, and open what ours keeps shut. Streamlit 1.67 finds it with
    `get_project_streamlit_file_path`; it finds ours again, which lies beside the script.
    """
    ours = entry().parent / file_util.CONFIG_FOLDER_NAME
    file_util.get_project_streamlit_file_path = lambda *path: str(ours.joinpath(*path))

"""What the app leans on of Streamlit's inside is there; an upgrade prints what moved."""

import importlib
import re
from importlib.util import find_spec

from digits_app.server.headers import PAGES_NEED
from tests.support.streamlit_names import bundle, page_names, python_names, python_source


def is_there(name: str) -> bool:
    """Whether a private Python name is still in the installed Streamlit."""
    if name.startswith("streamlit."):
        module, attribute = name.rsplit(".", 1)
        try:
            found = importlib.import_module(module)
        except ImportError:
            return False
        return hasattr(found, attribute) or find_spec(name) is not None
    return name.removeprefix("/_stcore/") in python_source()


def test_every_name_of_streamlits_page_is_in_its_bundle():
    assert [name for name in sorted(page_names()) if name not in bundle()] == []


def test_every_private_name_is_in_its_python():
    assert [name for name in sorted(python_names()) if not is_there(name)] == []


def test_the_names_are_found():
    """A pattern that finds nothing would miss whatever moves."""
    assert {"stMain", "stDialog", "data-test-connection-state"} <= set(page_names())
    assert {"_session_mgr", "streamlit.runtime.app_session"} <= set(python_names())
    assert not is_there("streamlit.runtime.no_such_name")
    assert not is_there("streamlit.no_such_module.name")
    assert "stNoSuchElement" not in bundle()


def test_the_page_asks_for_no_address_that_is_closed():
    asked = set(re.findall(r"_stcore/([\w-]+)", bundle()))
    assert asked == PAGES_NEED | {"stream"}

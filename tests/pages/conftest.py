"""The whole app, run without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.serving import ROOT

APP = ROOT / "digits_app" / "pages" / "navigation.py"


@pytest.fixture
def app() -> AppTest:
    """A visitor who has just opened the app."""
    return AppTest.from_file(str(APP), default_timeout=60)

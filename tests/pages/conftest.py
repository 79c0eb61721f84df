"""The whole app, run without a browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parent.parent.parent / "app.py"


@pytest.fixture
def app() -> AppTest:
    """A visitor who has just opened the app."""
    return AppTest.from_file(str(APP), default_timeout=60)

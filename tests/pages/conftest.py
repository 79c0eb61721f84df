"""The whole app, run without a browser."""

from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

from digits_app.dataset import CLASS_COUNTS
from digits_app.network.classifiers import Training, load_classifier
from tests.support.serving import PATIENCE, ROOT

APP = ROOT / "digits_app" / "pages" / "navigation.py"


@pytest.fixture(scope="session")
def networks() -> None:
    """All four are at hand, as they are a moment after a server's start."""
    for n_classes in CLASS_COUNTS:
        for training in get_args(Training):
            load_classifier(n_classes, training)


@pytest.fixture
def app(networks: None) -> AppTest:
    """A visitor who has just opened the app."""
    return AppTest.from_file(str(APP), default_timeout=PATIENCE)

"""The page gets the same theme as without our copy of it."""

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.runtime import app_session

from digits_app.server.theme import write_theme_once

SECTIONS = ("theme", "theme.light", "theme.dark", "theme.sidebar")


def theme() -> NewSession:
    """Write the sections as Streamlit does, the later ones into parts of the first."""
    message = NewSession()
    whole = message.custom_theme
    for section, part in zip(
        SECTIONS, (whole, whole.light, whole.dark, whole.sidebar), strict=True
    ):
        app_session._populate_theme_msg(part, section)
    return message


@pytest.fixture
def streamlits_own(monkeypatch: pytest.MonkeyPatch) -> NewSession:
    # Set again after the test, whatever it sets.
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    return theme()


def test_the_copy_is_what_streamlit_writes(streamlits_own: NewSession):
    assert streamlits_own.custom_theme.light.primary_color == "#b23c14"
    write_theme_once()
    assert theme() == theme() == streamlits_own
    assert not theme().custom_theme.HasField("sidebar")


def test_the_options_are_read_once(
    streamlits_own: NewSession, monkeypatch: pytest.MonkeyPatch
):
    write_theme_once()
    theme()
    monkeypatch.setattr(config, "get_options_for_section", None)
    assert theme() == streamlits_own

"""The theme is written into a message once, and copied from then on.

Streamlit tells the page its theme at each run of a script, and looks up and translates some
two hundred options for it: a tenth of what an answer costs, for what never changes.
"""

from functools import cache

from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session


def write_theme_once() -> None:
    """Keep what Streamlit writes of each section of the theme.

    `_populate_theme_msg` is private to Streamlit: seen in 1.67.
    """
    write = app_session._populate_theme_msg

    @cache
    def written(section: str) -> CustomThemeConfig:
        message = CustomThemeConfig()
        write(message, section)
        return message

    def copy(msg: CustomThemeConfig, section: str = "theme") -> None:
        theme = written(section)
        if theme.ByteSize():  # a section without options stays absent
            msg.MergeFrom(theme)

    app_session._populate_theme_msg = copy

"""What Streamlit leaves undone for keyboards and screen readers."""

from digits_app.pages.shared.components import declare_component

_mender = declare_component("mender", __file__, "mending.js")


def mend_for_keyboards(key: str = "unseen_mender") -> None:
    """Say which tab is shown, let wide code scroll, name the place for a file rightly.

    Parameters
    ----------
    key : str
        Key of the component: a dialog has one of its own, for it lies outside the page.
    """
    _mender(key=key)

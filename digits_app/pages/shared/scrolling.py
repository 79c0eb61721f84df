"""What is new on a page is seen from its top."""

from digits_app.pages.shared.components import declare_component

_scroller = declare_component("scroller", __file__, "scrolling.js")


def open_at_top(container_key: str, shown: object) -> None:
    """Scroll to the top of a container when what it shows has changed.

    Parameters
    ----------
    container_key : str
        `key` of an `st.container`.
    shown : object
        What it shows: the number of a page, of a step. The first one scrolls nothing.
    """
    _scroller(
        data={"container": container_key, "shown": str(shown)},
        key=f"unseen_{container_key}_top",
    )


def open_page_at_top(shown: object) -> None:
    """Scroll the page to its top when what it shows has changed; see `open_at_top`."""
    _scroller(data={"container": "", "shown": str(shown)}, key="unseen_page_top")

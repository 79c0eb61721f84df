"""Controls that every page shares."""

import streamlit as st

CLASSES_KEY = "classes"
"""Widget key and query parameter of the model switch."""

_CLASSES = {"0 to 9": 10, "0 or 1": 2}


def show_header(title: str) -> None:
    """Show a page's title, and beside it the switch between the 10- and 2-class model.

    The switch also stands in the page's address (`?classes=0+or+1`), so a link opens
    the same model. It is called by the entry script, which keeps it across pages.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.header(title, anchor=False, width="content")
        _show_model_switch()


def _show_model_switch() -> None:
    warn_of_unknown(CLASSES_KEY, list(_CLASSES))
    st.segmented_control(
        "Model reads",
        options=list(_CLASSES),
        default=next(iter(_CLASSES)),
        required=True,
        key=CLASSES_KEY,
        bind="query-params",
    )


def selected_classes() -> int:
    """Number of classes of the chosen model: 2 or 10."""
    return _CLASSES[st.session_state[CLASSES_KEY]]


def warn_of_unknown(parameter: str, options: list[str]) -> None:
    """Say so where the address asks for an option that a bound widget does not have.

    Streamlit drops such a value without a word. Call this before the widget: the
    address still shows the value in the run that drops it.
    """
    asked = st.query_params.get(parameter)
    if asked is not None and asked not in options:
        choices = ", ".join(f"“{option}”" for option in options)
        st.toast(
            f"The link asks for an unknown {parameter!r}, so the usual one is shown. "
            f"It can be {choices}.",
            icon=":material/link_off:",
        )

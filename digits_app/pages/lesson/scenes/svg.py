"""HTML that holds SVG, which `st.html` would leave out."""

from digits_app.pages.shared.components import declare_component

# The colours and pieces of the style sheets are meant to reach it.
_drawing = declare_component("lesson_svg", __file__, "svg.js", isolate_styles=False)


def show_svg(html: str, key: str | None = None) -> None:
    """Put a drawing on the page.

    Parameters
    ----------
    html : str
        Written by this app alone: nothing of a visitor's.
    key : str or None
        With a key the drawing changes in place.
    """
    _drawing(data={"html": html}, key=key)

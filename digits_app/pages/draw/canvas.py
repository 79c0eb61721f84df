"""The canvas a person draws on, and the drawing it holds.

Only the Draw page imports this module's canvas component, which needs a Streamlit
runtime. The drawing itself is the canvas' JSON and lives in the visitor's session: it
outlives the canvas, which forgets everything when the page is left.
"""

import threading
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st
from PIL import Image
from streamlit_drawable_canvas import st_canvas

from digits_app.drawing.canvas_json import CANVAS_SIDE, drawing_objects, render_drawing
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.pages.shared.drawing_state import (
    CANVAS_KEY,
    forget_damaged_value,
    initial_drawing,
    keep_drawing,
    kept_drawing,
    place_on_canvas,
    reported_drawing,
)

BRUSH_WIDTHS: Final = (10, 40)
BRUSH_WIDTH: Final = 20

TURN: Final = threading.Lock()
"""With it visitors' strokes are answered one after another.

Python computes on one core at a time. Fifty strokes a second that all share it wait for
each other at every step, and took two times the processor time of fifty that take turns.
"""

_KEEPER_KEY: Final = "canvas_keeper"

# The component's own toolbar is invisible until hovered, lies over the top right of the
# canvas and erases the drawing when tapped there. It lives in the component's shadow
# root, out of reach of a page's style, and has no option. Our own buttons replace it.
# The tab's session storage keeps the drawing over a reload and a restart of the server.
_keeper = st.components.v2.component(
    "digit_canvas_keeper",
    js="""
const STORED = "digit-drawing";
const LABEL = "Drawing area";

function tend(canvasKey) {
  const place = document.querySelector(".st-key-" + canvasKey);
  if (!place) return false;
  for (const host of place.querySelectorAll("*")) {
    const root = host.shadowRoot;
    const canvas = root && root.querySelector("canvas.upper-canvas");
    if (!canvas) continue;
    if (!root.querySelector("style[data-keeper]")) {
      const style = document.createElement("style");
      style.dataset.keeper = "";
      style.textContent = ".dc-toolbar { display: none !important }";
      root.append(style);
    }
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", LABEL);
    return true;
  }
  return false;
}

export default function ({ data, parentElement, setTriggerValue }) {
  // Out of the column's flow, where even an empty element is kept at a distance.
  const host = parentElement.host || parentElement;
  const element = host.closest("[data-testid=stElementContainer]");
  if (element) element.style.position = "absolute";
  let waiting = 0;
  const wait = () => {
    if (!tend(data.canvasKey)) waiting = requestAnimationFrame(wait);
  };
  wait();
  try {
    if (data.drawing !== null) {
      sessionStorage.setItem(STORED, JSON.stringify(data.drawing));
    } else {
      const stored = sessionStorage.getItem(STORED);
      if (stored) setTriggerValue("restored", JSON.parse(stored));
    }
  } catch (error) {
    // Storage is switched off or full: the drawing then does not outlive a reload.
  }
  return () => cancelAnimationFrame(waiting);
}
""",
)


@dataclass(frozen=True)
class Pen:
    """What the canvas draws with.

    Attributes
    ----------
    width : int
        Canvas pixels, of `BRUSH_WIDTHS`.
    erases : bool
        It takes ink away.
    """

    width: int
    erases: bool


def choose_pen() -> Pen:
    """Show undo, clear and the brush; return what to draw with."""
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Undo", icon=":material/undo:", on_click=_undo, key="draw_undo")
        st.button("Clear", icon=":material/delete:", on_click=_clear, key="draw_clear")
        with st.popover("Brush", icon=":material/brush:"):
            width = st.slider(
                "Brush width (pixels)",
                *BRUSH_WIDTHS,
                BRUSH_WIDTH,
                key="draw_brush_width",
                persist_state="session",
                on_change=st.rerun,
            )
            erases = st.toggle("Erase", key="draw_erase", on_change=st.rerun)
    return Pen(width, erases)


def show_canvas(pen: Pen) -> Image.Image | None:
    """Show the canvas and return what is drawn on it.

    Returns
    -------
    PIL.Image.Image or None
        Mode "L", 280x280, 0 background to 255 ink; None while the canvas is empty.

    Raises
    ------
    UnreadableDrawingError
        What is drawn is a dot, or arrived damaged, or is far too much.
    """
    damaged = forget_damaged_value()
    canvas = st_canvas(
        key=CANVAS_KEY,
        width=CANVAS_SIDE,
        height=CANVAS_SIDE,
        background_color="#000000",
        stroke_color="#000000" if pen.erases else "#ffffff",
        stroke_width=pen.width,
        initial_drawing=initial_drawing(),
    )
    drawing = "damaged" if damaged else canvas.json_data
    keep_drawing(drawing_objects(drawing))
    return render_drawing(drawing)


def keep_over_reload() -> None:
    """Keep the drawing in the browser's tab, and tend the canvas there.

    It takes no room on the page.
    """
    _keeper(
        data={"canvasKey": CANVAS_KEY, "drawing": kept_drawing()},
        key=_KEEPER_KEY,
        on_restored_change=_restore,
    )


def _restore() -> None:
    keeper: Any = st.session_state.get(_KEEPER_KEY)
    if keeper is None:
        return  # the page was left before its message arrived
    try:
        objects = drawing_objects(keeper.restored)
    except UnreadableDrawingError:
        return
    place_on_canvas({"objects": objects})


def _undo() -> None:
    try:
        objects = drawing_objects(reported_drawing())[:-1]
    except UnreadableDrawingError:
        objects = drawing_objects(kept_drawing())  # back to before it went wrong
    place_on_canvas({"objects": objects})


def _clear() -> None:
    place_on_canvas({"objects": []})

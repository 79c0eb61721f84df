"""Drawings as a browser's own canvas draws them, to compare ours with.

Run as `python -m tests.support.browser_pixels` to write tests/data/browser_pixels.png
again: Chromium strokes each path with the calls that Fabric makes for a free pen (round
caps and joins, `quadraticCurveTo`), and the drawings stand side by side in one picture.
"""

import json
from pathlib import Path
from typing import Any, Final

from PIL import Image

from digits_app.drawing.canvas_json import pen_path
from tests.support.canvas_json import straight_path
from tests.support.pen_drawings import load_pen_drawings

FILE: Final = Path(__file__).parents[1] / "data" / "browser_pixels.png"
SIDE: Final = 280

_PAGE: Final = """<body style="margin:0;background:black">
<canvas width="{width}" height="{side}" style="display:block"></canvas>
<script>
const context = document.querySelector("canvas").getContext("2d");
const calls = {{ M: "moveTo", L: "lineTo", Q: "quadraticCurveTo" }};
context.lineCap = context.lineJoin = "round";
for (const [number, drawing] of {drawings}.entries()) {{
  context.save();
  context.beginPath();
  context.rect(number * {side}, 0, {side}, {side});
  context.clip();
  context.translate(number * {side}, 0);
  for (const {{ path, stroke, strokeWidth }} of drawing.objects) {{
    context.lineWidth = strokeWidth;
    context.strokeStyle = stroke;
    context.beginPath();
    for (const [name, ...numbers] of path) context[calls[name]](...numbers);
    context.stroke();
  }}
  context.restore();
}}
</script>"""


def drawings() -> list[dict[str, Any]]:
    """Digits of every pen, a sharp corner, and one that was partly erased."""
    digits = load_pen_drawings()
    drawn = [
        {
            "objects": [
                pen_path(stroke.tolist(), width)
                for stroke in digits[number].placed("filling")
            ]
        }
        for number, width in ((230, 6), (310, 10), (450, 20), (870, 40))
    ]
    corner = straight_path([(60, 230), (140, 40), (150, 230)], width=30)
    eraser = straight_path([(40, 150), (240, 160)], colour="#000000", width=40)
    return [*drawn, {"objects": [corner]}, {"objects": [*drawn[2]["objects"], eraser]}]


def browser_pictures() -> list[Image.Image]:
    """Cut the stored picture up, one mode "L" picture of 280x280 for each drawing."""
    with Image.open(FILE) as sheet:
        return [
            sheet.convert("L").crop((left, 0, left + SIDE, SIDE))
            for left in range(0, sheet.width, SIDE)
        ]


def main() -> None:
    """Let Chromium draw, and store what it drew."""
    from playwright.sync_api import sync_playwright

    from tests.support.chromium import launch

    every = drawings()
    width = SIDE * len(every)
    page_text = _PAGE.format(width=width, side=SIDE, drawings=json.dumps(every))
    with sync_playwright() as playwright, launch(playwright) as browser:
        page = browser.new_page(viewport={"width": width, "height": SIDE})
        page.set_content(page_text)
        page.locator("canvas").screenshot(path=FILE)
    with Image.open(FILE) as sheet:
        sheet.convert("L").save(FILE, optimize=True)


if __name__ == "__main__":
    main()

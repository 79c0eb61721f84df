"""Every number of the rule by which a drawing is read, for the reader in the browser.

The rule has its home in Python: these numbers stand where they are used. The command that
writes the weights (`python -m digits_app.training`) writes them into the guard's file, and
the browser takes them from there. None of them stands in JavaScript as well.
"""

from typing import Any

from digits_app.dataset import IMAGE_SHAPE, MAX_INTENSITY
from digits_app.drawing import (
    canvas_json,
    colours,
    five_steps,
    grouping,
    ink,
    tilted_copies,
)
from digits_app.network import features
from digits_app.reading import numbers
from digits_app.reading.unfamiliarity import UNFAMILIAR_FROM


def rule() -> dict[str, Any]:
    """Gather the numbers, as JSON can hold them.

    Returns
    -------
    dict
        By the file of Python, and of JavaScript, that uses them. Angles come as their
        cosine and sine: a browser's own may differ in the last digit.

    Examples
    --------
    >>> rule()["canvas"]["side"]
    280
    """
    return {
        "canvas": {
            "side": canvas_json.CANVAS_SIDE,
            "enlarged": canvas_json.ENLARGED,
            "points_a_width": canvas_json.POINTS_A_WIDTH,
            "least_step": canvas_json.LEAST_STEP,
            "along_curves": canvas_json.ALONG_CURVES.tolist(),
            "max_path_commands": canvas_json.MAX_PATH_COMMANDS,
            "max_pen_width": canvas_json.MAX_PEN_WIDTH,
            "max_way": canvas_json.MAX_WAY,
            "set_down": canvas_json.SET_DOWN,
            "min_stroke_extent": canvas_json.MIN_STROKE_EXTENT,
            "farthest": canvas_json.FARTHEST,
            "light_from": colours.LIGHT_FROM,
        },
        "ink": {
            "ink_from": five_steps.INK_FROM,
            "min_contrast": ink.MIN_CONTRAST,
            "min_ink_share": ink.MIN_INK_SHARE,
            "min_ink_pixels": ink.MIN_INK_PIXELS,
        },
        "tilted_copies": {
            "turns": tilted_copies.TURN_MATRICES[:, :, 0].tolist(),
            "shears": tilted_copies.SHEARS,
            "with_even_pen": tilted_copies.WITH_EVEN_PEN,
            "untilted": tilted_copies.UNTILTED,
            "pen_share": tilted_copies.PEN_SHARE,
            "pen_percentile": tilted_copies.PEN_PERCENTILE,
            "least_pen_radius": tilted_copies.LEAST_PEN_RADIUS,
            "least_side": tilted_copies.LEAST_SIDE,
            "field_side": tilted_copies.FIELD_SIDE,
            "margin": tilted_copies.MARGIN,
            "rim": tilted_copies.RIM,
        },
        "five_steps": {
            "frame_side": five_steps.FRAME_SIDE,
            "digit_width": five_steps.DIGIT_WIDTH,
            "block_side": five_steps.BLOCK_SIDE,
            "thick_stroke": five_steps.THICK_STROKE,
            "thin_stroke": five_steps.THIN_STROKE,
            "slant_rows_inset": five_steps.SLANT_ROWS_INSET,
        },
        "features": {
            "side": IMAGE_SHAPE[0],
            "max_intensity": MAX_INTENSITY,
            "directions": features.COSINES_AND_SINES.tolist(),
        },
        "grouping": {
            "flat_row": grouping.FLAT_ROW,
            "least_width": grouping.LEAST_WIDTH,
            "one_piece": grouping.ONE_PIECE,
            "most_in_sign": grouping.MOST_IN_SIGN,
            "widest_sign": grouping.WIDEST_SIGN,
            "most_strokes": grouping.MOST_STROKES,
            "most_pieces": grouping.MOST_PIECES,
            "gap": grouping.GAP,
            "widest_gap": grouping.WIDEST_GAP,
            "together": grouping.TOGETHER,
            "free_overlap": grouping.FREE_OVERLAP,
            "overlap": grouping.OVERLAP,
            "no_digit_below": numbers.NO_DIGIT_BELOW,
            "least": numbers.LEAST,
        },
        "guard": {"unfamiliar_from": {str(n): p for n, p in UNFAMILIAR_FROM.items()}},
    }

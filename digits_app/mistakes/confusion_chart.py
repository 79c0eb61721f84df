"""The confusion matrix as a Vega-Lite chart, made for clicking."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

CELL: Final = "cell"
"""Name of the chart's selection: the cell that was clicked."""

_FEW_WRONG, _MANY_WRONG = "#f7b7a3", "#d9481f"
_ON_FEW, _ON_MANY = "#3d1206", "#ffffff"
_INK = {"light": "#1f2430", "dark": "#eceae4"}
_EMPTY = {"light": "#f0ede6", "dark": "#1d212a"}
_RIGHT = {"light": "#dedad0", "dark": "#343a47"}
_ON_RIGHT = {"light": "#5a5f6b", "dark": "#b4b8c2"}
_SILENT = {"tooltip": None, "aria": False}


def confusion_chart(
    counts: NDArray[np.int64],
    chosen: tuple[int | None, int | None] = (None, None),
    theme: str = "light",
) -> dict[str, Any]:
    """Describe the confusion matrix for `st.vega_lite_chart`.

    Right answers, on the diagonal, are muted so that the errors stand out. Only cells
    that hold digits can be clicked.

    Parameters
    ----------
    counts : ndarray of shape (n_classes, n_classes)
        Test digits by true digit (rows) and predicted digit (columns).
    chosen : tuple of int or None
        True and predicted digit of the filter, outlined in the chart; None for any.
    theme : {"light", "dark"}
        The page's theme.

    Returns
    -------
    dict
        A Vega-Lite specification with a point selection `CELL` on the fields "true"
        and "predicted".
    """
    n_classes = len(counts)
    wrong = counts - np.diag(np.diag(counts))
    most = max(int(wrong.max()), 1)
    cells = [
        {
            "true": true,
            "predicted": predicted,
            "count": int(counts[true, predicted]),
            "kind": _kind(counts, true, predicted),
            "share": wrong[true, predicted] / most,
            "chosen": _is_chosen(chosen, true, predicted),
        }
        for true in range(n_classes)
        for predicted in range(n_classes)
    ]
    digits = list(range(n_classes))
    position = {
        "x": {
            "field": "predicted",
            "type": "ordinal",
            "scale": {"domain": digits, "padding": 0.06},
            "axis": _axis("predicted as", orient="top"),
        },
        "y": {
            "field": "true",
            "type": "ordinal",
            "scale": {"domain": digits, "padding": 0.06},
            "axis": _axis("true digit"),
        },
    }
    return {
        "data": {"values": cells},
        "encoding": position,
        "layer": [
            _empty_cells(theme),
            _counted_cells(theme),
            _counts(theme),
            _outline(theme),
        ],
        "config": {"view": {"stroke": None}},
    }


def _kind(counts: NDArray[np.int64], true: int, predicted: int) -> str:
    if counts[true, predicted] == 0:
        return "empty"
    return "right" if true == predicted else "wrong"


def _is_chosen(chosen: tuple[int | None, int | None], true: int, predicted: int) -> bool:
    if chosen == (None, None):
        return False
    return chosen[0] in (None, true) and chosen[1] in (None, predicted)


def _axis(title: str, **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "labelAngle": 0,
        "labelFontSize": 14,
        "titleFontSize": 14,
        "domain": False,
        "ticks": False,
        "grid": False,
        **more,
    }


def _empty_cells(theme: str) -> dict[str, Any]:
    return {
        "transform": [{"filter": "datum.kind == 'empty'"}],
        "mark": {
            "type": "rect",
            "cornerRadius": 3,
            "color": _EMPTY[theme],
            "tooltip": None,
        },
    }


def _counted_cells(theme: str) -> dict[str, Any]:
    """Cells with digits: the layer that is clicked."""
    return {
        "transform": [
            {"filter": "datum.kind != 'empty'"},
            {
                "calculate": "datum.count + (datum.count == 1 ? ' digit' : ' digits')"
                " + ': true ' + datum.true + ', predicted ' + datum.predicted",
                "as": "sentence",
            },
        ],
        "params": [
            {"name": CELL, "select": {"type": "point", "fields": ["true", "predicted"]}}
        ],
        "mark": {"type": "rect", "cornerRadius": 3, "cursor": "pointer"},
        "encoding": {
            "color": {
                "condition": {"test": "datum.kind == 'right'", "value": _RIGHT[theme]},
                "field": "share",
                "type": "quantitative",
                "scale": {"domain": [0, 1], "range": [_FEW_WRONG, _MANY_WRONG]},
                "legend": None,
            },
            "opacity": {"value": 1},
            "tooltip": {"field": "sentence", "type": "nominal"},
            "description": {"field": "sentence", "type": "nominal"},
        },
    }


def _counts(theme: str) -> dict[str, Any]:
    return {
        "transform": [{"filter": "datum.kind != 'empty'"}],
        "mark": {"type": "text", "fontSize": 14, "fontWeight": 600, **_SILENT},
        "encoding": {
            "text": {"field": "count"},
            "color": {
                "condition": [
                    {"test": "datum.kind == 'right'", "value": _ON_RIGHT[theme]},
                    {"test": "datum.share > 0.6", "value": _ON_MANY},
                ],
                "value": _ON_FEW,
            },
        },
    }


def _outline(theme: str) -> dict[str, Any]:
    return {
        "transform": [{"filter": "datum.chosen"}],
        "mark": {
            "type": "rect",
            "cornerRadius": 3,
            "filled": False,
            "stroke": _INK[theme],
            "strokeWidth": 2.5,
            **_SILENT,
        },
    }

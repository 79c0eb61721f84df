"""Components of our own; their HTML, CSS and JavaScript lie beside the page's code."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st


def declare_component(
    name: str, module: str, *files: str, isolate_styles: bool = True
) -> Callable[..., Any]:
    """Read a component's files, once, and declare it.

    Parameters
    ----------
    name : str
        Of the component; no two have the same.
    module : str
        `__file__` of the module beside which the files lie.
    *files : str
        "frames.html", "frames.css", "frames.js", ... Files of one kind are put one after
        the other. "served.js" of `pages/shared` imports the script that `data` names.
    isolate_styles : bool, default=True
        Keep it in a shadow root, where the page's style sheets do not reach it.

    Returns
    -------
    callable
        Shows the component.
    """
    texts = dict.fromkeys(("html", "css", "js"), "")
    for file in files:
        kind = file.rpartition(".")[2]
        texts[kind] += (Path(module).parent / file).read_text(encoding="utf-8") + "\n"
    given = {kind: text for kind, text in texts.items() if text}
    component: Callable[..., Any] = st.components.v2.component(
        name, **given, isolate_styles=isolate_styles
    )
    return component

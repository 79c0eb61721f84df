"""One digit on its way through the network, as a picture."""

from digits_app.lesson.flow import follow
from digits_app.pages.lesson.scenes.drawing import show_drawing
from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.lesson.scenes.network_drawing import LANDSCAPE, PORTRAIT, draw
from digits_app.wording import percent


def show_network(look: Look) -> None:
    """Draw the flow twice: across a wide screen, and down a phone."""
    flow = follow(look.training.network, look.pixels)
    n_hidden, n_classes = len(flow.hidden), len(flow.probabilities)
    n_out = 1 if n_classes == 2 else n_classes
    sure = percent(float(flow.probabilities.max()))
    verdict = f"it reads {flow.label}"
    wrong = look.true_digit is not None and look.true_digit != flow.label
    show_drawing(
        f'<div class="flow"><div class="head"><h2>One digit flows through</h2>'
        f'<span class="muted">{look.name}; {verdict}, {sure}'
        f"{', and that is wrong' if wrong else ''}{look.caveat}</span></div>"
        f"{draw(flow, look.name, LANDSCAPE)}{draw(flow, look.name, PORTRAIT)}"
        '<p class="legend muted small"><i class="up"></i>pushes up '
        '<i class="down"></i>pulls down. Only the strongest of '
        f"64 × {n_hidden} + {n_hidden} × {n_out} = {n_hidden * (64 + n_out):,} connections "
        "are drawn.</p></div>",
        key=f"lesson_network_{look.step.number}",
    )

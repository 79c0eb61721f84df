"""A training to watch again: the loss, the score, the units, and how a digit is read."""

from base64 import b64encode
from typing import Any

import numpy as np

from digits_app.drawing.colours import SLATE, rgb
from digits_app.lesson.flow import by_digit
from digits_app.pages.lesson.scenes.look import Look
from digits_app.pages.lesson.scenes.loss_chart import HEIGHT, WIDTH, loss_chart
from digits_app.pages.shared.components import declare_component
from digits_app.pages.shared.digit_pictures import AGAINST, FOR, digit_url

# The pieces and colours of the shared style sheet are meant to reach it.
_player = declare_component(
    "lesson_training_player", __file__, "training.html", "training.js", isolate_styles=False
)


def show_training(look: Look) -> None:
    """Show the player; it needs the server no more."""
    _player(data=player_data(look), key=f"lesson_player_{look.step.number}")


def player_data(look: Look) -> dict[str, Any]:
    """Gather all that the player shows."""
    base = look.base
    replay, snapshots = base.replay, base.network.snapshots_
    losses = base.network.loss_curve_
    on_test = dict(zip(replay.iterations, replay.test_losses, strict=True))
    chart = loss_chart(losses, len(losses), on_test)
    readings = by_digit(
        base.network,
        np.concatenate([m.class_probabilities(look.pixels[None]) for m in snapshots]),
    )
    return {
        "iterations": replay.iterations,
        "losses": [round(snapshot.loss, 4) for snapshot in snapshots],
        "testLosses": [round(loss, 4) for loss in replay.test_losses],
        "right": replay.n_right,
        "nTest": replay.n_test,
        "nHidden": len(base.network.coefs_[0].T),
        "nUnits": replay.weights.shape[1],
        "weights": b64encode(replay.weights.tobytes()).decode("ascii"),
        "readings": readings.round(4).tolist(),
        "colours": [rgb(colour).tolist() for colour in (FOR, AGAINST, SLATE)],
        "digit": digit_url(look.pixels.reshape(8, 8)),
        "digitName": look.name,
        "caveat": look.caveat,
        "axes": chart.axes(),
        "curve": chart.curve,
        "testCurve": chart.test_curve,
        "points": [chart.points[i - 1] for i in replay.iterations],
        "testPoints": chart.test_points,
        "size": [WIDTH, HEIGHT],
    }

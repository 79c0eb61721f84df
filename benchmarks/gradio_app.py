"""The Draw page in Gradio, to compare with; run in Gradio's own environment.

python gradio_app.py PORT
"""

import sys

import gradio as gr
import numpy as np
from PIL import Image

from digits_app import UnreadableDrawingError, read_digit


def read(sketch: dict) -> tuple:
    """Read the drawing: what Gradio shows of it, output by output."""
    if sketch is None:
        return None, None, None, None, "Draw a digit."
    image = Image.fromarray(sketch["composite"])
    try:
        prediction = read_digit(image, training="augmented")
    except UnreadableDrawingError as error:
        return None, None, None, None, str(error)
    stages = prediction.stages
    proba = {str(label): float(p) for label, p in enumerate(prediction.proba)}
    pixels = stages.image.astype(int)
    grey = (stages.image * 255 / 16).astype(np.uint8)
    numbers = "\n".join(" ".join(f"{n:2d}" for n in row) for row in pixels)
    pictures = [stages.framed, stages.upright, grey]
    return proba, *(np.kron(p, np.ones((4, 4), np.uint8)) for p in pictures), numbers


with gr.Blocks() as demo:
    with gr.Row():
        sketch = gr.Sketchpad(
            type="numpy",
            canvas_size=(280, 280),
            brush=gr.Brush(default_size=20, colors=["#000000"]),
        )
        answer = gr.Label(num_top_classes=10)
    with gr.Row():
        pictures = [gr.Image(width=112, height=112) for _ in range(3)]
    numbers = gr.Textbox(lines=8)
    sketch.change(
        read,
        sketch,
        [answer, *pictures, numbers],
        concurrency_limit=None,
        show_progress="hidden",
        api_name="read",
    )

demo.launch(server_name="127.0.0.1", server_port=int(sys.argv[1]), quiet=True)

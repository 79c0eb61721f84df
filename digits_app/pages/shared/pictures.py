"""How pictures reach the page."""

from base64 import b64encode
from io import BytesIO

from PIL import Image


def data_url(png: bytes) -> str:
    """Write a PNG file as an address that holds it.

    The picture comes with the page. As a file of the server it would cost a request
    more, and be gone when somebody leaves the page before it is fetched.
    """
    return "data:image/png;base64," + b64encode(png).decode("ascii")


def svg_url(svg: str) -> str:
    """Write an SVG as an address that holds it; `st.html` lets none through."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode("ascii")


def picture_url(picture: Image.Image) -> str:
    """Write a picture as an address that holds it."""
    png = BytesIO()
    picture.save(png, format="PNG", compress_level=1)
    return data_url(png.getvalue())

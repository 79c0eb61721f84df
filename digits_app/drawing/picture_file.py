"""Open a picture that somebody handed over, without trusting it.

A few kilobytes can unpack to gigabytes, so the size that a file announces is checked
before a pixel of it is decoded. JPEG, what phones make, is decoded at a half or a quarter
of its size where that is still more than reading needs.
"""

from io import BytesIO
from typing import Final

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from digits_app.drawing.errors import UnreadableDrawingError

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "AVIF")
"""What is opened, by Pillow's names. HEIC it cannot open without another package."""

SUFFIXES: Final = ("png", "jpg", "jpeg", "webp", "gif", "bmp", "avif")
"""The same, as names of files end."""

MAX_PIXELS: Final = 50_000_000
"""Most pixels a picture may have; phones make 12 to 50 million."""

ENOUGH: Final = 1600
"""Longer side, in pixels, that is enough for reading."""

_FORMATS_IN_WORDS: Final = "JPEG, PNG or WebP"


class UnknownPictureError(UnreadableDrawingError):
    """The file is no picture that can be opened: a video, a PDF, a damaged file."""


class HugePictureError(UnreadableDrawingError):
    """The picture has more pixels than any phone makes."""


def open_picture(data: bytes) -> Image.Image:
    """Decode a picture file, turned the way the phone was held.

    Parameters
    ----------
    data : bytes
        The file as it came.

    Returns
    -------
    PIL.Image.Image
        Upright, and at most about `2 * ENOUGH` pixels a side.

    Raises
    ------
    UnknownPictureError
        It is not a picture, or a damaged one, or of a format that is not read here.
    HugePictureError
        It has more than `MAX_PIXELS` pixels; not one of them was decoded.
    """
    try:
        with Image.open(BytesIO(data), formats=FORMATS) as picture:
            require_few_pixels(picture)
            scale = ENOUGH / max(ENOUGH, *picture.size)
            picture.draft(None, (int(picture.width * scale), int(picture.height * scale)))
            picture.load()
            return upright(shrunk(picture))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _huge() from error
    except UnidentifiedImageError as error:
        raise UnknownPictureError(
            f"This file is not a picture that can be read here. Choose a "
            f"{_FORMATS_IN_WORDS} picture."
        ) from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        if isinstance(error, UnreadableDrawingError):
            raise
        # Pillow's decoders let through what the broken file made them stumble over.
        raise UnknownPictureError(
            "This picture is damaged: it cannot be opened whole. Take it again, or choose "
            "another one."
        ) from error


def require_few_pixels(picture: Image.Image) -> None:
    """Turn a picture away that announces too many pixels, before it is decoded.

    Raises
    ------
    HugePictureError
        It has more than `MAX_PIXELS`.
    """
    if picture.width * picture.height > MAX_PIXELS:
        raise _huge()


def shrunk(picture: Image.Image) -> Image.Image:
    """Average whole blocks of pixels until the longer side is at most `ENOUGH`."""
    factor = -(-max(picture.size) // ENOUGH)
    if factor <= 1:
        return picture
    if picture.mode in ("1", "P", "PA"):
        picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    elif picture.mode.startswith("I;"):
        picture = picture.convert("I")
    return picture.reduce(factor)


def upright(picture: Image.Image) -> Image.Image:
    """Turn a picture as its EXIF says the phone was held."""
    if picture.getexif().get(ExifTags.Base.Orientation, 1) == 1:
        return picture
    return ImageOps.exif_transpose(picture)


def _huge() -> HugePictureError:
    return HugePictureError(
        f"This picture has more than {MAX_PIXELS // 1_000_000} million pixels. Choose a "
        "smaller one."
    )

"""Open a picture that somebody handed over, without trusting it.

A few kilobytes can unpack to gigabytes, so what a file announces is checked before a pixel
of it is decoded: its pixels, its sides, and the memory that its decoder takes for it
(`decoding_bytes`). JPEG, what phones make, is decoded at a half or a quarter of its size
where that is still more than reading needs, so it may have more pixels than others.
"""

import re
from contextlib import suppress
from io import BytesIO
from typing import Final

import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from digits_app.drawing.errors import UnreadableDrawingError, any_failure_as
from digits_app.drawing.ink import cut_out_digit, ink_intensity
from digits_app.drawing.original import without_enlargement

FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "AVIF")
"""What is opened, by Pillow's names. HEIC it cannot open without another package."""

SUFFIXES: Final = ("png", "jpg", "jpeg", "webp", "gif", "bmp", "avif")
"""The same, as names of files end."""

MAX_PIXELS: Final = 50_000_000
"""Most pixels a picture may have; phones make 12 to 50 million."""

MAX_SIDE: Final = 20_000
"""Longest side, in pixels; a phone's panorama has 16,000. Each row costs memory, too."""

MAX_DECODING: Final = 133_000_000
"""Most bytes that a picture may take while it is decoded: a WebP of 3840 x 2160 pixels."""

MAX_SCANNED: Final = 500_000_000
"""Most pixels that a JPEG may have, counted once for each of its scans."""

MAX_ASKED: Final = 20_000
"""How often a decoder may ask for the next piece of a file; 5,000 times is usual."""

ENOUGH: Final = 1600
"""Longer side, in pixels, that is enough for reading."""

STRIP: Final = 250_000
"""About so many pixels of a large picture are made smaller at a time."""

MAX_FRAMES: Final = 50
"""Most frames of an animation that are looked at, together of `MAX_PIXELS` at most."""

_FRAME_BYTES: Final = 16
"""Bytes a pixel of what decodes whole frames: WebP, AVIF and animations (Pillow 13)."""

_JPEG_MARKER: Final = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_JPEG_START, _JPEG_END, _JPEG_SCAN = 0xD8, 0xD9, 0xDA

_LOST_ENDINGS: Final = (b"\xff\xd9", b"\xaa" * 64 + b"\xff\xd9")
"""What may have followed a JPEG that breaks off: its end, or more of its pixels."""

_FORMATS_IN_WORDS: Final = "JPEG, PNG or WebP"


class UnknownPictureError(UnreadableDrawingError):
    """The file is no picture that can be opened: a video, a PDF, a damaged file."""


class HugePictureError(UnreadableDrawingError):
    """The picture has more pixels than any phone makes, or takes more memory."""

    def __init__(self) -> None:
        super().__init__(
            f"This picture is too large to be read here. Save it as a JPEG of at most "
            f"{MAX_PIXELS // 1_000_000} million pixels, and choose that."
        )


class _SlowFile(BytesIO):
    """A file that may be asked for its next piece only so often.

    Pillow walks through a file's parts in Python, and some grow at each step: a few
    megabytes of tiny parts keep it busy for many seconds.
    """

    _n_asked = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self._n_asked += 1
        if self._n_asked > MAX_ASKED:
            raise OSError("the file has too many parts")
        return super().read(size)


def open_picture(data: bytes) -> Image.Image:
    """Decode a picture file, turned the way the phone was held.

    Of an animation it is the first frame with ink.

    Parameters
    ----------
    data : bytes
        The file as it came.

    Returns
    -------
    PIL.Image.Image
        Upright, its longer side at most `ENOUGH` pixels.

    Raises
    ------
    UnknownPictureError
        It is not a picture, or a damaged one, or of a format that is not read here.
    HugePictureError
        It has too many pixels, or takes too much memory; not one of them was decoded.
    """
    damaged = UnknownPictureError(
        "This picture is damaged: it cannot be opened whole. Take it again, or choose "
        "another one."
    )
    with any_failure_as(damaged, keep=UnreadableDrawingError):
        try:
            if not _is_jpeg_without_end(data):
                return _decoded(data)
            # Where all pixels are there, it does not matter what could have followed.
            known = data.rstrip(b"\xff")
            whole, other = (_decoded(known + ending) for ending in _LOST_ENDINGS)
            if whole != other:
                raise damaged
            return whole
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise HugePictureError() from error
        except UnidentifiedImageError as error:
            raise UnknownPictureError(
                "This file is not a picture that can be read here. Save it as "
                f"{_FORMATS_IN_WORDS}, and choose that."
            ) from error


def _decoded(data: bytes) -> Image.Image:
    """Open a picture file without words for what goes wrong; see `open_picture`."""
    with Image.open(_SlowFile(data), formats=FORMATS) as picture:
        _require_little(picture, data)
        picture.load()
        if picture.mode == "P" and picture.palette is None:
            raise OSError("the file has no palette, and nobody knows its colours")
        if not getattr(picture, "is_animated", False):
            return upright(shrunk(picture))
        return _first_with_ink(picture)


def _first_with_ink(animation: Image.Image) -> Image.Image:
    """The first frame with ink, of those that are looked at, or the first of all."""
    n_looked_at = min(MAX_FRAMES, MAX_PIXELS // (animation.width * animation.height))
    frames: list[Image.Image] = []
    with suppress(EOFError):
        for number in range(max(1, n_looked_at)):
            animation.seek(number)
            frame = upright(shrunk(animation.copy()))
            if _has_ink(frame):
                return frame
            frames = frames or [frame]
    return frames[0]


def _has_ink(picture: Image.Image) -> bool:
    """Whether anything larger than a dot stands out in a picture."""
    try:
        cut_out_digit(ink_intensity(picture))
    except UnreadableDrawingError:
        return False
    return True


def require_few_pixels(picture: Image.Image) -> None:
    """Turn a picture away that announces too many pixels, before it is decoded.

    Raises
    ------
    HugePictureError
        It has more than `MAX_PIXELS`, or a side longer than `MAX_SIDE`.
    """
    if picture.width * picture.height > MAX_PIXELS or max(picture.size) > MAX_SIDE:
        raise HugePictureError()


def _require_little(picture: Image.Image, data: bytes) -> None:
    """Turn a picture away that takes too much memory or time; let a JPEG be smaller."""
    require_few_pixels(picture)
    kept = 0
    if isinstance(picture, JpegImageFile):
        n_scans, _ = _scans(data)
        if n_scans * picture.width * picture.height > MAX_SCANNED:
            raise HugePictureError()
        kept = _coefficient_bytes(picture) if n_scans > 1 else 0
        scale = ENOUGH / max(ENOUGH, *picture.size)
        width, height = (max(1, int(side * scale)) for side in picture.size)
        picture.draft(None, (width, height))
    if kept + decoding_bytes(picture) > MAX_DECODING:
        raise HugePictureError()


def decoding_bytes(picture: Image.Image) -> int:
    """Bytes that Pillow takes to decode a picture which was opened, but not loaded.

    Parameters
    ----------
    picture : PIL.Image.Image

    Returns
    -------
    int
        What its pixels take as Pillow keeps them, or four times that where the decoder
        makes copies of whole frames, and the texts beside them.

    Examples
    --------
    >>> decoding_bytes(Image.new("L", (100, 100)))
    10000
    """
    if picture.format in ("WEBP", "AVIF") or getattr(picture, "is_animated", False):
        a_pixel = _FRAME_BYTES
    elif picture.mode in ("1", "L", "P"):
        a_pixel = 1
    else:
        a_pixel = 2 if picture.mode.startswith("I;16") else 4
    texts = sum(
        len(text) for text in picture.info.values() if isinstance(text, str | bytes)
    )
    return a_pixel * picture.width * picture.height + texts


def _coefficient_bytes(picture: JpegImageFile) -> int:
    """Bytes in which a JPEG of several scans is put together, before it is shrunk."""
    _, across, down, _ = np.transpose(picture.layer)
    shares = across * down / (across.max() * down.max())
    return int(2 * picture.width * picture.height * shares.sum())


def _is_jpeg_without_end(data: bytes) -> bool:
    """Whether a file is a JPEG that breaks off: a transfer lost its last bytes."""
    return data.startswith(b"\xff\xd8\xff") and not _scans(data)[1]


def _scans(data: bytes) -> tuple[int, bool]:
    """How often a JPEG goes over its pixels, and whether it has an end.

    It goes over them once, a progressive one some ten times. Its segments tell how long
    they are; the scan after a segment ends where a marker comes (ISO/IEC 10918-1, B.1.1).

    Raises
    ------
    OSError
        It has more parts than the decoder may ask for.
    """
    at, n_scans = 0, 0
    for _ in range(MAX_ASKED):
        marker = _JPEG_MARKER.search(data, at)
        if marker is None:
            return n_scans, False
        at = marker.end()
        if marker[1][0] == _JPEG_END:
            return n_scans, True
        n_scans += marker[1][0] == _JPEG_SCAN
        if marker[1][0] != _JPEG_START:
            at += int.from_bytes(data[at : at + 2])
    raise OSError("the file has too many parts")


def shrunk(picture: Image.Image) -> Image.Image:
    """Average whole blocks of pixels until the longer side is at most `ENOUGH`.

    What was enlarged with hard edges gets its own size back first.
    """
    if max(picture.size) > ENOUGH:
        picture = without_enlargement(picture)
    factor = -(-max(picture.size) // ENOUGH)
    if factor <= 1:
        return picture
    # Strip by strip: averaging and the conversion before it take twice the picture's room.
    width, height = picture.size
    rows = factor * max(1, STRIP // (factor * width))
    small: Image.Image | None = None
    for top in range(0, height, rows):
        strip = picture.crop((0, top, width, min(top + rows, height)))
        strip = _averageable(strip).reduce(factor)
        if small is None:
            small = Image.new(strip.mode, (strip.width, -(-height // factor)))
            small.info = strip.info
        small.paste(strip, (0, top // factor))
    assert small is not None
    return small


def _averageable(picture: Image.Image) -> Image.Image:
    """Convert the modes that Pillow cannot average."""
    if picture.mode in ("1", "P", "PA"):
        plain = "L" if picture.mode == "1" else "RGB"
        return picture.convert("RGBA" if picture.has_transparency_data else plain)
    return picture.convert("I") if picture.mode.startswith("I;") else picture


def upright(picture: Image.Image) -> Image.Image:
    """Turn a picture as its EXIF says the phone was held."""
    if picture.getexif().get(ExifTags.Base.Orientation, 1) == 1:
        return picture
    return ImageOps.exif_transpose(picture)

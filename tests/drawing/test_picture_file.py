"""Files that people hand over, and files that nobody should."""

import struct
import subprocess
import sys
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.picture_file import (
    ENOUGH,
    HugePictureError,
    UnknownPictureError,
    open_picture,
)


def file_of(picture: Image.Image, kind: str, **options) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that announces any size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
def test_what_phones_and_scanners_make_is_opened(seven, kind):
    opened = open_picture(file_of(seven, kind))
    assert opened.size == (280, 280)
    assert opened.convert("L").getpixel((140, 60)) > 200


def test_a_large_photograph_is_shrunk_and_turned():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    opened = open_picture(
        file_of(Image.new("RGB", (5000, 4000), "white"), "JPEG", exif=exif)
    )
    assert opened.height > opened.width
    assert ENOUGH / 2 < max(opened.size) <= ENOUGH


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "I;16"])
def test_large_pictures_of_every_mode_are_shrunk(mode):
    opened = open_picture(file_of(Image.new(mode, (3300, 10)), "PNG"))
    assert max(opened.size) <= ENOUGH


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000])
def test_a_bomb_is_not_decoded(side):
    with pytest.raises(HugePictureError, match="million pixels"):
        open_picture(bomb(side, side))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
        b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(200),
        b"\x1aE\xdf\xa3" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        b"seven",
    ],
    ids=["empty", "PDF", "MP4", "WebM", "SVG", "text"],
)
def test_what_is_no_picture_gets_a_sentence(data):
    with pytest.raises(UnknownPictureError, match="JPEG, PNG or WebP"):
        open_picture(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_broken_picture_gets_a_sentence(seven, kind):
    whole = file_of(seven, kind)
    with pytest.raises(UnknownPictureError, match="damaged"):
        open_picture(whole[: len(whole) // 2])


@settings(deadline=None, max_examples=100)
@given(
    kind=st.sampled_from(["PNG", "JPEG", "WEBP", "GIF", "BMP"]),
    at=st.floats(0, 0.999),
    noise=st.binary(min_size=1, max_size=8),
)
def test_any_damage_gives_a_picture_or_a_sentence(kind, at, noise):
    data = bytearray(file_of(Image.linear_gradient("L"), kind))
    start = int(at * len(data))
    data[start : start + len(noise)] = noise
    with suppress(UnreadableDrawingError):
        assert max(open_picture(bytes(data)).size) <= ENOUGH


def test_memory_after_many_large_pictures_is_what_it_was():
    """In a process of its own, by the highest memory that it ever held."""
    program = """
import resource
from io import BytesIO
from PIL import Image, ImageDraw
from digits_app.drawing.paper import find_digits
from digits_app.drawing.picture_file import open_picture

sheet = Image.new("RGB", (5472, 3648), "#f0ece0")
ImageDraw.Draw(sheet).line([(2000, 900), (3000, 900), (2400, 2800)], "#203060", 90)
file = BytesIO()
sheet.save(file, "JPEG")
del sheet
for i in range(24):
    assert len(find_digits(open_picture(file.getvalue()))) == 1
    if i == 3:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert float(run.stdout) < 5

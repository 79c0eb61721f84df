"""Files that people hand over, and files that nobody should."""

import struct
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from digits_app.drawing import picture_file
from digits_app.drawing.errors import UnreadableDrawingError
from digits_app.drawing.picture_file import (
    ENOUGH,
    MAX_ASKED,
    MAX_PIXELS,
    HugePictureError,
    UnknownPictureError,
    _scans,
    open_picture,
    shrunk,
)
from tests.support.bad_pictures import (
    BAD_PICTURES,
    PNG_START,
    SIDE,
    file_of,
    jpeg_of_many_scans,
    jpeg_of_many_segments,
    png,
    png_chunk,
)
from tests.support.measuring import costs_of


def announced(width: int, height: int) -> bytes:
    """A PNG of a few bytes that announces any size."""
    one = png((1, 1), 8, 2, 24, b"")
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    start = len(PNG_START)
    return one[:start] + png_chunk(b"IHDR", header) + one[start + 25 :]


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
        open_picture(announced(side, side))


def test_no_picture_takes_more_than_150_megabytes(tmp_path):
    """Until it is read or refused, whatever it is."""
    files = [tmp_path / str(i) for i in range(len(BAD_PICTURES))]
    for file, make in zip(files, BAD_PICTURES.values(), strict=True):
        file.write_bytes(make())
    costs = dict(zip(BAD_PICTURES, costs_of(files), strict=True))
    assert {name: cost for name, cost in costs.items() if cost.megabytes > 150} == {}


@pytest.mark.parametrize(
    "make",  # later, and in one process
    [
        lambda: png((1, MAX_PIXELS), 1, 0, 1, b""),
        lambda: png((25_000, 1), 8, 0, 8, b""),
        lambda: png((SIDE, SIDE), 8, 6, 32, b""),
        lambda: jpeg_of_many_scans(200),
    ],
    ids=["tall", "wide", "four bytes a pixel", "scans"],
)
def test_what_takes_too_much_is_told_what_to_do(make):
    with pytest.raises(HugePictureError, match="Save it as a JPEG"):
        open_picture(make())


def test_a_phones_largest_jpeg_is_read():
    opened = open_picture(file_of(Image.new("RGB", (8160, 6120), "white"), "JPEG"))
    assert ENOUGH / 2 < max(opened.size) <= ENOUGH


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA"])
@pytest.mark.parametrize("size", [(1601, 3300), (3300, 7), (5001, 900)])
def test_strip_by_strip_is_the_same_as_all_together(mode, size):
    picture = Image.effect_noise(size, 90).convert(mode)
    factor = -(-max(size) // ENOUGH)
    plain = picture.convert({"1": "L", "P": "RGB"}.get(mode, mode)).reduce(factor)
    together = shrunk(picture)
    assert (together.mode, together.tobytes()) == (plain.mode, plain.tobytes())


def test_a_picture_of_very_many_parts_is_damaged():
    """Pillow would walk through them for seconds."""
    parts = png_chunk(b"prVt", b"") * 50_000
    with pytest.raises(UnknownPictureError, match="damaged"):
        open_picture(png((300, 300), 8, 0, 8, parts))


def test_a_picture_that_lost_its_palette_is_damaged():
    palette = png_chunk(b"PLTE", bytes(768))
    with pytest.raises(UnknownPictureError, match="damaged"):
        open_picture(png((300, 300), 8, 3, 8, b"").replace(palette, b""))


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


@pytest.mark.parametrize("lost", [1, 2])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_that_lost_its_end_is_read(seven, lost, progressive):
    whole = file_of(seven, "JPEG", progressive=progressive)
    assert open_picture(whole[:-lost]) == open_picture(whole)


def test_a_jpeg_that_lost_pixels_is_damaged():
    noise = Image.effect_noise((200, 200), 80)
    with pytest.raises(UnknownPictureError, match="damaged"):
        open_picture(file_of(noise, "JPEG")[:-200])


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_of_an_animation_it_is_the_first_frame_with_ink(seven, kind):
    blank = Image.new("L", seven.size, "white")
    pictures = [blank.copy(), blank.copy(), seven.convert("L"), blank.copy()]
    pictures[1].putpixel((0, 0), 254)
    options = {"save_all": True, "append_images": pictures[1:]}
    opened = open_picture(file_of(pictures[0], kind, **options)).convert("L")
    assert opened.getextrema() == (0, 255)


def test_of_a_blank_animation_so_many_frames_are_looked_at(monkeypatch):
    blank = [Image.new("L", (1000, 1000), level) for level in range(0, 40, 2)]
    data = file_of(blank[0], "GIF", save_all=True, append_images=blank[1:])
    monkeypatch.setattr(picture_file, "MAX_PIXELS", 5_000_000)
    looked_at = []
    monkeypatch.setattr(picture_file, "_has_ink", lambda frame: looked_at.append(frame))
    assert open_picture(data).size == (1000, 1000)
    assert len(looked_at) == 5


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


def test_of_a_jpeg_no_more_parts_are_counted_than_may_be_asked_for():
    with pytest.raises(OSError, match="too many parts"):
        _scans(jpeg_of_many_segments(MAX_ASKED + 1))

"""Pictures that cost a server far more than their few kilobytes."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import numpy as np
from PIL import Image

from tests.support.pen_drawings import SEVEN, render

SIDE: Final = 7070
"""A square with this side has nearly 50 million pixels."""

PNG_START: Final = b"\x89PNG\r\n\x1a\n"


def file_of(picture: Image.Image, kind: str, **options: Any) -> bytes:
    """Write a picture as a file of some kind."""
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def png_chunk(name: bytes, data: bytes) -> bytes:
    """A piece of a PNG."""
    checksum = struct.pack(">I", zlib.crc32(name + data))
    return struct.pack(">I", len(data)) + name + data + checksum


def png(
    size: tuple[int, int], depth: int, colours: int, a_pixel: int, more: bytes
) -> bytes:
    """A black PNG, written without holding its pixels; `a_pixel` is in bits."""
    header = struct.pack(">IIBBBBB", *size, depth, colours, 0, 0, 0)
    packer = zlib.compressobj()
    row = bytes(1 + (size[0] * a_pixel + 7) // 8)
    rows = max(1, 1_000_000 // len(row))
    packed = [
        packer.compress(row * min(rows, size[1] - at)) for at in range(0, size[1], rows)
    ]
    pixels = b"".join([*packed, packer.flush()])
    palette = png_chunk(b"PLTE", bytes(768)) if colours == 3 else b""
    return (
        PNG_START
        + png_chunk(b"IHDR", header)
        + more
        + palette
        + png_chunk(b"IDAT", pixels)
        + png_chunk(b"IEND", b"")
    )


def webp(width: int, height: int) -> bytes:
    """A lossless WebP of 38 bytes and one colour.

    Its five prefix codes have one symbol each, so a pixel takes no bit
    (https://developers.google.com/speed/webp/docs/webp_lossless_bitstream_specification).
    """
    bits = f"{width - 1:014b}"[::-1] + f"{height - 1:014b}"[::-1] + "0" + "000"
    bits += "000" + 5 * "1000"  # no transform, no cache, no meta; simple code of a 0
    bits = bits.ljust(-(-len(bits) // 8) * 8, "0")
    body = b"\x2f" + bytes(int(bits[i : i + 8][::-1], 2) for i in range(0, len(bits), 8))
    body = body.ljust(18, b"\0")
    chunk = b"VP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk


def jpeg_of_many_scans(n_scans: int) -> bytes:
    """A progressive JPEG whose last scan comes again and again."""
    data = file_of(Image.new("RGB", (3000, 3000)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * n_scans + data[-2:]


def jpeg_of_many_segments(n_segments: int) -> bytes:
    """A JPEG with so many empty comments before its pixels."""
    data = file_of(Image.new("L", (300, 300)), "JPEG")
    return data[:2] + b"\xff\xfe\x00\x02" * n_segments + data[2:]


def bmp_of_long_steps(n_steps: int) -> bytes:
    """A BMP of run lengths that only step on, by nothing."""
    steps = b"\x00\x02\x00\x00" * n_steps
    info = struct.pack("<IiiHHIIiiII", 40, 5000, 5000, 1, 8, 1, len(steps), 0, 0, 256, 0)
    offset = 14 + len(info) + 1024
    head = b"BM" + struct.pack("<IHHI", offset + len(steps), 0, 0, offset)
    return head + info + bytes(1024) + steps


def noise(share: float = 0.2) -> bytes:
    """Thousands of specks."""
    specks = np.random.default_rng(0).random((1200, 1600)) < share
    return file_of(Image.fromarray(~specks), "PNG")


def tiles(n: int) -> bytes:
    """`n` times `n` dark blocks, each of which could be a digit."""
    pitch = 1600 // n
    block = np.full((pitch, pitch), 255, np.uint8)
    block[2:-4, 2 : -pitch // 4] = 0
    return file_of(Image.fromarray(np.tile(block, (n, n))), "PNG")


def page_of_digits() -> bytes:
    """As many digits as are read in one picture, on lined paper in uneven light."""
    sheet = np.full((1200, 1600), 235.0)
    sheet[::60] = 170
    for row in range(5):
        for column in range(8):
            digit = np.asarray(render([SEVEN], 14).resize((140, 140))) > 128
            top, left = 30 + 235 * row, 25 + 195 * column
            sheet[top : top + 140, left : left + 140][digit] = 40
    lit = sheet * np.linspace(1, 0.6, 1600)
    lit += np.random.default_rng(0).normal(0, 2, lit.shape)
    return file_of(Image.fromarray(lit.clip(0, 255).astype(np.uint8)), "JPEG")


BAD_PICTURES: Final[dict[str, Callable[[], bytes]]] = {
    "PNG, 1 bit, 1 x 50,000,000": lambda: png((1, 50_000_000), 1, 0, 1, b""),
    "PNG, 1 bit, 50 Mpx": lambda: png((SIDE, SIDE), 1, 0, 1, b""),
    "PNG, grey, 50 Mpx": lambda: png((SIDE, SIDE), 8, 0, 8, b""),
    "PNG, 16 bit, 50 Mpx": lambda: png((SIDE, SIDE), 16, 0, 16, b""),
    "PNG, LA, 50 Mpx": lambda: png((SIDE, SIDE), 8, 4, 16, b""),
    "PNG, RGB, 33 Mpx": lambda: png((5750, 5750), 8, 2, 24, b""),
    "PNG, RGBA, 50 Mpx": lambda: png((SIDE, SIDE), 8, 6, 32, b""),
    "PNG, RGBA, 33 Mpx": lambda: png((5750, 5750), 8, 6, 32, b""),
    "PNG, palette, 50 Mpx": lambda: png((SIDE, SIDE), 8, 3, 8, b""),
    "PNG, 64 MB of text": lambda: png(
        (5750, 5750),
        8,
        2,
        24,
        png_chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(1_000_000))) * 63,
    ),
    "PNG, 700,000 parts": lambda: png(
        (300, 300), 8, 0, 8, png_chunk(b"prVt", b"") * 700_000
    ),
    "WebP of 38 bytes, 50 Mpx": lambda: webp(SIDE, SIDE),
    "WebP, 8.3 Mpx": lambda: webp(3840, 2160),
    "GIF, 50 Mpx": lambda: file_of(Image.new("P", (SIDE, SIDE)), "GIF"),
    "BMP, 2,000,000 steps": lambda: bmp_of_long_steps(2_000_000),
    "JPEG, progressive, 50 Mpx": lambda: file_of(
        Image.new("RGB", (SIDE, SIDE)), "JPEG", progressive=True, subsampling=0
    ),
    "JPEG, 1,000 scans": lambda: jpeg_of_many_scans(1_000),
    "JPEG, 2,000,000 parts": lambda: jpeg_of_many_segments(2_000_000),
    "a phone's JPEG, 50 Mpx": lambda: file_of(Image.new("RGB", (8160, 6120)), "JPEG"),
    "noise": noise,
    "a page full of digits": page_of_digits,
    "900 marks": lambda: tiles(30),
    "1,600 marks": lambda: tiles(40),
}
"""By name: how each is made. None is over nine megabytes."""

import numpy as np
import pytest
from PIL import Image

from digits_app.drawing.five_steps import (
    crop_to_ink,
    fit_to_frame,
    moment_slope,
    prepare_bitmaps,
)
from digits_app.drawing.ink import cut_out_digit, ink_intensity
from digits_app.drawing.tilted_copies import (
    PEN_SHARE,
    UNTILTED,
    WITH_EVEN_PEN,
    StrokeField,
    _interpolate,
    copies_of_ink,
    frame_copies,
    map_strokes,
    tilts,
)
from tests.support.pen_drawings import SEVEN, render


def field_of(image):
    return map_strokes(cut_out_digit(ink_intensity(image)))


def test_nine_copies_of_64_pixels_from_0_to_16(seven):
    copies = copies_of_ink(ink_intensity(seven))
    assert copies.shape == (9, 8, 8)
    assert copies.min() >= 0
    assert copies.max() <= 16


def test_the_middle_tilt_of_an_upright_drawing_leaves_it_alone():
    assert np.array_equal(tilts(0.0)[4], np.eye(2))


@pytest.mark.parametrize("pen_width", [10, 20, 30])
def test_the_pen_is_measured(pen_width):
    bar = render([np.array([[60.0, 140], [220, 140]])], pen_width)
    field = field_of(bar)
    share = 2 * field.pen_radius / field.side
    assert share == pytest.approx(pen_width / 160, rel=0.3)


def test_thick_and_thin_pens_look_alike_once_evened(pen_drawings):
    apart, evened_apart = [], []
    for drawing in pen_drawings[:100:5]:
        fields = [field_of(render(drawing.placed("filling"), w)) for w in (10, 30)]
        thin, thick = (prepare_bitmaps(frame_copies(field))[4] for field in fields)
        evened_apart.append(np.abs(thin - thick).mean())
        widths = [2 * field.pen_radius / field.side for field in fields]
        apart.append(widths[1] / widths[0])
    assert np.mean(apart) > 2
    assert np.mean(evened_apart) < 1.5


def test_a_drawing_that_is_all_ink_is_still_prepared():
    ink = Image.new("L", (240, 240), 255)
    field = map_strokes(ink)
    assert frame_copies(field).any(axis=(1, 2)).all()
    assert field.pen_radius > PEN_SHARE * field.side


def tilt(turn, shear, points):
    """Shear columns by rows, then turn clockwise on the screen, as the copies are."""
    column, row = points
    column = column + shear * row
    turn = np.deg2rad(turn)
    return np.array(
        [
            np.cos(turn) * column - np.sin(turn) * row,
            np.sin(turn) * column + np.cos(turn) * row,
        ]
    )


@pytest.mark.parametrize("slope", [0.0, 0.3])
def test_the_nine_copies_are_turned_by_8_degrees_and_sheared_by_a_fifth(slope):
    points = np.random.default_rng(0).normal(size=(2, 5))
    expected = [
        tilt(turn, shear - slope, points) for turn in (-8, 0, 8) for shear in (-0.2, 0, 0.2)
    ]
    np.testing.assert_allclose(tilts(slope) @ points, expected, atol=1e-12)


def test_the_untilted_copy_of_a_leaning_drawing_is_upright():
    lean = render([np.array([[110.0, 40], [170, 240]])], 16)
    frame = frame_copies(field_of(lean))[UNTILTED]
    rows, columns = np.nonzero(frame)
    assert np.corrcoef(rows, columns)[0, 1] == pytest.approx(0, abs=0.05)


def test_a_copy_turned_clockwise_leans_to_the_left_below():
    bar = render([np.array([[140.0, 40], [140, 240]])], 16)
    slopes = moment_slope(frame_copies(field_of(bar))).reshape(3, 3)
    assert (np.diff(slopes, axis=0) < 0).all()  # turned from -8 to 8 degrees
    assert (np.diff(slopes, axis=1) > 0).all()  # sheared from -0.2 to 0.2


def test_every_copy_is_stretched_to_its_frame_to_the_last_row_and_column(pen_drawings):
    for drawing in pen_drawings[::100]:
        frames = frame_copies(field_of(render(drawing.placed("filling"))))
        assert not frames[:, :, :6].any()
        assert not frames[:, :, 26:].any()
        rows, columns = frames.any(axis=2), frames.any(axis=1)
        # A corner may be rounded away, but no more than a pixel of it.
        assert rows[:, 1].all()
        assert rows[:, -2].all()
        assert columns[:, 7].all()
        assert columns[:, 24].all()


def test_ink_that_fills_its_box_fills_the_frame():
    """Half a pixel's error would leave a row or a column of the frame empty."""
    field = map_strokes(Image.new("L", (40, 64), 255))
    own_pen = [index for index in range(9) if index not in WITH_EVEN_PEN]
    assert UNTILTED not in own_pen
    mirrored = field.distance[::-1, ::-1]
    assert np.array_equal(field.distance, mirrored)
    thick = StrokeField(field.distance, field.side * PEN_SHARE / 2, field.side)
    frame = frame_copies(thick)[UNTILTED]
    assert frame[:, 6:26].all()


def test_the_frame_of_a_picture_turned_by_180_degrees_is_turned_too(pen_drawings):
    """The geometry has no side that it prefers."""
    for drawing in pen_drawings[::200]:
        picture = render(drawing.placed("filling"))
        upside_down = picture.transpose(Image.Transpose.ROTATE_180)
        frames = frame_copies(field_of(picture))
        turned = frame_copies(field_of(upside_down))[:, ::-1, ::-1]
        assert np.mean(frames != turned) < 0.01


def test_between_pixels_a_distance_map_is_interpolated():
    rising = np.add.outer(10 * np.arange(4.0), np.arange(5.0)).astype(np.float32)
    x, y = np.array([[[0.0, 1.25, 4.0, 3.5]]]), np.array([[[0.0, 2.5, 3.0, 0.75]]])
    assert _interpolate(rising, x.copy(), y.copy()) == pytest.approx(x + 10 * y, abs=0.02)
    outside = np.array([[[-0.6, 9.0, 2.0, 2.0]]]), np.array([[[1.0, 1.0, -5.0, 3.5]]])
    at_the_rim = np.array([[[10, 14, 2, 32]]])
    assert _interpolate(rising, *outside) == pytest.approx(at_the_rim, abs=0.02)


def test_the_rim_of_a_distance_map_is_never_ink(pen_drawings):
    """So it does not matter how far outside of it a copy is looked up."""
    for drawing in pen_drawings[::50]:
        field = field_of(render(drawing.placed("as written"), pen_width=4))
        rows, columns = field.distance[[0, -1]], field.distance[:, [0, -1]]
        assert max(rows.max(), columns.max()) < min(-field.lift, 0) - 1


@pytest.mark.parametrize("pen_width", [8, 16, 40])
def test_the_even_pen_is_a_seventh_of_the_drawing_and_the_other_its_own(pen_width):
    bar = render([np.array([[60.0, 140], [220, 140]])], pen_width)
    field = field_of(bar)
    thickness = (field.distance > -field.lift).sum(axis=0).max()
    assert thickness == pytest.approx(PEN_SHARE * field.side, abs=2)
    assert (field.distance > 0).sum(axis=0).max() == pytest.approx(
        pen_width * field.side / 160, abs=2
    )


def test_five_copies_have_the_even_pen_and_four_the_drawings_own():
    fine, broad = (frame_copies(field_of(render([SEVEN], pen))) for pen in (10, 36))
    apart = np.mean(fine != broad, axis=(1, 2))
    own_pen = np.setdiff1d(np.arange(9), WITH_EVEN_PEN)
    assert WITH_EVEN_PEN == (1, 3, 4, 5, 7)
    assert apart[list(WITH_EVEN_PEN)].max() < 0.5 * apart[own_pen].min()


def test_distances_are_counted_from_the_edge_between_two_pixels():
    distance = map_strokes(Image.new("L", (4, 64), 255)).distance
    middle = distance.shape[0] // 2
    row = distance[middle]
    assert row[row > 0].tolist() == [0.5, 1.5, 1.5, 0.5]
    ink = np.flatnonzero(row > 0)
    assert row[ink[0] - 1] == row[ink[-1] + 1] == -0.5


@pytest.mark.parametrize("pen", [4, 10, 20])
def test_a_bars_pen_and_length_are_measured_to_the_pixel(pen):
    """A bar of 64 pixels is not shrunk: half its width, and its length less its width."""
    field = map_strokes(Image.new("L", (64, pen), 255))
    assert field.pen_radius == pen / 2 - 0.5
    assert field.side == 64 - 2 * field.pen_radius


def test_the_finest_line_has_a_pen_of_one_pixel():
    field = map_strokes(Image.new("L", (64, 1), 255))
    assert field.pen_radius == 0.5
    assert field.side == 63
    speck = map_strokes(Image.new("L", (4, 4), 255))
    assert speck.side == 4.0


def test_a_drawings_own_pen_is_neither_raised_nor_lowered():
    """An L of 64x64 pixels whose arms are 8 wide: an eighth of the frame's 20 and 32."""
    ink = Image.new("L", (64, 64))
    ink.paste(255, (0, 0, 8, 64))
    ink.paste(255, (0, 56, 64, 64))
    field = map_strokes(ink)
    upright = StrokeField(field.distance, field.side * PEN_SHARE / 2, field.side)
    assert upright.lift == 0
    has_room = field.distance.shape
    assert has_room == (64 + 2 * 8, 64 + 2 * 8)
    assert (field.distance > 0).sum() == 64 * 8 + 56 * 8


def tilted_picture(picture, matrix):
    """The picture tilted by Pillow, about its middle, with room around."""
    back = np.linalg.inv(matrix)
    offset = 140 - back @ [280, 280]
    numbers = np.column_stack([back, offset]).ravel().tolist()
    return picture.transform(
        (560, 560), Image.Transform.AFFINE, numbers, Image.Resampling.BICUBIC
    )


@pytest.mark.parametrize("copy", [0, 2, 6, 8])
def test_copies_with_their_own_pen_are_the_tilted_picture_stretched(pen_drawings, copy):
    """Another way to the same frames: tilt all the picture, then steps 1 and 2."""
    for drawing in pen_drawings[::125]:
        picture = render(drawing.placed("filling"), 16)
        field = field_of(picture)
        slope = float(moment_slope((field.distance > -field.lift)[None])[0])
        expected = fit_to_frame(crop_to_ink(tilted_picture(picture, tilts(slope)[copy])))
        frame = frame_copies(field)[copy]
        assert np.mean(frame != expected) < 0.04
        assert frame.sum() == pytest.approx(expected.sum(), rel=0.09)

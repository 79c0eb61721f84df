"""The modules of the reader one by one, each beside the Python that it repeats."""

import copy
import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from scipy import ndimage

from digits_app.drawing import canvas_json, five_steps, ink, tilted_copies
from digits_app.drawing.colours import is_light
from digits_app.network.committee import merge_networks, network_of
from digits_app.network.features import stroke_directions
from digits_app.network.forward import class_probabilities
from digits_app.network.weight_files import GUARD_FILE, pack_weights, read_header
from tests.support.canvas_json import straight_path
from tests.support.module_page import ModulePage
from tests.support.number_rows import number_rows
from tests.support.reader_cases import drawn, sample

RULE = read_header(GUARD_FILE.read_bytes())["rule"]


@pytest.fixture(scope="module")
def page(modules: ModulePage) -> ModulePage:
    return modules


def call(page: ModulePage, module: str, body: str, **given: Any) -> Any:
    """Run a script that finds the module's exports in `module`, and what it is given."""
    names = ", ".join(given)
    script = f"""
        const module = await import("/browser/reader/{module}.js");
        const {{ {names} }} = given;
        {body}
    """
    return page.run(script, given)


# Arithmetic


def test_halves_are_rounded_to_even_numbers_as_in_python(page):
    numbers = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49, 0.51, -0.51, 3, 1e6 + 0.5]
    rounded = call(
        page, "numbers", "return numbers.map(module.roundHalfEven)", numbers=numbers
    )
    assert rounded == [round(number) for number in numbers]


@pytest.mark.parametrize("n", [0, 1, 7, 8, 9, 16, 80, 127])
def test_numbers_are_added_in_numpys_order(page, n):
    numbers = np.random.default_rng(n).normal(size=n) * 1e6
    added = call(
        page,
        "numbers",
        "return module.sum(Float64Array.from(numbers), numbers.length)",
        numbers=numbers.tolist(),
    )
    assert added == numbers[None].sum(axis=1)[0]


@pytest.mark.parametrize("n", [1, 2, 5, 6, 100])
@pytest.mark.parametrize("least", [0, 100])
def test_the_median_of_levels(page, n, least):
    levels = np.random.default_rng(n).integers(100, 256, n)
    median = call(
        page,
        "numbers",
        """
        const counts = new Uint32Array(256);
        for (const level of [...levels, 3, 5, 7]) if (level >= least) counts[level]++;
        return module.medianLevel(counts, least);
        """,
        levels=levels.tolist(),
        least=least,
    )
    every = [level for level in [*levels, 3, 5, 7] if level >= least]
    assert median == np.median(every)


# Strokes and the picture


def test_a_colour_is_ink_where_python_says_so(page):
    rng = np.random.default_rng(0)
    colours = [f"#{number:06x}" for number in rng.integers(0, 2**24, 500)]
    colours += ["#fff", "#000", "#7f7", "#FBF7EE", "#1b1f2a"]
    light = call(
        page,
        "strokes",
        "return colours.map((colour) => module.isLight(colour, 128))",
        colours=colours,
    )
    assert light == [is_light(colour) for colour in colours]


@pytest.mark.parametrize("colour", ["", "white", "#12345", "#ggg", None, 7, [], {}])
def test_what_is_no_colour_of_the_canvas(page, colour):
    assert (
        call(page, "strokes", "return module.isLight(colour, 128)", colour=colour) is None
    )


@pytest.mark.parametrize("across", range(1, 12))
@pytest.mark.parametrize("more", [0, 1])
def test_a_disc_has_the_rows_of_pillows_ellipse(page, across, more):
    across, down = 7 * across, 7 * across + more
    image = Image.new("L", (100, 100))
    ImageDraw.Draw(image).ellipse((5, 5, 5 + across, 5 + down), fill=255)
    rows = (np.asarray(image)[5 : 6 + down] > 0).sum(axis=1)
    widths = call(
        page,
        "rasterise",
        "return module.halfWidths(across, down)",
        across=across,
        down=down,
    )
    # From the middle row outwards; an even number of rows has two in the middle.
    assert [width + 1 for width in widths] == rows[(down + 1) // 2 :].tolist()


ODD = {
    "a point": [(100, 100)] * 2,
    "a corner outside": [(-200, -200), (100, 140), (500, 30)],
    "tiny steps": [(140 + 0.3 * i, 140 + 0.7 * (i % 3)) for i in range(60)],
    "one column": [(140, 20), (140, 260)],
    "one row": [(20, 140), (260, 140)],
    "backwards": [(250, 250), (20, 30), (250, 249)],
    "halves": [(100.5, 20.25), (140.75, 260.5), (19.5, 99.5)],
}


@pytest.mark.parametrize("width", [1, 6, 7.3, 20, 33.25, 100])
@pytest.mark.parametrize("points", ODD.values(), ids=ODD.keys())
def test_any_stroke_is_drawn_to_the_pixel(page, points, width):
    drawing = {"objects": [straight_path(points, width=width)]}
    strokes = canvas_json.read_strokes(drawing["objects"])
    side = canvas_json.CANVAS_SIDE * canvas_json.ENLARGED
    image = Image.new("L", (side, side))
    for stroke in strokes:
        pixels = [(x, y) for x, y in (canvas_json.ENLARGED * stroke.way).tolist()]
        width = canvas_json.ENLARGED * stroke.width
        canvas_json.draw_polyline(ImageDraw.Draw(image), pixels, width)
    drawn = call(
        page,
        "strokes",
        """
        const { Rasteriser } = await import("/browser/reader/rasterise.js");
        const rasteriser = new Rasteriser(rule.canvas);
        const pixels = rasteriser.draw(module.readStrokes(paths, rule.canvas));
        return JSON.stringify(Array.from(pixels)); // as numbers they take a second
        """,
        paths=drawing["objects"],
        rule=RULE,
    )
    expected = np.asarray(image.reduce(canvas_json.ENLARGED))
    assert np.array_equal(json.loads(drawn), expected.ravel())


# The ink


def pictures() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    faint = np.zeros((90, 120), np.uint8)
    faint[20:80, 30:100] = rng.integers(0, 150, (60, 70))
    dark = np.full((150, 90), 230, np.uint8)
    dark[10:140, 40:50] = 20
    grey = np.full((80, 80), 100, np.uint8)
    grey[20:60, 20:60] = rng.integers(60, 200, (40, 40))
    return {
        "faint": faint,
        "dark on light": dark,
        "on grey": grey,
        "narrow": dark[:, 35:55],
    }


@pytest.mark.parametrize("picture", pictures().values(), ids=pictures().keys())
def test_ink_is_found_cut_out_and_shrunk_as_in_python(page, picture):
    height, width = picture.shape
    found = ink.ink_intensity(Image.fromarray(picture))
    digit = ink.cut_out_digit(found)
    shrunk = [five_steps.shrink(digit, side) for side in (64, 32, 20)]
    theirs = call(
        page,
        "ink",
        """
        const picture = { levels: Uint8Array.from(levels), width, height };
        const found = module.inkIntensity(picture, rule.ink);
        const digit = module.cutOutDigit(found, rule.ink);
        const shrunk = [64, 32, 20].map((side) => module.shrink(digit, side));
        const listed = (each) => ({ ...each, levels: Array.from(each.levels) });
        return [found, digit, ...shrunk].map(listed);
        """,
        levels=picture.ravel().tolist(),
        width=width,
        height=height,
        rule=RULE,
    )
    for ours, their in zip([found, digit, *shrunk], theirs, strict=True):
        assert ours.size == (their["width"], their["height"])
        assert np.array_equal(np.asarray(ours).ravel(), their["levels"])


@pytest.mark.parametrize("wanted", [0, 1])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_distances_are_scipys(page, share, wanted):
    has_ink = np.random.default_rng(3).random((40, 55)) < share
    squared = call(
        page,
        "distance",
        "return Array.from(module.squaredDistances(hasInk, 55, 40, wanted))",
        hasInk=has_ink.astype(int).ravel().tolist(),
        wanted=wanted,
    )
    exact = ndimage.distance_transform_edt(has_ink != wanted) ** 2
    assert np.array_equal(squared, np.rint(exact).ravel())


# Copies and steps


def test_the_tilts_are_pythons(page):
    for slope in (0.0, 0.31, -1.7):
        theirs = call(
            page,
            "tilted_copies",
            "return module.tilts(slope, rule.tilted_copies)",
            slope=slope,
            rule=RULE,
        )
        ours = tilted_copies.tilts(slope).reshape(-1, 4)
        np.testing.assert_allclose(theirs, ours, rtol=0, atol=1e-15)


def test_the_five_steps_are_pythons(page):
    rng = np.random.default_rng(4)
    shares = [0, 0.02, 0.08, 0.15, 0.3, 0.45, 0.6, 0.95, 1]
    bitmaps = np.array([rng.random((32, 32)) < share for share in shares for _ in range(6)])
    bars = np.zeros((6, 32, 32), bool)
    for i, bar in enumerate(bars):
        for row in range(2 + i, 30 - i):
            bar[row, (row * (i + 1)) // 4 % 28 : (row * (i + 1)) // 4 % 28 + 4 + i] = True
    bitmaps = np.concatenate([bitmaps, bars])
    counts = call(
        page,
        "five_steps",
        "return Array.from(module.prepareBitmaps(Uint8Array.from(bits), rule.five_steps))",
        bits=bitmaps.astype(int).ravel().tolist(),
        rule=RULE,
    )
    assert np.array_equal(counts, five_steps.prepare_bitmaps(bitmaps).ravel())


# Networks


def test_the_directions_are_pythons(page):
    counts = np.random.default_rng(5).integers(0, 17, (9, 64))
    features = call(
        page,
        "features",
        """
        const copies = Uint8Array.from(counts);
        return Array.from(module.strokeDirections(copies, 9, rule.features));
        """,
        counts=counts.ravel().tolist(),
        rule=RULE,
    )
    ours = stroke_directions(counts.astype(float)).ravel()
    np.testing.assert_allclose(features, ours, rtol=0, atol=1e-6)


@pytest.mark.parametrize("n_members", [1, 3])
@pytest.mark.parametrize("sizes", [(64, 7, 1), (64, 9, 5, 4), (64, 8, 6, 5, 11)])
def test_one_forward_pass_serves_networks_of_any_shape(page, sizes, n_members):
    rng = np.random.default_rng(len(sizes))
    shapes = list(pairwise(sizes))
    members = [
        network_of(
            [rng.normal(size=shape).astype(np.float32) for shape in shapes],
            [rng.normal(size=n_outputs).astype(np.float32) for _, n_outputs in shapes],
        )
        for _ in range(n_members)
    ]
    network = merge_networks(members)
    rows = rng.integers(0, 17, (9, 64)).astype(float) / 16
    page.files["/any.weights"] = pack_weights(network)
    proba = call(
        page,
        "forward",
        """
        const { unpackWeights } = await import("/browser/reader/weights.js");
        const packed = await (await fetch("/any.weights")).arrayBuffer();
        return module.meanProbabilities(unpackWeights(packed), Float64Array.from(rows), 9);
        """,
        rows=rows.ravel().tolist(),
    )
    ours = class_probabilities(network, rows).mean(axis=0)
    assert proba == pytest.approx(ours, abs=1e-5)


# The rule


def numbers_of(rule: Any, path: tuple = ()) -> Iterator[tuple]:
    """The way to each number in the rule; of a list to its first one."""
    if isinstance(rule, dict):
        for name, value in rule.items():
            yield from numbers_of(value, (*path, name))
    elif isinstance(rule, list):
        yield from numbers_of(rule[0], (*path, 0))
    else:
        yield path


def changed(path: tuple, value: float) -> dict:
    """The rule with another number in one place."""
    rule = copy.deepcopy(RULE)
    place: Any = rule
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return rule


def number_at(path: tuple) -> float:
    value: Any = RULE
    for name in path:
        value = value[name]
    return value


def at_the_limits() -> list[list[dict]]:
    """Drawings that a limit of the rule lets pass, or just does not."""
    canvas = RULE["canvas"]
    line = [(40.0, 140.0), (240.0, 140.0)]
    n_points = canvas["max_path_commands"] - 1
    n_dots = canvas["max_way"] // canvas["set_down"]
    dots = [(140 + i % 80, 140 + i % 7) for i in range(n_dots)]
    return [
        [straight_path(line, width=canvas["max_pen_width"])],
        [straight_path([*line, (canvas["farthest"], 0)])],
        [straight_path([(140, 140), (140 + canvas["min_stroke_extent"], 140)])],
        [straight_path([(133, 140), (147, 140)], width=canvas["max_pen_width"])],
        [straight_path([(100 + i / 50, 140) for i in range(n_points)])],
        [straight_path(line * (canvas["max_way"] // 400 - 1))],
        [straight_path([(x, y), (x + 1, y)], width=6) for x, y in dots],
        [straight_path([(100, 100), (113, 100), (115, 101)], width=2)],
        [straight_path([(100, 100), (100, 126)], width=1.5)],
        [straight_path([(60, 40), (160, 240)], width=0.3)],
        [straight_path(line, colour="#909090")],
        [straight_path([(a, 40), (a + 9, 240)], width=2) for a in (60, 64, 69, 200)],
    ]


OTHERS = {
    ("canvas", "side"): [270],
    ("canvas", "enlarged"): [3],
    ("ink", "min_contrast"): [200],  # the finest pen leaves 128
    ("ink", "min_ink_pixels"): [40],  # the share says 28
    ("tilted_copies", "with_even_pen", 0): [0],
    ("tilted_copies", "untilted"): [3],
    ("tilted_copies", "least_side"): [20],
    ("tilted_copies", "field_side"): [50],
    ("tilted_copies", "margin"): [1],
    ("tilted_copies", "rim"): [30],
    ("canvas", "light_from"): [10, 254],
    ("five_steps", "frame_side"): [36],
    ("five_steps", "digit_width"): [16],
    ("five_steps", "block_side"): [8],
    ("features", "side"): [16],
    ("grouping", "most_in_sign"): [1, 2, 6],
    ("grouping", "overlap"): [0, 40],
    ("grouping", "flat_row"): [0.1, 1],
}
"""Other numbers than one a little smaller and one a little greater, which may be none."""


def other_rules(path: tuple) -> list[dict]:
    """The rule with other numbers in one place."""
    number = number_at(path)
    others = OTHERS.get(path, [0.7 * number - 0.01, 1.4 * number + 0.01])
    return [changed(path, other) for other in others]


def test_no_number_of_the_grouping_is_idle(page):
    """With another number in it, the browser finds other signs in some row."""
    rows = [
        *number_rows(40, (1, 4), 280, seed=1),
        *number_rows(60, (2, 4), 280, with_other=True, seed=2),
    ]
    drawings = [drawn(row.strokes, row.pen_width)["objects"] for row in rows]
    page.fetch_json("/rows.json", drawings + rows_at_the_limits())
    paths = [path for path in numbers_of(RULE) if path[0] == "grouping"]
    page.fetch_json("/rules.json", [[RULE], *map(other_rules, paths)])
    is_split_otherwise = page.run(
        """
        const { DigitReader } = await import("/browser/reader/read.js");
        const fetched = (path) => fetch(path).then((response) => response.json());
        const rows = await fetched("/rows.json");
        const rules = await fetched("/rules.json");
        const reader = new DigitReader();
        for (const name of ["guard", "lesson-10"]) {
          const response = await fetch(`/${name}.weights`);
          reader.load(name, await response.arrayBuffer());
        }
        // No part is read twice: what is in it does not hang on how strokes are grouped.
        const known = new Map();
        const partOf = reader.part.bind(reader);
        reader.part = (paths) => {
          const key = JSON.stringify(paths);
          if (!known.has(key)) known.set(key, partOf(paths));
          return known.get(key);
        };
        const signsIn = (rule) => {
          reader.rule = rule;
          return JSON.stringify(rows.map((paths) => reader.read("lesson-10", paths)));
        };
        const usual = signsIn(rules[0][0]);
        return rules.map((others) => others.some((rule) => signsIn(rule) !== usual));
        """
    )
    assert not is_split_otherwise[0]
    idle = [
        p for p, differs in zip(paths, is_split_otherwise[1:], strict=True) if not differs
    ]
    assert idle == []


def rows_at_the_limits() -> list[list[dict]]:
    """Rows that a limit of the grouping lets pass, or just does not."""
    grouping = RULE["grouping"]
    lines = [
        [straight_path([(x, 100), (x + 1, 180)], width=4)]
        for x in np.linspace(20, 260, grouping["most_pieces"] + 1)
    ]
    strokes = [
        [straight_path([(a, 100 + 3 * i), (a + 40, 100 + 3 * i)], width=6)]
        for a in (40, 200)
        for i in range(grouping["most_strokes"] // 2 + 1)
    ]
    return [
        [path for line in lines[:-1] for path in line],
        [path for line in lines for path in line],
        [path for line in strokes[1:-1] for path in line],
        [path for line in strokes for path in line],
        *(
            [
                straight_path([(60, 140), (60 + width, 142)], width=8),
                straight_path(
                    [(60 + width + gap, 140), (60 + 2 * width + gap, 141)], width=8
                ),
            ]
            for width in (20, 40, 60)
            for gap in (-8, -4, 2, 6, 12, 20, 30)
        ),
    ]


def test_no_number_of_the_rule_is_idle_or_written_twice(page):
    """With another number in the rule, the browser reads some drawing otherwise."""
    drawings = [drawing["objects"] for drawing in sample(400)] + at_the_limits()
    page.fetch_json("/drawings.json", drawings)
    paths = [path for path in numbers_of(RULE) if path[0] != "grouping"]
    page.fetch_json("/rules.json", [[RULE], *map(other_rules, paths)])
    is_read_otherwise = page.run(
        """
        const { DigitReader } = await import("/browser/reader/read.js");
        const { Rasteriser } = await import("/browser/reader/rasterise.js");
        const fetched = (path) => fetch(path).then((response) => response.json());
        const bytes = async (path) => (await fetch(path)).arrayBuffer();
        const drawings = await fetched("/drawings.json");
        const rules = await fetched("/rules.json");
        const networks = ["lesson-10", "lesson-2"];
        const reader = new DigitReader();
        for (const name of ["guard", ...networks]) {
          reader.load(name, await bytes(`/${name}.weights`));
        }
        const read = (paths) => {
          const picture = reader.draw(paths);
          const copies = picture && reader.copies(picture);
          return copies && networks.map((name) => reader.ask(name, copies));
        };
        const answersTo = (rule) => {
          reader.rule = rule;
          reader.rasteriser = new Rasteriser(rule.canvas);
          try {
            return JSON.stringify(drawings.map(read));
          } catch (error) {
            return String(error); // other sizes than the networks take
          }
        };
        const usual = answersTo(rules[0][0]);
        return rules.map((others) => others.some((rule) => answersTo(rule) !== usual));
        """
    )
    idle = [
        path
        for path, differs in zip(paths, is_read_otherwise[1:], strict=True)
        if not differs
    ]
    assert not is_read_otherwise[0]
    assert idle == []

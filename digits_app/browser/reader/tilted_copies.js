// One drawing seen several ways: turned, sheared, and with an even pen.
// Python: `frame_copies` of drawing/tilted_copies.py.

import { clamp, sum } from "./numbers.js";

/**
 * Tilt a drawing, stretch each copy to the frame's height and the digit's width, and centre it.
 * Returns the frames one after the other: 1 is ink.
 */
export function frameCopies(field, rule, frame) {
  const { distance, lift } = field;
  const even = distance.map((each) => (each > Math.fround(-lift) ? 1 : 0));
  const plain = distance.map((each) => (each > 0 ? 1 : 0));
  const outlines = { even: outline(even, field), plain: outline(plain, field) };
  const matrices = tilts(momentSlope(even, field), rule);
  const side = frame.frame_side;
  const frames = new Uint8Array(matrices.length * side * side);
  matrices.forEach((matrix, copy) => {
    const isEven = rule.with_even_pen.includes(copy);
    const box = bounds(isEven ? outlines.even : outlines.plain, matrix);
    const place = frames.subarray(copy * side * side, (copy + 1) * side * side);
    const level = isEven ? -lift : 0;
    stretch({ ...field, rim: rule.rim, level }, box, inverse(matrix), frame, place);
  });
  return frames;
}

/** Matrices [a, b, c, d] that take the slant out, shear, and turn, for every combination. */
export function tilts(slope, rule) {
  return rule.turns.flatMap(([cosine, sine]) =>
    rule.shears.map((shear) => {
      const lean = shear - slope;
      return [cosine, cosine * lean - sine, sine, sine * lean + cosine];
    }),
  );
}

/** By elimination, as NumPy works it out: no rounding differs. */
function inverse([a, b, c, d]) {
  const factor = c / a;
  const rest = d - factor * b;
  const [left, right] = [-factor / rest, 1 / rest];
  return [(1 - b * left) / a, (-b * right) / a, left, right];
}

/** Slant by moments: columns to the right per row down; 0 where all ink is in one row. */
function momentSlope(hasInk, { width, height }) {
  const rowInk = new Float64Array(height);
  const columns = new Float64Array(height);
  let [ink, rows] = [0, 0];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (!hasInk[i]) continue;
      rowInk[y]++;
      columns[y] += x;
    }
    ink += rowInk[y];
    rows += rowInk[y] * y;
  }
  const middle = rows / Math.max(1, ink);
  const covariance = sum(columns.map((each, y) => each * (y - middle)), height);
  const variance = sum(rowInk.map((each, y) => each * ((y - middle) * (y - middle))), height);
  return covariance / Math.max(1, variance);
}

/** The first and the last ink of each row, [x, y] each. */
function outline(hasInk, { width, height }) {
  const points = [];
  for (let y = 0; y < height; y++) {
    const row = hasInk.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first >= 0) points.push([first, y], [row.lastIndexOf(1), y]);
  }
  return points;
}

/** Outer edges of the ink once it is tilted; a pixel's middle is a whole number. */
function bounds(points, [a, b, c, d]) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    const [across, down] = [a * x + b * y, c * x + d * y];
    if (across < left) left = across;
    if (across > right) right = across;
    if (down < top) top = down;
    if (down > bottom) bottom = down;
  }
  return [left - 0.5, top - 0.5, right + 0.5, bottom + 0.5];
}

/** Read the map at the middles of the pixels that share the box around the tilted ink. */
function stretch(field, [left, top, right, bottom], [a, b, c, d], frame, place) {
  const { distance, width, height, rim, level } = field;
  const { frame_side: side, digit_width: digitWidth } = frame;
  const margin = (side - digitWidth) >> 1;
  const [stepAcross, stepDown] = [(right - left) / digitWidth, (bottom - top) / side];
  for (let row = 0; row < side; row++) {
    const y = top + stepDown * (row + 0.5);
    for (let column = 0; column < digitWidth; column++) {
      const x = left + stepAcross * (column + 0.5);
      const across = clamp(a * x + b * y, 0, width - rim);
      const down = clamp(c * x + d * y, 0, height - rim);
      const [column0, row0] = [Math.floor(across), Math.floor(down)];
      const [right1, down1] = [across - column0, down - row0];
      const i = row0 * width + column0;
      const above = distance[i] * (1 - right1) + distance[i + 1] * right1;
      const below = distance[i + width] * (1 - right1) + distance[i + width + 1] * right1;
      const sampled = above * (1 - down1) + below * down1;
      place[row * side + margin + column] = sampled > level ? 1 : 0;
    }
  }
}

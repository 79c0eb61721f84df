// Strokes as a picture, pixel for pixel as Pillow draws them for the server.
// Python: drawing/canvas_json.py, `render_drawing`. Not an OffscreenCanvas: its edges depend
// on the browser.

import { roundHalfEven } from "./numbers.js";

const INK = 255;

/** Draws drawings of one size, again and again into the same memory. */
export class Rasteriser {
  constructor(rule) {
    this.rule = rule;
    this.side = rule.side * rule.enlarged;
    this.large = new Uint8Array(this.side ** 2);
    this.picture = new Uint8Array(rule.side ** 2);
    this.left = new Float32Array(this.side); // of each row of a line that is drawn
    this.right = new Float32Array(this.side);
    this.discs = new Map();
  }

  /** Levels of `side` x `side` pixels, row by row: 0 is background, 255 ink. */
  draw(strokes) {
    this.large.fill(0);
    this.box = [this.side, this.side, -1, -1]; // left, top, right and bottom of what is filled
    for (const { points, width, isInk } of strokes) {
      const pixels = points.map((each) => each * this.rule.enlarged);
      const wide = width * this.rule.enlarged;
      this.level = isInk ? INK : 0;
      for (let i = 2; i < pixels.length; i += 2) this.line(pixels, i, roundHalfEven(wide));
      for (let i = 0; i < pixels.length; i += 2) this.disc(pixels[i], pixels[i + 1], wide / 2);
    }
    return this.shrink();
  }

  /** A pixel of the picture is the mean of the larger one's, rounded. */
  shrink() {
    const { picture, large, side, rule } = this;
    const n = rule.enlarged;
    const [left, top, right, bottom] = this.box.map((edge) => Math.floor(edge / n));
    picture.fill(0);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        let sum = (n * n) >> 1;
        for (let y = 0; y < n; y++) {
          const first = (row * n + y) * side + column * n;
          for (let x = 0; x < n; x++) sum += large[first + x];
        }
        picture[row * rule.side + column] = Math.floor(sum / (n * n));
      }
    }
    return picture;
  }

  /** Fill a row from one column to another, both included. */
  fill(row, first, last) {
    const { large, level, side, box } = this;
    const [left, right] = [Math.max(0, first), Math.min(last, side - 1)];
    if (row < 0 || row >= side || left > right) return;
    large.fill(level, row * side + left, row * side + right + 1);
    if (left < box[0]) box[0] = left;
    if (row < box[1]) box[1] = row;
    if (right > box[2]) box[2] = right;
    if (row > box[3]) box[3] = row;
  }

  /** A thick line to point i of a stroke: a rectangle with its corners on whole pixels. */
  line(pixels, i, width) {
    const [x0, y0, x1, y1] = [-2, -1, 0, 1].map((before) => Math.trunc(pixels[i + before]));
    const [across, down] = [x1 - x0, y1 - y0];
    if (across === 0 && down === 0) {
      this.fill(y0, x0, x0);
      return;
    }
    // Half the width to each side; of an odd number of pixels, one side has more.
    const length = Math.hypot(across, down);
    const [more, less] = [roundOut, roundIn].map((round) => round((width - 1) / 2) / length);
    const [moreDown, lessDown] = [roundIn(more * down), roundIn(less * down)];
    const [moreAcross, lessAcross] = [roundIn(more * across), roundIn(less * across)];
    this.fillCorners([
      [x0 - lessDown, y0 + moreAcross],
      [x1 - lessDown, y1 + moreAcross],
      [x1 + moreDown, y1 - lessAcross],
      [x0 + moreDown, y0 - lessAcross],
    ]);
  }

  /** Fill a shape without dents, given its corners one after the other. */
  fillCorners(corners) {
    const rows = corners.map(([, y]) => y);
    const top = Math.max(0, Math.min(...rows));
    const bottom = Math.min(this.side - 1, Math.max(...rows));
    if (top > bottom) return;
    this.left.fill(Infinity, top, bottom + 1);
    this.right.fill(-Infinity, top, bottom + 1);
    let from = corners.at(-1);
    for (const to of corners) {
      this.edge(from, to);
      from = to;
    }
    for (let row = top; row <= bottom; row++) {
      this.fill(row, roundOut(this.left[row]), roundIn(this.right[row]));
    }
  }

  /** Let each row reach out to an edge of a shape, in floats of four bytes as Pillow has. */
  edge([x0, y0], [x1, y1]) {
    const { left, right } = this;
    const top = Math.max(0, Math.min(y0, y1));
    const bottom = Math.min(this.side - 1, Math.max(y0, y1));
    const slope = y0 === y1 ? 0 : Math.fround((x1 - x0) / (y1 - y0));
    for (let row = top; row <= bottom; row++) {
      const x = Math.fround(Math.fround((row - y0) * slope) + x0);
      left[row] = Math.min(left[row], x);
      right[row] = Math.max(right[row], x);
      if (y0 === y1) {
        left[row] = Math.min(left[row], x1);
        right[row] = Math.max(right[row], x1);
      }
    }
  }

  /** A disc around a point. Its box has whole columns and rows, so it may be an ellipse. */
  disc(x, y, radius) {
    const [left, top] = [Math.trunc(x - radius), Math.trunc(y - radius)];
    const [across, down] = [Math.trunc(x + radius) - left, Math.trunc(y + radius) - top];
    const name = across * 4096 + down;
    if (!this.discs.has(name)) this.discs.set(name, halfWidths(across, down));
    const widths = this.discs.get(name);
    for (let row = 0; row <= down; row++) {
      const half = widths[Math.abs(2 * row - down) >> 1];
      this.fill(top + row, left + (across - half) / 2, left + (across + half) / 2);
    }
  }
}

/**
 * Half the width of an ellipse in each row, from the middle row outwards, in half pixels.
 * The edge is walked along from the side to the top, each time to the neighbour that is
 * nearest to the ellipse.
 */
export function halfWidths(across, down) {
  const off = (x, y) => Math.abs((across * y) ** 2 + (down * x) ** 2 - (across * down) ** 2);
  const widths = [];
  let [x, y] = [across, down % 2];
  widths.push(x);
  while (x !== across % 2 || y !== down) {
    let next = [x, y + 2];
    if (x > 1) {
      for (const other of [[x - 2, y + 2], [x - 2, y]]) {
        if (off(...other) < off(...next)) next = other;
      }
    }
    if (next[1] !== y) widths.push(next[0]);
    [x, y] = next;
  }
  return widths;
}

/** The nearest whole number; of two as near, the one farther from 0. */
function roundOut(number) {
  return Math.sign(number) * Math.floor(Math.abs(number) + 0.5);
}

/** The nearest whole number; of two as near, the one nearer to 0. */
function roundIn(number) {
  return Math.sign(number) * Math.ceil(Math.abs(number) - 0.5);
}

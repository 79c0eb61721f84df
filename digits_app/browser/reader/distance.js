// A drawing as a map of distances to the edge of its ink.
// Python: `map_strokes` of drawing/tilted_copies.py, with SciPy's distance transform.

import { shrink, whereInk } from "./ink.js";

const { fround } = Math;
const FAR = 1e9; // squared pixels: farther than any

/**
 * Map a digit that was cut out. The map has { distance, width, height }, pixels row by row:
 * positive inside, negative outside. `lift` is how far it is raised for an even pen, and
 * `radius` half the width of the pen that drew it.
 */
export function mapStrokes(digit, rule, inkRule) {
  const small = shrink(digit, rule.field_side);
  const width = small.width + 2 * rule.margin;
  const height = small.height + 2 * rule.margin;
  const hasInk = new Uint8Array(width * height);
  const ink = whereInk(small, inkRule);
  for (let y = 0; y < small.height; y++) {
    const row = ink.subarray(y * small.width, (y + 1) * small.width);
    hasInk.set(row, (y + rule.margin) * width + rule.margin);
  }
  const toPaper = squaredDistances(hasInk, width, height, 0);
  const toInk = squaredDistances(hasInk, width, height, 1);
  const distance = new Float32Array(width * height);
  for (let i = 0; i < distance.length; i++) {
    distance[i] = hasInk[i] ? Math.sqrt(toPaper[i]) - 0.5 : 0.5 - Math.sqrt(toInk[i]);
  }
  const radius = Math.max(penRadius(distance, width, height, rule), rule.least_pen_radius);
  const longer = Math.max(small.width, small.height) - 2 * radius;
  const change = (rule.pen_share * Math.max(longer, rule.least_side)) / 2 - radius;
  // Never thin all the ink away.
  const lift = Math.max(change, 1 - greatest(distance));
  return { distance, width, height, lift, radius };
}

function greatest(numbers) {
  let most = -Infinity;
  for (const number of numbers) most = Math.max(most, number);
  return most;
}

/**
 * Squared distance of each pixel to the nearest one that is `wanted`, exact.
 * First along the columns, then along the rows: P. Felzenszwalb, D. Huttenlocher, "Distance
 * Transforms of Sampled Functions", Theory of Computing 8, 2012.
 */
export function squaredDistances(hasInk, width, height, wanted) {
  const squared = new Float64Array(width * height);
  for (let x = 0; x < width; x++) {
    let away = FAR;
    for (let y = 0, i = x; y < height; y++, i += width) {
      away = hasInk[i] === wanted ? 0 : away + 1;
      squared[i] = away;
    }
    for (let y = height - 1, i = y * width + x; y >= 0; y--, i -= width) {
      away = Math.min(squared[i], away + 1);
      squared[i] = Math.min(FAR, away * away);
    }
  }
  const row = new Float64Array(width);
  const lowest = new Int32Array(width); // columns of the parabolas that are lowest somewhere
  const from = new Float64Array(width + 1); // where each of them begins to be
  for (let start = 0; start < squared.length; start += width) {
    row.set(squared.subarray(start, start + width));
    let last = 0;
    lowest[0] = 0;
    from[0] = -Infinity;
    for (let x = 1; x < width; x++) {
      let meet = meeting(row, lowest[last], x);
      while (meet <= from[last]) meet = meeting(row, lowest[--last], x);
      lowest[++last] = x;
      from[last] = meet;
    }
    from[last + 1] = Infinity;
    for (let x = 0, k = 0; x < width; x++) {
      while (from[k + 1] < x) k++;
      const away = x - lowest[k];
      squared[start + x] = away * away + row[lowest[k]];
    }
  }
  return squared;
}

/** Where two parabolas meet that stand at columns a < b, as high as the row says there. */
function meeting(row, a, b) {
  return (row[b] + b * b - (row[a] + a * a)) / (2 * (b - a));
}

/** Half the pen's width: a low percentile of the depth along the middle of the stroke. */
function penRadius(distance, width, height, rule) {
  const depths = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1, i = y * width + x; x < width - 1; x++, i++) {
      if (distance[i] > 0 && isDeepest(distance, i, width)) depths.push(distance[i]);
    }
  }
  depths.sort((a, b) => a - b);
  const place = rule.pen_percentile * (depths.length - 1);
  const [low, high] = [depths[Math.floor(place)], depths[Math.ceil(place)]];
  // In floats of four bytes, as NumPy works it out.
  return fround(low + fround(fround(high - low) * fround(place % 1)));
}

function isDeepest(distance, i, width) {
  const depth = distance[i];
  for (const row of [i - width, i, i + width]) {
    for (let j = row - 1; j <= row + 1; j++) if (distance[j] > depth) return false;
  }
  return true;
}

// From a bitmap in its frame to 8x8 counts: steps 3 to 5 of drawing/five_steps.py.
//
// A bitmap has `side` x `side` pixels row by row: 1 is ink.

import { clamp, roundHalfEven } from "./numbers.js";

/** Take bitmaps, one after the other, through the steps; returns their counts, 0..16. */
export function prepareBitmaps(bitmaps, rule) {
  const { frame_side: side, block_side: block } = rule;
  const size = side * side;
  const nCounts = (side / block) ** 2;
  const counts = new Uint8Array((bitmaps.length / size) * nCounts);
  for (let i = 0; i * size < bitmaps.length; i++) {
    const bitmap = bitmaps.subarray(i * size, (i + 1) * size);
    const upright = deslant(evenOutStroke(bitmap, rule), rule);
    counts.set(blockCounts(upright, rule), i * nCounts);
  }
  return counts;
}

/** Step 3: thin the stroke where there is much ink, thicken it where there is little. */
export function evenOutStroke(bitmap, rule) {
  const { frame_side: side, thick_stroke: thick, thin_stroke: thin } = rule;
  let ink = 0;
  for (const pixel of bitmap) ink += pixel;
  if (ink > thick[0]) return erode(erode(bitmap, side), side);
  if (ink > thick[1]) return erode(bitmap, side);
  if (ink < thin[0]) return dilate(dilate(bitmap, side), side);
  if (ink < thin[1]) return dilate(bitmap, side);
  return bitmap;
}

/** Keep the ink whose four neighbours are ink; outside there is none. */
function erode(bitmap, side) {
  return changed(bitmap, side, (ink, neighbours) => ink & (neighbours === 4));
}

/** Add ink where one of the four neighbours is ink. */
function dilate(bitmap, side) {
  return changed(bitmap, side, (ink, neighbours) => ink | (neighbours > 0));
}

function changed(bitmap, side, change) {
  const after = new Uint8Array(bitmap.length);
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      const neighbours =
        (y > 0 ? bitmap[i - side] : 0) +
        (y < side - 1 ? bitmap[i + side] : 0) +
        (x > 0 ? bitmap[i - 1] : 0) +
        (x < side - 1 ? bitmap[i + 1] : 0);
      after[i] = change(bitmap[i], neighbours);
    }
  }
  return after;
}

/** Step 4: shear the rows until the leftmost ink near the top and near the bottom line up. */
export function deslant(bitmap, rule) {
  const side = rule.frame_side;
  const slope = leftmostSlope(bitmap, rule);
  const upright = new Uint8Array(bitmap.length);
  for (let y = 0; y < side; y++) {
    const shift = clamp(roundHalfEven(slope * (y - (side >> 1))), -side, side);
    for (let x = Math.max(0, -shift); x < Math.min(side, side - shift); x++) {
      upright[y * side + x] = bitmap[y * side + x + shift];
    }
  }
  return upright;
}

/** Columns to the right per row down; 0 where one of the two rows is empty. */
function leftmostSlope(bitmap, { frame_side: side, slant_rows_inset: inset }) {
  const leftmost = (row) => bitmap.subarray(row * side, (row + 1) * side).indexOf(1);
  const first = bitmap.indexOf(1);
  if (first < 0) return 0;
  const top = Math.min(Math.floor(first / side) + inset, side - 1);
  const bottom = Math.max(Math.floor(bitmap.lastIndexOf(1) / side) - inset, 0);
  const [above, below] = [leftmost(top), leftmost(bottom)];
  if (bottom <= top || above < 0 || below < 0) return 0;
  return (above - below) / (top - bottom);
}

/** Step 5: count the ink of each block. */
export function blockCounts(bitmap, { frame_side: side, block_side: block }) {
  const nBlocks = side / block;
  const counts = new Uint8Array(nBlocks * nBlocks);
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      counts[Math.floor(y / block) * nBlocks + Math.floor(x / block)] += bitmap[i];
    }
  }
  return counts;
}

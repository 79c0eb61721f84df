// The ink of a picture: found, cut out, and shrunk.
// Python: drawing/ink.py, and `shrink` of drawing/five_steps.py.
//
// A picture is { levels, width, height }: levels 0..255, row by row.

import { clamp, medianLevel, roundHalfEven } from "./numbers.js";

const PRECISION = 22; // bits with which Pillow weighs the pixels that it averages

/** How far each pixel is from the background, the strongest 255; null where nothing is. */
export function inkIntensity(picture, rule) {
  const { levels } = picture;
  const background = Math.trunc(rimMedian(picture));
  const isThere = new Uint8Array(256);
  for (let i = 0; i < levels.length; i++) isThere[levels[i]] = 1;
  const farthest = Math.max(background - isThere.indexOf(1), isThere.lastIndexOf(1) - background);
  if (farthest < rule.min_contrast) return null;
  if (background === 0 && farthest === 255) return picture;
  const stretched = Uint8Array.from({ length: 256 }, (_, level) =>
    Math.min(255, roundHalfEven((Math.abs(level - background) * 255) / farthest)),
  );
  return { ...picture, levels: levels.map((level) => stretched[level]) };
}

function rimMedian({ levels, width, height }) {
  const counts = new Uint32Array(256);
  for (let x = 0; x < width; x++) {
    counts[levels[x]]++;
    counts[levels[(height - 1) * width + x]]++;
  }
  for (let y = 0; y < height; y++) {
    counts[levels[y * width]]++;
    counts[levels[y * width + width - 1]]++;
  }
  return medianLevel(counts);
}

/** Cut a picture down to its ink; null where that is too small for a digit. */
export function cutOutDigit(picture, rule) {
  const { levels, width, height } = picture;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (levels[i] < rule.ink_from) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  const cut = { levels: null, width: right - left + 1, height: bottom - top + 1 };
  const least = Math.max(rule.min_ink_pixels, rule.min_ink_share * Math.max(width, height));
  if (Math.max(cut.width, cut.height) < least) return null;
  cut.levels = new Uint8Array(cut.width * cut.height);
  for (let y = 0; y < cut.height; y++) {
    const first = (top + y) * width + left;
    cut.levels.set(levels.subarray(first, first + cut.width), y * cut.width);
  }
  return cut;
}

/** Shrink ink to at most `side` pixels a side, and make it as strong as it was. */
export function shrink(picture, side) {
  const scale = side / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const [width, height] = [picture.width, picture.height].map((pixels) =>
    Math.max(1, roundHalfEven(pixels * scale)),
  );
  // First the columns, then the rows, as Pillow does it.
  const narrow = average(picture, width, picture.height, "columns");
  return strengthen(average(narrow, width, height, "rows"));
}

/** Bring one axis of a picture to a new length: each pixel the mean of those it covers. */
function average(picture, width, height, axis) {
  const across = axis === "columns";
  const [before, after] = across ? [picture.width, width] : [picture.height, height];
  const [stepBefore, stepAfter] = across ? [1, 1] : [picture.width, width];
  const [lineBefore, lineAfter] = across ? [picture.width, width] : [1, 1];
  const levels = new Uint8Array(width * height);
  for (let place = 0; place < after; place++) {
    const [first, n] = covered(place, before / after, before);
    const weight = Math.trunc(0.5 + (1 / n) * 2 ** PRECISION);
    for (let line = 0; line < (across ? height : width); line++) {
      let sum = 2 ** (PRECISION - 1);
      const start = line * lineBefore + first * stepBefore;
      for (let k = 0; k < n; k++) sum += picture.levels[start + k * stepBefore] * weight;
      levels[line * lineAfter + place * stepAfter] = clamp(sum >> PRECISION, 0, 255);
    }
  }
  return { levels, width, height };
}

/** Which pixels a pixel covers that is `scale` times as long: the first, and how many. */
function covered(place, scale, length) {
  const middle = (place + 0.5) * scale;
  let first = Math.max(0, Math.trunc(middle - scale / 2 + 0.5));
  let end = Math.min(length, Math.trunc(middle + scale / 2 + 0.5));
  // Of the pixels at its ends, those whose middle lies within; on the edge, only the last.
  const isWithin = (pixel) => {
    const away = (pixel - middle + 0.5) * (1 / scale);
    return away > -0.5 && away <= 0.5;
  };
  while (first < end && !isWithin(first)) first++;
  while (end > first && !isWithin(end - 1)) end--;
  return [first, end - first];
}

/** The median of what is at least half as strong as the strongest becomes 255. */
function strengthen(picture) {
  const { levels } = picture;
  const counts = new Uint32Array(256);
  let strongest = 0;
  for (const level of levels) {
    counts[level]++;
    strongest = Math.max(strongest, level);
  }
  const median = medianLevel(counts, Math.ceil(strongest / 2));
  if (median === 0 || median === 255) return picture;
  const factor = 255 / median;
  return { ...picture, levels: levels.map((level) => Math.min(255, level * factor)) };
}

/** Where there is ink: 1, and 0 elsewhere. */
export function whereInk({ levels }, rule) {
  return levels.map((level) => (level >= rule.ink_from ? 1 : 0));
}

// What the networks take: pixels, and the directions in which the ink rises.
// Python: network/features.py.

/** Pixels of 0..16 as numbers, for the lesson's networks. */
export function pixels(counts) {
  return Float64Array.from(counts);
}

/**
 * For each of `n` copies its pixels, 0..1, then for each direction the mean slope in each
 * block of 2x2 pixels, counted as 0 where the ink falls.
 */
export function strokeDirections(counts, n, { side, max_intensity: most, directions }) {
  const [cosines, sines] = directions;
  const half = side / 2;
  const nFeatures = side * side + cosines.length * half * half;
  const features = new Float64Array(n * nFeatures);
  for (let copy = 0; copy < n; copy++) {
    const image = counts.subarray(copy * side * side, (copy + 1) * side * side);
    const place = features.subarray(copy * nFeatures, (copy + 1) * nFeatures);
    const isInside = (x, y) => x >= 0 && x < side && y >= 0 && y < side;
    const ink = (x, y) => (isInside(x, y) ? image[y * side + x] / most : 0);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        place[y * side + x] = ink(x, y);
        const [across, down] = [ink(x + 1, y) - ink(x - 1, y), ink(x, y + 1) - ink(x, y - 1)];
        const block = side * side + (y >> 1) * half + (x >> 1);
        for (let k = 0; k < cosines.length; k++) {
          const rise = across * cosines[k] + down * sines[k];
          if (rise > 0) place[block + k * half * half] += rise / 4;
        }
      }
    }
  }
  return features;
}

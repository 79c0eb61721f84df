// Arithmetic as Python and NumPy do it, where a browser's own would differ.

/** The nearest whole number; of two that are as near, the even one. */
export function roundHalfEven(number) {
  const floor = Math.floor(number);
  const over = number - floor;
  if (over !== 0.5) return over < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

export function clamp(number, least, greatest) {
  return Math.min(greatest, Math.max(least, number));
}

/** Add up as NumPy does: eight sums side by side, then these. At most 128 numbers. */
export function sum(numbers, n) {
  let total = 0;
  let done = 0;
  if (n >= 8) {
    const sums = numbers.slice(0, 8);
    for (done = 8; done + 8 <= n; done += 8) {
      for (let k = 0; k < 8; k++) sums[k] += numbers[done + k];
    }
    const [a, b, c, d, e, f, g, h] = sums;
    total = a + b + (c + d) + (e + f + (g + h));
  }
  for (; done < n; done++) total += numbers[done];
  return total;
}

/** Median of the levels 0..255 that are at least `from`, given how many there are of each. */
export function medianLevel(counts, from = 0) {
  let n = 0;
  for (let level = from; level < counts.length; level++) n += counts[level];
  // Of an even number of levels it is the mean of the two in the middle.
  const [low, high] = [Math.floor((n - 1) / 2), Math.floor(n / 2)];
  let below = 0;
  let first = -1;
  for (let level = from; level < counts.length; level++) {
    below += counts[level];
    if (first < 0 && below > low) first = level;
    if (below > high) return (first + level) / 2;
  }
  return 0;
}

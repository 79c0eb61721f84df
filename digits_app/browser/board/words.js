// How figures are said. The rules are those of `digits_app/wording.py`, which has a word for
// each of them; `tests/browser/test_words.py` compares the two.

/** Write a number as Python does: what lies exactly in the middle goes to the even digit. */
function fixed(value, digits) {
  const text = value.toFixed(digits);
  const isMiddle = digits === 0 ? value % 1 === 0.5 : value % 0.5 === 0.25;
  const isOdd = Number(text.at(-1)) % 2 === 1;
  return isMiddle && isOdd ? (value - 0.5 * 10 ** -digits).toFixed(digits) : text;
}

/** Write a probability, 0..1; only what is exactly 0 or 1 is "0%" or "100%". */
export function percent(share) {
  if (share === 0 || share === 1) return `${100 * share}%`;
  if (share < 0.001) return "<0.1%";
  if (share > 0.999) return ">99.9%";
  return `${fixed(100 * share, share >= 0.01 && share <= 0.99 ? 0 : 1)}%`;
}

/** Write a digit with its article. */
export function aDigit(digit) {
  return digit === 8 ? "an 8" : `a ${digit}`;
}

/** Put values into a sentence: `fill("{digit} it is", { digit: 7 })`. */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

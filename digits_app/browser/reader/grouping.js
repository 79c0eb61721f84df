// Which strokes of a drawing make one sign, and which sign each of them is.
// Python: drawing/grouping.py and reading/numbers.py; the numbers are in `rule.grouping`.

import { roundHalfEven } from "./numbers.js";

/** Strokes one above the other, or several such pieces side by side. */
class Piece {
  constructor(strokes, left, right, leastWidth) {
    this.strokes = strokes;
    this.left = left;
    this.right = right;
    this.leastWidth = leastWidth;
  }

  add({ strokes, left, right }) {
    const both = [...this.strokes, ...strokes].sort((a, b) => a - b);
    return new Piece(both, Math.min(this.left, left), Math.max(this.right, right), this.leastWidth);
  }

  get middle() {
    return (this.left + this.right) / 2;
  }

  get half() {
    return Math.max(this.right - this.left, this.leastWidth) / 2;
  }

  /** Share of the narrower one's width; below 0 where there is a gap. */
  sharedWith(other) {
    const end = Math.min(this.middle + this.half, other.middle + other.half);
    const start = Math.max(this.middle - this.half, other.middle - other.half);
    return (end - start) / (2 * Math.min(this.half, other.half));
  }
}

/**
 * The signs of a drawing, from left to right: for each its strokes, by their places, its
 * frame, and its paths as they are on the square canvas.
 *
 * `strokes` are the paths, read; those that were wholly erased have no points.
 * `digitProbability` asks about the paths of a part.
 */
export function splitDrawing(paths, strokes, rule, { side, width }, digitProbability) {
  const ink = strokes.filter(({ isInk, points }) => isInk && points.length);
  if (!ink.length) return [];
  const height = rowHeight(ink, rule);
  const pieces = piecesOf(strokes, height, rule);
  let chosen = pieces;
  if (ink.length > rule.most_strokes || pieces.length > rule.most_pieces) {
    chosen = [pieces.reduce((whole, piece) => whole.add(piece))];
  } else if (pieces.length > 1) {
    const runs = runsOf(pieces, height, rule);
    for (const run of runs) {
      run.probability = digitProbability(onSquare(paths, strokes, run.whole, side, width));
    }
    chosen = bestSplit(runs, pieces.length, rule).map(({ whole }) => whole);
  }
  const isAsEver = chosen.length === 1 && width === side;
  return chosen.map((piece) => ({
    strokes: piece.strokes,
    frame: frameOf(strokes, piece),
    paths: isAsEver ? paths : onSquare(paths, strokes, piece, side, width),
  }));
}

/** The least and the greatest of every other number, from the first or the second on. */
function reach(points, from) {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = from; i < points.length; i += 2) {
    least = Math.min(least, points[i]);
    greatest = Math.max(greatest, points[i]);
  }
  return [least, greatest];
}

function rowHeight(strokes, rule) {
  const heights = strokes.map(({ points }) => {
    const [[left, right], [top, bottom]] = [reach(points, 0), reach(points, 1)];
    return Math.max(bottom - top, rule.flat_row * (right - left));
  });
  return Math.max(...heights);
}

function piecesOf(strokes, height, rule) {
  let pieces = [];
  strokes.forEach(({ isInk, points }, i) => {
    if (!isInk || !points.length) return;
    let piece = new Piece([i], ...reach(points, 0), rule.least_width * height);
    const isAbove = (each) => piece.sharedWith(each) >= rule.one_piece;
    for (let above = pieces.find(isAbove); above; above = pieces.find(isAbove)) {
      const joined = above;
      pieces = pieces.filter((each) => each !== joined);
      piece = piece.add(joined);
    }
    pieces.push(piece);
  });
  return pieces.sort((a, b) => a.middle - b.middle);
}

function runsOf(pieces, height, rule) {
  const runs = [];
  pieces.forEach((piece, first) => {
    let [whole, gap, hangsTogether] = [piece, 0, true];
    runs.push({ first, end: first + 1, whole, cost: 0, hangsTogether });
    for (let i = first + 1; i < Math.min(first + rule.most_in_sign, pieces.length); i++) {
      gap = Math.max(gap, pieces[i].left - whole.right);
      hangsTogether &&= pieces[i - 1].sharedWith(pieces[i]) >= rule.together;
      whole = whole.add(pieces[i]);
      if (whole.right - whole.left > rule.widest_sign * height) break;
      const cost = rule.gap * Math.min(gap / height, rule.widest_gap);
      runs.push({ first, end: i + 1, whole, cost, hangsTogether });
    }
  });
  return runs;
}

/** The runs that together cover all pieces and cost least. */
function bestSplit(runs, nPieces, rule) {
  const overlap = (left, right) =>
    rule.overlap * Math.max(0, left.sharedWith(right) - rule.free_overlap);
  for (const run of runs) {
    let [least, before] = run.first === 0 ? [0, null] : [Infinity, null];
    for (const other of runs) {
      if (other === run) break;
      if (other.end !== run.first) continue;
      const cost = other.total + overlap(other.whole, run.whole);
      if (cost < least) [least, before] = [cost, other];
    }
    run.before = before;
    run.total = least + costOf(run, rule);
  }
  const lasts = runs.filter(({ end }) => end === nPieces);
  const chosen = [];
  let last = lasts.reduce((best, run) => (run.total < best.total ? run : best));
  for (; last; last = last.before) chosen.unshift(last);
  return chosen;
}

function costOf({ probability, cost, hangsTogether }, rule) {
  if (probability === null) return cost - 2 * Math.log(rule.least);
  if (probability < rule.no_digit_below && !hangsTogether) return Infinity;
  return cost - Math.log(probability + rule.least);
}

/** The paths of a sign, and those that erase, moved onto the square by whole pixels. */
function onSquare(paths, strokes, piece, side, width) {
  const shift = width === side ? 0 : roundHalfEven(piece.middle) - side / 2;
  return paths
    .filter((_, i) => piece.strokes.includes(i) || !strokes[i].isInk)
    .map((path) => (shift ? moved(path, shift) : path));
}

function moved(path, shift) {
  const commands = path.path.map(([name, ...numbers]) => [
    name,
    ...numbers.map((number, i) => (i % 2 ? number : number - shift)),
  ]);
  return { ...path, path: commands };
}

function frameOf(strokes, piece) {
  const own = piece.strokes.map((i) => strokes[i]);
  const half = Math.max(...own.map(({ width }) => width)) / 2;
  const rows = own.map(({ points }) => reach(points, 1));
  const top = Math.min(...rows.map(([least]) => least));
  const bottom = Math.max(...rows.map(([, greatest]) => greatest));
  return [piece.left - half, top - half, piece.right + half, bottom + half];
}

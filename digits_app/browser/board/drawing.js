// A drawing in the browser, kept in the tab. This copy is the truth: the server keeps what it
// is told, and says which revision that was.

import { keep, kept, TAB } from "../kept.js";
import { SIDE, WIDE } from "./canvas.js";

const REMEMBERED = 500; // names of drawings that this tab has already taken over
const MOST_MOMENTS = 400;
const SMALL = 40; // of the 280 units of a canvas: two widths of the usual pen

const drawings = new Map();

/** The drawing of a canvas, by the name under which the tab keeps it. */
export function drawingOf(stored) {
  if (!drawings.has(stored)) drawings.set(stored, new Drawing(stored));
  return drawings.get(stored);
}

/**
 * What is on a canvas: paths as in the canvas' JSON, in our units.
 *
 * `revision` counts the changes; a path bears the revision that it came with. `moments` are
 * the answers while it grew (`history.js`). What the server has put on the canvas has a name,
 * by which the tab knows it again. `width` is the canvas' width.
 */
export class Drawing extends EventTarget {
  #stored;

  constructor(stored) {
    super();
    this.#stored = stored;
    this.objects = [];
    this.width = SIDE;
    this.revision = 0;
    this.cleared = [];
    this.clearedWidth = SIDE;
    this.fitted = null; // what was made to fit the square, as it was: { objects, revision }
    this.known = [];
    this.moments = [];
    Object.assign(this, kept(TAB, stored));
  }

  get stored() {
    return this.#stored;
  }

  store() {
    keep(TAB, this.#stored, this);
  }

  add(path) {
    this.cleared = [];
    this.#become([...this.objects, { ...path, revision: this.revision + 1 }]);
  }

  /** Take the last stroke back, or right after Clear all that was cleared. */
  undo() {
    if (this.objects.length) this.#become(this.objects.slice(0, -1));
    else if (this.cleared.length) {
      this.width = this.clearedWidth;
      this.#become(this.cleared.splice(0));
    }
  }

  clear() {
    if (this.objects.length) [this.cleared, this.clearedWidth] = [this.objects, this.width];
    this.moments = [];
    this.#become([]);
  }

  /**
   * Change between the square canvas and the wide one. On the wide one all strokes stay where
   * they are, and so they do on the square where it has room for them. Else they are made to
   * fit, and are again as they were on the wide one.
   */
  resize(width) {
    const { objects, fitted, revision } = this;
    this.width = width;
    if (width === WIDE) {
      this.#become(fitted?.revision === revision ? fitted.objects : objects);
      this.fitted = null;
    } else {
      const fits = fit(objects);
      if (fits !== objects) this.moments = []; // of other lengths of ink
      this.#become(fits);
      this.fitted = { objects, revision: this.revision };
    }
    this.store();
  }

  /** Whether the tab has had what the server puts on the canvas. */
  knows(name) {
    return this.known.includes(name);
  }

  /** Become what the server puts on the canvas, with what was drawn since it saw `seen`. */
  place({ name, objects, seen, width = SIDE }) {
    this.known = [...this.known, name].slice(-REMEMBERED);
    this.cleared = [];
    this.moments = [];
    const later = this.objects.filter(({ revision }) => revision > seen);
    this.width = later.length ? Math.max(width, this.width) : width;
    this.#become([...objects, ...later]);
  }

  /** Keep an answer to the drawing as it is, or as it is being drawn; "noted" tells of it. */
  note(moment) {
    const before = this.moments.filter(
      ({ ink, strokes, network }) =>
        ink < moment.ink && strokes <= moment.strokes && network === moment.network,
    );
    this.moments = [...before, moment].slice(-MOST_MOMENTS);
    this.dispatchEvent(new Event("noted"));
  }

  #become(objects) {
    this.objects = objects;
    this.revision += 1;
    this.store();
  }
}

/** Whether all strokes together are so small that the pen's width hides their shape. */
export function isSmall(objects) {
  const [least, most] = corners(objects);
  return objects.length > 0 && Math.max(most[0] - least[0], most[1] - least[1]) < SMALL;
}

/** Upper left and lower right corner of the box around the pen's way. */
function corners(objects) {
  const [least, most] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (const [, ...numbers] of objects.flatMap(({ path }) => path)) {
    numbers.forEach((number, i) => {
      least[i % 2] = Math.min(least[i % 2], number);
      most[i % 2] = Math.max(most[i % 2], number);
    });
  }
  return [least, most];
}

/** Move strokes that reach beyond the square into its middle, and shrink them if they must. */
function fit(objects) {
  const [[left], [right]] = corners(objects);
  if (!(right > SIDE)) return objects;
  const pen = Math.max(...objects.map(({ strokeWidth }) => strokeWidth));
  const scale = Math.min(1, SIDE / (right - left + pen));
  const middle = [(left + right) / 2, SIDE / 2];
  const put = (n, axis) => Math.round(100 * (SIDE / 2 + (n - middle[axis]) * scale)) / 100;
  return objects.map((object) => ({
    ...object,
    path: object.path.map(([name, ...numbers]) => [name, ...numbers.map((n, i) => put(n, i % 2))]),
    strokeWidth: object.strokeWidth * scale,
  }));
}

// A drawing in the browser, kept in the tab. This copy is the truth: the server keeps what it
// is told, and says which revision that was.

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
 * by which the tab knows it again.
 */
export class Drawing {
  #stored;

  constructor(stored) {
    this.#stored = stored;
    this.objects = [];
    this.revision = 0;
    this.cleared = [];
    this.known = [];
    this.moments = [];
    try {
      Object.assign(this, JSON.parse(sessionStorage.getItem(stored)) ?? {});
    } catch {
      // Storage is switched off, or holds something else: begin with an empty canvas.
    }
  }

  get stored() {
    return this.#stored;
  }

  store() {
    try {
      sessionStorage.setItem(this.#stored, JSON.stringify(this));
    } catch {
      // Storage is switched off or full: the drawing then does not outlive a reload.
    }
  }

  add(path) {
    this.cleared = [];
    this.#become([...this.objects, { ...path, revision: this.revision + 1 }]);
  }

  /** Take the last stroke back, or right after Clear all that was cleared. */
  undo() {
    if (this.objects.length) this.#become(this.objects.slice(0, -1));
    else if (this.cleared.length) this.#become(this.cleared.splice(0));
  }

  clear() {
    if (this.objects.length) this.cleared = this.objects;
    this.moments = [];
    this.#become([]);
  }

  /** Whether the tab has had what the server puts on the canvas. */
  knows(name) {
    return this.known.includes(name);
  }

  /** Become what the server puts on the canvas, with what was drawn since it saw `seen`. */
  place({ name, objects, seen }) {
    this.known = [...this.known, name].slice(-REMEMBERED);
    this.cleared = [];
    this.moments = [];
    this.#become([...objects, ...this.objects.filter(({ revision }) => revision > seen)]);
  }

  /** Keep an answer to the drawing as it is, or as it is being drawn. */
  note(moment) {
    const before = this.moments.filter(
      ({ ink, strokes, network }) =>
        ink < moment.ink && strokes <= moment.strokes && network === moment.network,
    );
    this.moments = [...before, moment].slice(-MOST_MOMENTS);
  }

  #become(objects) {
    this.objects = objects;
    this.revision += 1;
    this.store();
  }
}

/** Whether all strokes together are so small that the pen's width hides their shape. */
export function isSmall(objects) {
  const [least, most] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (const [, ...numbers] of objects.flatMap(({ path }) => path)) {
    numbers.forEach((number, i) => {
      least[i % 2] = Math.min(least[i % 2], number);
      most[i % 2] = Math.max(most[i % 2], number);
    });
  }
  return objects.length > 0 && Math.max(most[0] - least[0], most[1] - least[1]) < SMALL;
}

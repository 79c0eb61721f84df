// A slate to write one digit on, with a connection or without one. Points are kept, and only
// points are sent. Pointer, points and curves are the board's; the canvas is not: on thirty
// phones that share one Wi-Fi its script would be 109 KB each, packed, for one pen.

import { SIDE } from "../board/canvas.js";
import { paintLine, tenths } from "../board/curve.js";
import { Pen } from "../board/pen.js";

export const PEN = 20; // width of the pen, in units
export const CHALK = "#fbf7ee";

export class Slate {
  #strokes = [];

  /** `changed` is called after each stroke and whenever the ink is replaced. */
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    const paint = () => this.paint();
    this.pen = new Pen(canvas, {
      down() {},
      move: paint,
      up: (stroke) => this.strokes = [...this.#strokes, tenths(stroke.points).flat()],
      giveWay: paint,
    });
    canvas.addEventListener("touchstart", (event) => event.preventDefault());
    this.watcher = new ResizeObserver(paint);
    this.watcher.observe(canvas);
  }

  close() {
    this.pen.close();
    this.watcher.disconnect();
  }

  /** What is written, each stroke a list x, y, x, y, ... A line that is drawn ends here. */
  get strokes() {
    this.pen.finish();
    return this.#strokes;
  }

  set strokes(strokes) {
    this.#strokes = strokes;
    this.paint();
    this.changed(strokes);
  }

  undo() {
    this.strokes = this.strokes.slice(0, -1);
  }

  clear() {
    this.pen.finish();
    this.strokes = [];
  }

  paint() {
    const size = Math.round(this.canvas.clientWidth * Math.max(1, devicePixelRatio));
    if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size;
    const begun = this.pen.stroke ? [tenths(this.pen.stroke.points).flat()] : [];
    paintStrokes(this.canvas, [...this.#strokes, ...begun], PEN);
  }
}

/** Paint a digit over the whole of a square canvas. */
export function paintStrokes(canvas, strokes, width) {
  const context = canvas.getContext("2d");
  context.setTransform(canvas.width / SIDE, 0, 0, canvas.width / SIDE, 0, 0);
  context.clearRect(0, 0, SIDE, SIDE);
  for (const stroke of strokes) paintLine(context, stroke, width, CHALK);
}

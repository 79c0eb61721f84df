// The pointer on the canvas: one stroke at a time, of a mouse, a finger or a pen.

import { SIDE, sendMouse, sendTouch } from "./canvas.js";
import { curve, tenths } from "./curve.js";

const LEAST_STEP = 1.5; // units between two points of a stroke

/** A stroke: the points of a pen. */
export class Stroke {
  constructor(pen, point) {
    this.pen = pen;
    this.points = [point];
  }

  add(point) {
    const [x, y] = this.points.at(-1);
    if (Math.hypot(point[0] - x, point[1] - y) < LEAST_STEP) return false;
    this.points.push(point);
    return true;
  }

  /** The path as the canvas' JSON has it, in our units. */
  path() {
    return {
      type: "Path", path: curve(tenths(this.points)), fill: null,
      stroke: this.pen.colour, strokeWidth: this.pen.width,
      strokeLineCap: "round", strokeLineJoin: "round",
    };
  }
}

/**
 * Listens to the pointer. A second finger or a palm is heard neither here nor by the canvas.
 * A palm that was there before the pen gives way to it.
 */
export class Pen {
  constructor(surface, { down, move, up, giveWay }) {
    this.surface = surface;
    this.box = surface.getBoundingClientRect();
    this.on = { down, move, up, giveWay };
    this.kind = null; // width and colour
    this.stroke = null;
    this.pointer = null; // id of the pointer that draws
    this.touch = null; // the same finger's number among touches
    this.last = null; // where it was last, on the screen
    this.closing = new AbortController();
    const heard = { signal: this.closing.signal, capture: true };
    const root = surface.getRootNode();
    surface.addEventListener("pointerdown", (event) => this.begin(event), heard);
    addEventListener("pointermove", (event) => this.follow(event), heard);
    addEventListener("pointerup", (event) => this.lift(event), heard);
    addEventListener("pointercancel", (event) => this.lift(event), heard);
    for (const type of ["touchstart", "touchmove", "touchend"]) {
      root.addEventListener(type, (event) => this.sift(event), { ...heard, passive: false });
    }
    root.addEventListener("mousedown", (event) => this.siftMouse(event), heard);
  }

  close() {
    this.finish();
    this.closing.abort();
  }

  point({ clientX, clientY }) {
    const box = this.surface.getBoundingClientRect();
    if (box.width) this.box = box; // a canvas that is being taken down has none
    const { left, top, height } = this.box;
    return [left, top].map((edge, axis) => ([clientX, clientY][axis] - edge) * SIDE / height);
  }

  begin(event) {
    if (event.isTrusted) this.on.down(event);
    if (event.pointerType === "pen" && this.touch !== null) this.giveWay();
    if (this.stroke || event.button !== 0) return;
    this.pointer = event.pointerId;
    this.touch = null;
    this.last = event;
    this.stroke = new Stroke(this.kind, this.point(event));
    this.on.move();
  }

  follow(event) {
    if (!this.stroke || event.pointerId !== this.pointer) return;
    if (event.isTrusted && event.pointerType === "mouse" && !(event.buttons & 1)) {
      this.finish(); // lifted where nobody told us
      return;
    }
    // The browser tells the canvas only the last of several points: we hand it all of them.
    const events = event.getCoalescedEvents?.() ?? [];
    for (const each of events.slice(0, -1)) this.tellCanvas(each);
    let moved = false;
    for (const each of events.length ? events : [event]) {
      moved = this.stroke.add(this.point(each)) || moved;
    }
    this.last = event;
    if (moved) this.on.move();
  }

  tellCanvas({ clientX, clientY }) {
    const where = [clientX, clientY];
    if (this.touch === null) sendMouse(this.surface, "mousemove", where);
    else sendTouch(this.surface, "touchmove", this.touch, where);
  }

  lift(event) {
    if (!this.stroke || event.pointerId !== this.pointer) return;
    if (event.type === "pointerup") {
      if (this.stroke.add(this.point(event))) this.on.move();
      this.last = event;
    }
    const touch = this.touch;
    this.finish();
    // After a cancel the canvas would wait for its finger for ever, and while a palm rests
    // on it for the palm: end its stroke as well.
    const where = [this.last.clientX, this.last.clientY];
    if (event.type === "pointercancel") {
      if (touch !== null) sendTouch(this.surface, "touchend", touch, where);
      else sendMouse(this.surface, "mouseup", where);
    } else if (touch !== null) {
      this.lifted = touch;
    }
  }

  /** What the palm drew is no stroke. The canvas shows it, and must be loaded again. */
  giveWay() {
    const { touch, last } = this;
    this.stroke = this.pointer = this.touch = null;
    sendTouch(this.surface, "touchend", touch, [last.clientX, last.clientY]);
    this.on.giveWay();
  }

  finish() {
    if (!this.stroke) return;
    const stroke = this.stroke;
    this.stroke = this.pointer = this.touch = null;
    this.on.up(stroke);
  }

  /** Keep from the canvas what is not the drawing finger's. */
  sift(event) {
    if (!event.isTrusted) return;
    const [first] = event.changedTouches;
    if (event.type === "touchstart") {
      if (this.stroke && this.touch === null) this.touch = first.identifier;
      else if (this.stroke) event.stopImmediatePropagation();
    } else if (event.type === "touchmove") {
      if (this.touch === null || first.identifier === this.touch) return;
      event.stopImmediatePropagation();
      const own = [...event.changedTouches].find((t) => t.identifier === this.touch);
      if (own) sendTouch(this.surface, "touchmove", this.touch, [own.clientX, own.clientY]);
    } else if (first.identifier === this.lifted) {
      this.lifted = null;
      if (event.touches.length) {
        event.stopImmediatePropagation();
        sendTouch(this.surface, "touchend", first.identifier, [first.clientX, first.clientY]);
      }
    } else if (this.stroke) {
      event.stopImmediatePropagation();
    }
  }

  /** A mouse pressed while a finger draws is not heard either. */
  siftMouse(event) {
    if (event.isTrusted && this.stroke && this.touch !== null) event.stopImmediatePropagation();
  }
}

/** The cursor: a ring as wide as the pen. */
export function drawRing(surface, width) {
  const across = (width * surface.getBoundingClientRect().height) / SIDE;
  const side = Math.ceil(Math.min(across, 120)) + 4;
  const middle = side / 2;
  const ring = (colour, thick) =>
    `<circle cx="${middle}" cy="${middle}" r="${middle - 2}" fill="none" ` +
    `stroke="${colour}" stroke-width="${thick}"/>`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">` +
    ring("black", 3) + ring("white", 1.5) + "</svg>";
  surface.style.setProperty(
    "--pen-ring",
    `url("data:image/svg+xml,${encodeURIComponent(svg)}") ${middle} ${middle}, crosshair`,
  );
}

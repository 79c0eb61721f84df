// The drawing in the browser: the strokes of the pen, kept in the tab, sent to the server.
//
// The tab's copy is the truth. A drawing has a name, which the server gives it where it
// changes it (Undo, Clear, a digit opened here), and a revision, which counts what was sent.
// A session that does not know the drawing takes it over.

const LEAST_STEP = 1.5; // units between two points of a stroke
const REMEMBERED = 500; // names of drawings that this tab has already taken over

class Drawing {
  constructor(stored) {
    Object.defineProperty(this, "stored", { value: stored }); // not part of the copy itself
    this.objects = [];
    this.name = "";
    this.revision = 0;
    this.known = [];
    try {
      Object.assign(this, JSON.parse(sessionStorage.getItem(stored)) ?? {});
    } catch {
      // Storage is switched off, or holds something else: begin with an empty canvas.
    }
  }

  store() {
    try {
      sessionStorage.setItem(this.stored, JSON.stringify(this));
    } catch {
      // Storage is switched off or full: the drawing then does not outlive a reload.
    }
  }

  /** Whether this tab has had the drawing before; a drawing without a name is its own. */
  knows({ name }) {
    return name === "" || this.known.includes(name);
  }

  /** Take over what the server made of it, with what was drawn since the server saw it. */
  takeOver({ name, objects, seen }) {
    const since = this.objects.filter((object) => object.end > seen);
    this.objects = [...objects, ...since];
    this.name = name;
    this.known = [...this.known, name].slice(-REMEMBERED);
    this.store();
    return since.length > 0;
  }

  /** Whether the canvas, loaded with a revision of a drawing, shows another than the tab's. */
  lacks({ name, revision, objects }) {
    return (
      name !== this.name ||
      this.objects.some((object) => object.end > revision) ||
      placed(this.objects) !== placed(objects)
    );
  }
}

/** Of a drawing's strokes those that the server put there, to be compared. */
function placed(objects) {
  return JSON.stringify(objects.filter(({ end }) => end === undefined));
}

/** A stroke: the pen's points become the controls of curves between their middles. */
class Stroke {
  constructor(pen, point) {
    this.pen = pen;
    this.points = [point];
    this.began = performance.now();
  }

  add(point) {
    const [x, y] = this.points.at(-1);
    if (Math.hypot(point[0] - x, point[1] - y) < LEAST_STEP) return false;
    this.points.push(point);
    return true;
  }

  object() {
    const points = this.points.map((point) => point.map((n) => Math.round(n * 10) / 10));
    const path = [["M", ...points[0]]];
    for (let i = 1; i < points.length; i++) {
      const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
      path.push(["Q", ax, ay, (ax + bx) / 2, (ay + by) / 2]);
    }
    path.push(["L", ...points.at(-1)]);
    return {
      type: "Path", path, fill: null, stroke: this.pen.colour, strokeWidth: this.pen.width,
      strokeLineCap: "round", strokeLineJoin: "round",
    };
  }
}

/**
 * Listens to the pointer on the canvas. One stroke at a time: a second finger or a palm is
 * heard neither here nor by the canvas. A palm that was there before the pen gives way to it.
 */
class Pen {
  constructor(canvas, { down, move, up, giveWay }) {
    this.canvas = canvas;
    this.box = canvas.getBoundingClientRect();
    this.on = { down, move, up, giveWay };
    this.stroke = null;
    this.pointer = null; // id of the pointer that draws
    this.touch = null; // the same finger's number among touches
    this.last = null; // where it was last, on the screen
    this.closing = new AbortController();
    const heard = { signal: this.closing.signal, capture: true };
    const root = canvas.getRootNode();
    canvas.addEventListener("pointerdown", (event) => this.begin(event), heard);
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
    const box = this.canvas.getBoundingClientRect();
    if (box.width) this.box = box; // a canvas that is being taken down has none
    const { left, top, width } = this.box;
    return [left, top].map((edge, axis) => ([clientX, clientY][axis] - edge) * CANVAS_SIDE / width);
  }

  begin(event) {
    if (event.isTrusted) this.on.down(event);
    if (event.pointerType === "pen" && this.touch !== null) this.giveWay();
    if (this.stroke || event.button !== 0) return;
    this.pointer = event.pointerId;
    this.touch = null;
    this.last = event;
    this.stroke = new Stroke(this.width, this.point(event));
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
    if (this.touch === null) sendMouse(this.canvas, "mousemove", where);
    else sendTouch(this.canvas, "touchmove", this.touch, where);
  }

  lift(event) {
    if (!this.stroke || event.pointerId !== this.pointer) return;
    if (event.type === "pointerup") {
      this.stroke.add(this.point(event));
      this.last = event;
    }
    const touch = this.touch;
    this.finish();
    // After a cancel the canvas would wait for its finger for ever, and while a palm rests
    // on it for the palm: end its stroke as well.
    const where = [this.last.clientX, this.last.clientY];
    if (event.type === "pointercancel") {
      if (touch !== null) sendTouch(this.canvas, "touchend", touch, where);
      else sendMouse(this.canvas, "mouseup", where);
    } else if (touch !== null) {
      this.lifted = touch;
    }
  }

  /** What the palm drew is no stroke. The canvas shows it, and must be loaded again. */
  giveWay() {
    const { touch, last } = this;
    this.stroke = this.pointer = this.touch = null;
    sendTouch(this.canvas, "touchend", touch, [last.clientX, last.clientY]);
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
      if (own) sendTouch(this.canvas, "touchmove", this.touch, [own.clientX, own.clientY]);
    } else if (first.identifier === this.lifted) {
      this.lifted = null;
      if (event.touches.length) {
        event.stopImmediatePropagation();
        sendTouch(this.canvas, "touchend", first.identifier, [first.clientX, first.clientY]);
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

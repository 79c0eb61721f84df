// A slate to write one digit on. It draws by itself, so that a pupil can go on while there
// is no connection: points are kept, and only points are sent.

const SIDE = 280; // units in which points are counted, whatever the slate's size
const PEN = 20; // width of the pen, in units
const STEP = 1.5; // units between two points of a stroke

class Slate {
  /** `changed` is called after each stroke and whenever the ink is replaced. */
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.strokes = []; // each a list x, y, x, y, ...
    this.pointer = null; // who draws: one finger, or the pen
    const on = (type, hear) => canvas.addEventListener(type, hear);
    on("pointerdown", (event) => this.begin(event));
    on("pointermove", (event) => this.follow(event));
    on("pointerup", (event) => this.lift(event));
    on("pointercancel", (event) => this.lift(event));
    on("touchstart", (event) => event.preventDefault());
    new ResizeObserver(() => this.paint()).observe(canvas);
  }

  set(strokes) {
    this.pointer = null;
    this.strokes = strokes;
    this.paint();
    this.changed();
  }

  undo() {
    this.set(this.strokes.slice(0, -1));
  }

  point({ clientX, clientY }) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    return [clientX - left, clientY - top].map((at) => Math.round((at * SIDE * 10) / width) / 10);
  }

  begin(event) {
    const isPen = event.pointerType === "pen";
    // A palm that was there before the pen gives way to it; a second finger is not heard.
    if (this.pointer && isPen && !this.pointer.isPen) this.strokes.pop();
    else if (this.pointer || event.button !== 0) return;
    this.pointer = { id: event.pointerId, isPen };
    try {
      this.canvas.setPointerCapture(event.pointerId);
    } catch {
      // It was lifted already.
    }
    this.strokes.push(this.point(event));
    this.paint();
  }

  follow(event) {
    if (event.pointerId !== this.pointer?.id) return;
    const events = event.getCoalescedEvents?.() ?? [];
    const stroke = this.strokes.at(-1);
    for (const each of events.length ? events : [event]) {
      const [x, y] = this.point(each);
      const [lastX, lastY] = stroke.slice(-2);
      if (Math.hypot(x - lastX, y - lastY) >= STEP) stroke.push(x, y);
    }
    this.paint();
  }

  lift(event) {
    if (event.pointerId !== this.pointer?.id) return;
    this.pointer = null;
    this.changed();
  }

  paint() {
    const scale = Math.max(1, devicePixelRatio);
    const size = Math.round(this.canvas.clientWidth * scale);
    if (this.canvas.width !== size) this.canvas.width = this.canvas.height = size;
    const pen = this.canvas.getContext("2d");
    pen.setTransform(size / SIDE, 0, 0, size / SIDE, 0, 0);
    pen.clearRect(0, 0, SIDE, SIDE);
    paintStrokes(pen, this.strokes, PEN, "#fbf7ee");
  }
}

/** Curves from middle to middle, as the server draws them. */
function paintStrokes(pen, strokes, width, colour) {
  pen.lineWidth = width;
  pen.strokeStyle = colour;
  pen.lineCap = pen.lineJoin = "round";
  for (const [x, y, ...rest] of strokes) {
    pen.beginPath();
    pen.moveTo(x, y);
    let [lastX, lastY] = [x, y];
    for (let i = 0; i < rest.length; i += 2) {
      const [nextX, nextY] = [rest[i], rest[i + 1]];
      pen.quadraticCurveTo(lastX, lastY, (lastX + nextX) / 2, (lastY + nextY) / 2);
      [lastX, lastY] = [nextX, nextY];
    }
    pen.lineTo(lastX, lastY);
    pen.stroke();
  }
}

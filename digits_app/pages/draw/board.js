// The board: the canvas, the pen, and the answer beside it.

const line = (globalThis.eightByEight ??= {});
const CLEARED = 250; // milliseconds in which the canvas has emptied itself
const SOON = 500; // milliseconds after which the networks that were missing may be there
const PATIENCE = 5000; // milliseconds after which a message counts as lost
let board = null;

class Board {
  constructor(element, data) {
    this.element = element;
    this.drawing = new Drawing(data.stored);
    this.sent = this.answered = 0;
    this.pause = 0; // milliseconds between two answers while the pen is down
    this.quiet = 0; // until then nothing is asked
    this.timer = 0;
    this.stale = false; // the canvas shows what a palm drew
    this.unsent = null; // what could not be sent yet
    this.data = null;
    this.pen = null;
    this.loaded = undefined; // what the canvas was last loaded with
    this.loadedAt = -Infinity;
    this.shown = null; // which demonstration was last begun
    this.stopShow = () => {};
    this.leave = () => this.pen?.finish();
    addEventListener("pagehide", this.leave);
    addEventListener("resize", () => this.drawRing());
    this.watchConnection();
    this.tend();
  }

  close() {
    this.closed = true;
    cancelAnimationFrame(this.waiting);
    clearTimeout(this.timer);
    clearTimeout(this.patience);
    clearTimeout(this.asking);
    this.watcher?.disconnect();
    removeEventListener("pagehide", this.leave);
    this.stopShow();
    this.pen?.close();
    document.body.removeAttribute("data-drawn");
    document.body.removeAttribute("data-asking");
  }

  /** Find the canvas, now or as soon as it is there, and anew where it was replaced. */
  tend() {
    if (this.closed) return;
    const place = this.data && document.querySelector(`.st-key-${this.data.place}`);
    const canvas = place && findCanvas(place);
    if (!canvas || !canvas.getBoundingClientRect().width) {
      this.waiting = requestAnimationFrame(() => this.tend());
      return;
    }
    dressCanvas(canvas);
    if (this.pen?.canvas !== canvas) {
      this.pen?.close();
      this.pen = new Pen(canvas, {
        down: () => this.stopShow(),
        move: () => this.moved(),
        up: (stroke) => this.lifted(stroke),
        giveWay: () => (this.stale = true),
      });
    }
    this.pen.width = this.data.pen;
    this.drawRing();
    this.markEmpty();
  }

  /** The page ran: with what pen to draw, and what the canvas was loaded with. */
  receive(data) {
    this.data = data;
    this.tend();
    const { loaded } = data;
    if ((loaded?.number ?? null) !== this.loaded) {
      this.loaded = loaded?.number ?? null;
      if (loaded) this.loadedAt = performance.now();
      this.agree(loaded);
    }
    if (data.show && data.show.number !== this.shown) {
      this.shown = data.show.number;
      this.stopShow();
      setTimeout(() => {
        if (this.pen && !this.closed) this.stopShow = demonstrate(this.pen.canvas, data.show.strokes);
      }, CLEARED);
    }
    this.markEmpty();
  }

  /** See to it that the canvas shows the drawing, which may be newer than what it loaded. */
  agree(loaded) {
    const version = loaded ?? { name: "", revision: 0, objects: [] };
    let lacks;
    if (!this.drawing.knows(version)) lacks = this.drawing.takeOver(version);
    else lacks = loaded ? this.drawing.lacks(version) : this.drawing.objects.length > 0;
    if (lacks) this.send({ restore: true });
  }

  moved() {
    this.markEmpty();
    this.ask();
  }

  /** While the pen is down: ask as soon as the last question is answered. */
  ask() {
    if (!this.pen?.stroke || this.sent > this.answered || this.timer) return;
    const wait = this.quiet - performance.now();
    if (wait > 0) {
      this.timer = setTimeout(() => {
        this.timer = 0;
        this.ask();
      }, wait);
    } else if (this.asked !== this.pen.stroke.points.length) {
      this.send({ live: true });
    }
  }

  lifted(stroke) {
    const object = stroke.object();
    object.end = this.drawing.revision + 1;
    this.drawing.objects.push(object);
    // What was drawn while the canvas loaded something may be gone from it.
    const restore = this.stale || stroke.began < this.loadedAt + CLEARED;
    this.stale = false;
    this.send({ restore });
  }

  send({ live = false, restore = false }) {
    const { drawing, pen } = this;
    if (!line.wire?.parentElement.isConnected) {
      this.unsent = { live, restore }; // the line is not there yet
      drawing.store();
      return;
    }
    this.unsent = null;
    const objects = [...drawing.objects];
    this.asked = pen?.stroke ? pen.stroke.points.length : null;
    if (pen?.stroke) objects.push(pen.stroke.object());
    drawing.revision += 1;
    drawing.store();
    this.sent = drawing.revision;
    const { name, revision } = drawing;
    this.markAsking();
    clearTimeout(this.patience);
    this.patience = setTimeout(() => this.sendAgain(), PATIENCE);
    line.wire.setStateValue("drawing", { objects, name, revision, live, restore });
  }

  /** An answer came: show it, and ask the next. What it leaves out stays as it is. */
  hear({ data, parentElement, setTriggerValue }) {
    if (!data || this.closed) return;
    const [{ answered, pause, parts, again }] = data;
    this.answered = answered ?? this.answered;
    this.markAsking();
    this.quiet = performance.now() + (pause ?? 0);
    for (const [name, html] of Object.entries(parts)) {
      if (html === null) continue;
      let part = parentElement.querySelector(`:scope > .part-${name}`);
      if (!part) {
        part = document.createElement("div");
        part.className = `e8 part-${name}`;
        if (name === "said") part.setAttribute("role", "status");
        parentElement.append(part);
      }
      if (name === "said") part.textContent = html;
      else part.innerHTML = html;
    }
    parentElement.onclick = (event) => {
      const button = event.target.closest?.("button[data-ask]");
      if (button) setTriggerValue(button.dataset.ask, button.value || true);
    };
    this.markEmpty();
    if (again) this.askAgain();
    if (this.unsent) this.send(this.unsent);
    this.ask();
  }

  /** Not all networks were there yet: ask for their opinions in a moment. */
  askAgain() {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => {
      if (!this.closed && !this.pen?.stroke && this.sent <= this.answered) this.send({});
    }, SOON);
  }

  /** A message that met a session without this page, or nobody, is lost: run the page again. */
  sendAgain() {
    clearTimeout(this.patience);
    if (this.closed || this.sent <= this.answered) return;
    this.patience = setTimeout(() => this.sendAgain(), PATIENCE);
    this.runPage(); // what the line holds goes with it
  }

  /** After a lost connection there may be a new session, which knows nothing of this page. */
  watchConnection() {
    const app = document.querySelector("[data-test-connection-state]"); // Streamlit 1.67
    if (!app) return;
    const state = () => app.dataset.testConnectionState;
    let before = state();
    this.watcher = new MutationObserver(() => {
      const now = state();
      if (now === "CONNECTED" && before !== now) this.runPage();
      before = now;
    });
    this.watcher.observe(app, { attributeFilter: ["data-test-connection-state"] });
  }

  /** Who looks on, be it a test, can see that an answer is awaited. */
  markAsking() {
    document.body.toggleAttribute("data-asking", this.sent > this.answered);
  }

  /** The style sheet hides "draw here" as soon as there is a stroke. */
  markEmpty() {
    const drawn = Boolean(this.pen?.stroke) || this.drawing.objects.length > 0;
    document.body.toggleAttribute("data-drawn", drawn);
  }

  /** The cursor is a ring as wide as the pen. */
  drawRing() {
    if (!this.pen || this.closed) return;
    const { canvas, width: pen } = this.pen;
    const across = (pen.width * canvas.getBoundingClientRect().width) / CANVAS_SIDE;
    const side = Math.ceil(Math.min(across, 120)) + 4;
    const middle = side / 2;
    const ring = (colour, width) =>
      `<circle cx="${middle}" cy="${middle}" r="${middle - 2}" fill="none" ` +
      `stroke="${colour}" stroke-width="${width}"/>`;
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">` +
      ring("black", 3) + ring("white", 1.5) + "</svg>";
    canvas.style.setProperty(
      "--pen-ring",
      `url("data:image/svg+xml,${encodeURIComponent(svg)}") ${middle} ${middle}, crosshair`,
    );
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!board || board.closed || board.drawing.stored !== data.stored) {
    board?.close();
    board = new Board(parentElement, data);
    line.hear = (wire) => board.hear(wire);
  }
  board.runPage = () => setTriggerValue("again", true);
  board.receive(data);
  if (line.wire) board.hear(line.wire);
  const mine = board;
  return () => {
    if (!parentElement.isConnected) mine.close();
  };
}

// The board: a canvas, its tools, and what is said of the drawing beside it.
//
// The drawing lives here. Each change of it is shown, read (`live.js`) and told to the server
// (`line.js`), which gives the complete answer. Until then what it said before is marked.

import { paintAnswer, paintNothing, paintNumber, sayAnswer, saySign, signText } from "./answer.js";
import { Command, dress, findSurface, SIDE, WIDE } from "./canvas.js";
import { demonstrate, exampleStrokes, SHOWN } from "./demonstration.js";
import { drawingOf, isSmall } from "./drawing.js";
import { paintFrames, tapped } from "./frames.js";
import { LEAST_MOMENTS, momentOf, paintChart, replayWhile } from "./history.js";
import { Line } from "./line.js";
import { Live } from "./live.js";
import { drawRing, Pen } from "./pen.js";
import { Presenting } from "./presenting.js";
import { Tools } from "./tools.js";
import { fill } from "./words.js";

const HEAD = '<div class="head"><h3></h3><span class="muted"></span></div><div></div>';
const NOTE = '<p><b></b></p></div>';
const WONDER = `<div class="note"><span class="ms" aria-hidden="true">emoji_objects</span>${NOTE}`;
const SILENT = `<div class="note"><span class="ms" aria-hidden="true">cloud_off</span>${NOTE}`;
const MARKS = ["drawn", "small", "told", "asking", "behind", "unread", "reads", "silent", "wide"];

const ON_ITS_SIDE = "(orientation: landscape) and (max-height: 500px) and (pointer: coarse)";

let board = null;

/** Python has run: `component` is what Streamlit hands to a component's script. */
export function receive(component) {
  const { stored } = component.data[0];
  if (board && (board.closed || board.drawing.stored !== stored)) {
    board.close();
    board = null;
  }
  board ??= new Board(component);
  board.receive(component);
}

/** A place on the page is taken down. */
export function leave(place) {
  if (board?.place === place) board.close();
}

class Board {
  constructor({ data: [data] }) {
    this.drawing = drawingOf(data.stored);
    this.version = 0; // counts each change, also those of a line that is being drawn
    this.asked = -1; // version that was read last, or is being read
    this.painted = 0; // version whose answer is shown
    this.reading = null; // that answer; null where it says that there is nothing to read
    this.place = null;
    this.pen = null;
    this.command = null; // gives the canvas another drawing or pen
    this.stale = false; // the canvas shows what is not the drawing
    this.examples = 0; // shown so far
    this.signs = null; // of the number that is shown
    this.atRest = null; // the same, when the pen came down
    this.chosen = null; // { revision, stroke }: the first stroke of the sign that was pressed
    this.stopShow = () => {};
    this.line = new Line({ silent: (is) => document.body.toggleAttribute("data-silent", is) });
    this.live = new Live((...reading) => this.hearReading(...reading));
    this.leaving = () => {
      this.pen?.finish();
      this.drawing.store();
    };
    this.resized = () => this.dressPen();
    this.onItsSide = matchMedia(ON_ITS_SIDE);
    this.turned = () => this.turn();
    addEventListener("pagehide", this.leaving);
    addEventListener("resize", this.resized);
    this.onItsSide.addEventListener("change", this.turned);
  }

  close() {
    this.stopShow();
    this.presenting?.close();
    this.pen?.close();
    this.closed = true;
    this.command?.close();
    this.line.close();
    clearTimeout(this.asking);
    cancelAnimationFrame(this.waiting);
    cancelAnimationFrame(this.frame);
    removeEventListener("pagehide", this.leaving);
    removeEventListener("resize", this.resized);
    this.onItsSide.removeEventListener("change", this.turned);
    for (const mark of MARKS) document.body.removeAttribute(`data-${mark}`);
  }

  receive(component) {
    const { data: [data], parentElement } = component;
    const [before, isFirst] = [this.data, this.place !== parentElement];
    this.component = component;
    this.data = data;
    if (isFirst) this.settle(parentElement);
    if (data.placed && !this.drawing.knows(data.placed.name)) {
      this.drawing.place(data.placed);
      this.version += 1;
      this.show();
    }
    // Of what it cannot read at all, the server does not know the revision either.
    data.answer.revision ??= this.line.sent;
    this.line.hear(component, data.answer.revision, this.drawing.revision);
    this.hearAnswer(data.answer);
    if (data.answer.revision !== this.drawing.revision || data.placed) this.tell();
    if (data.reading) this.useNetwork(data.reading, before?.reading);
    if (isFirst && !this.drawing.revision) this.turn(); // opened on a phone on its side
    this.mark();
    this.tend();
  }

  /** Take a place on the page. */
  settle(place) {
    this.place = place;
    place.onclick = ({ target }) => {
      const button = target.closest?.("button[data-ask]");
      if (button?.dataset.ask === "sign") this.choose(Number(button.value));
      else if (button) this.component.setTriggerValue(button.dataset.ask, button.value || true);
    };
    this.tools = new Tools(this.part("tools"), this.data.tools, `${this.data.stored}-pen`, {
      changed: () => this.dressPen(),
      undo: () => this.undo(),
      clear: () => this.clear(),
      show: () => this.showOne(),
      resize: () => this.resize(this.drawing.width === WIDE ? SIDE : WIDE),
    });
    this.painted = -1;
    if (!this.data.words) return;
    this.presenting?.close();
    this.presenting = new Presenting(this.part("present"), () => this.dressPen());
    this.part("silent").innerHTML = SILENT;
    this.part("silent").querySelector("p").textContent = this.data.words.silent;
  }

  /** A part of the page, which the style sheet puts into its place. */
  part(name) {
    let part = this.place.querySelector(`:scope > .part-${name}`);
    if (!part) {
      part = Object.assign(document.createElement("div"), { className: `e8 part-${name}` });
      if (name === "said") part.role = "status";
      this.place.append(part);
    }
    return part;
  }

  /** Find the canvas, now or as soon as it is there. */
  tend() {
    if (this.closed) return;
    const { canvas } = this.data;
    const place = document.querySelector(`.st-key-${canvas.place}`);
    const surface = place && findSurface(place);
    if (!surface?.getBoundingClientRect().width) {
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => this.tend());
    } else if (this.pen?.surface !== surface) {
      this.takeCanvas(surface, canvas);
    }
  }

  async takeCanvas(surface, canvas) {
    dress(surface);
    this.pen?.close();
    this.command?.close();
    this.command = null;
    this.pen = new Pen(surface, {
      down: () => {
        this.stopShow();
        if (!this.pen.stroke) this.atRest = this.signs;
      },
      move: () => this.moved(),
      up: (stroke) => this.lifted(stroke),
      giveWay: () => (this.stale = true),
    });
    this.pen.kind = this.tools.pen(canvas);
    const command = await Command.over(surface, canvas, () => this.show());
    if (this.closed || this.pen.surface !== surface) return;
    this.command = command;
    this.show();
    drawRing(surface, this.pen.kind.width);
    surface.ariaLabel = "Drawing area";
  }

  /** Draw with the pen that is chosen, from the next stroke on. */
  dressPen() {
    if (!this.pen || this.closed) return;
    this.pen.kind = this.tools.pen(this.data.canvas);
    drawRing(this.pen.surface, this.pen.kind.width);
    if (this.pen.stroke) this.stale = true;
    else if (!this.command?.take(this.pen.kind)) this.askServer();
  }

  /** Let the canvas show the drawing. */
  show() {
    if (!this.pen) return;
    this.stale = Boolean(this.pen.stroke); // it would break the line off
    if (!this.stale && !this.command?.show(this.drawing, this.pen.kind)) this.askServer();
  }

  /** The way back where the canvas takes nothing from here: Python hands it the drawing. */
  askServer() {
    const { objects, width: canvasWidth } = this.drawing;
    const { width, colour } = this.pen.kind;
    this.component.setTriggerValue("canvas", { objects, canvasWidth, width, colour });
  }

  moved() {
    this.version += 1;
    this.mark();
    this.frame ||= requestAnimationFrame(() => this.read());
  }

  /** The line is drawn. Where the pen lifts, it was most often read before. */
  lifted(stroke) {
    const sign = tapped(stroke, this.atRest ?? []);
    if (sign) {
      this.takeBack();
      this.choose(sign.strokes[0]);
      return;
    }
    this.drawing.add(stroke.path());
    this.tell();
    if (this.stale) this.show();
    this.read();
    if (this.data.words && this.painted === this.version) {
      if (this.signs) this.paintNumber(); // the page is about the sign that is drawn now
      this.sayHow();
    }
    this.mark();
  }

  /** What was drawn last is no stroke: show and read the drawing without it. */
  takeBack() {
    this.version += 1;
    this.read();
    // The canvas hears of the pen after us, and ends its line before the frame after the next.
    this.stale = true;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (!this.closed && this.stale) this.show();
      }),
    );
  }

  undo() {
    this.stopShow();
    this.pen?.finish();
    this.drawing.undo();
    this.show();
    this.changed();
  }

  clear() {
    this.stopShow();
    this.pen?.finish();
    this.tools.choose("erases", "");
    this.drawing.clear();
    this.dressPen();
    this.show();
    this.changed();
  }

  /** A square for a digit, or twice as wide for a number. */
  resize(width) {
    this.stopShow();
    this.pen?.finish();
    this.isTurned = false;
    this.drawing.resize(width);
    this.mark();
    this.dressPen();
    this.show();
    this.changed();
  }

  /** A phone that is turned on its side has room for a number; turned back, it is as before. */
  turn() {
    const { matches } = this.onItsSide;
    if (!this.data.tools.includes("wide") || matches === (this.drawing.width === WIDE)) return;
    if (!matches && !this.isTurned) return;
    this.resize(matches ? WIDE : SIDE);
    this.isTurned = matches;
  }

  showOne() {
    this.clear();
    const digits = SHOWN[this.data.nClasses];
    const digit = digits[this.examples % digits.length];
    this.examples += 1;
    // The canvas has emptied itself by the frame after the next.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        if (!this.closed) this.stopShow = demonstrate(this.pen.surface, exampleStrokes(digit));
      }),
    );
  }

  changed() {
    this.version += 1;
    this.read();
    this.tell();
    this.mark();
  }

  /** Let the page be about one sign of a number, until the drawing changes. */
  choose(stroke) {
    if (!this.signs) return;
    const { revision } = this.drawing;
    this.chosen = { revision, stroke };
    this.isPressing = true;
    this.component.setTriggerValue("sign", this.chosen);
    this.paintNumber();
    this.mark();
  }

  /** Place of the sign that the page is about: the one that was pressed, or written last. */
  get chosenSign() {
    const isPressed = this.chosen?.revision === this.drawing.revision;
    const pressed = this.signs.findIndex(
      ({ strokes, nothing }) => isPressed && !nothing && strokes[0] === this.chosen.stroke,
    );
    return pressed >= 0 ? pressed : newestSign(this.signs);
  }

  paintNumber() {
    paintNumber(this.part("answer"), this.signs, this.chosenSign, this.data.words.answer);
  }

  tell() {
    this.line.tell(this.drawing, this.data.placed?.name ?? "");
  }

  /** Read what is on the canvas, with the line that is being drawn; the same but once. */
  read() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (!this.data.words || this.asked === this.version) return; // or this board says nothing
    this.asked = this.version;
    const { objects, width } = this.drawing;
    const paths = this.pen?.stroke ? [...objects, this.pen.stroke.path()] : objects;
    if (paths.length) this.live.read(paths, width, this.version);
    else this.sayNothing(this.data.words.empty);
  }

  async useNetwork(reading, before) {
    await this.live.use(reading);
    if (this.closed) return;
    if (before?.network !== reading.network) this.painted = Math.min(this.painted, this.version - 1);
    if (this.painted < this.version) {
      this.asked = -1; // by another, or by none
      this.read();
    }
    this.lookBack(); // nobody here could read while it was drawn
    this.mark();
  }

  hearReading(reading, paths, version) {
    if (this.closed || version <= this.painted) return;
    if (!reading.nothing) this.say(reading, paths, version);
    else if (paths.length === 1) this.sayNothing(this.data.words.begun, version);
  }

  /** What the server says of the drawing; it may be of an older one. */
  hearAnswer({ revision, network, proba, isUnfamiliar, signs, about, complaint, parts = {}, again }) {
    const { words } = this.data;
    clearTimeout(this.asking);
    for (const [name, html] of Object.entries(parts)) {
      if (html !== null) this.part(name).innerHTML = html;
    }
    if (!words || revision !== this.drawing.revision || this.pen?.stroke) return;
    if (!this.drawing.objects.length) {
      this.sayNothing(words.empty);
    } else if (complaint) {
      this.sayNothing({ title: words.notYet, detail: complaint });
      this.part("said").textContent = complaint;
    } else if (signs) {
      // A server that was restarted knows of no press: the page is about what it says.
      if (!this.isPressing) this.chosen = { revision, stroke: about };
      this.isPressing = false;
      this.about = about;
      this.say({ network, signs }, this.drawing.objects, this.version);
      this.part("said").textContent = this.sayNumber();
      this.lookBack();
    } else if (proba) {
      const answer = { network, proba, isUnfamiliar };
      this.say(answer, this.drawing.objects, this.version);
      const { title, detail } = sayAnswer(answer, words.answer);
      this.part("said").textContent = `${title}. ${detail}`;
      this.drawing.store();
      this.lookBack();
    }
    if (again) this.askAgain();
  }

  /** Find out how the answer would have changed, where that was not seen. */
  async lookBack() {
    const { reading: answer, drawing } = this;
    if (this.pen?.stroke) return;
    if (this.signs) await this.lookBackAtSign();
    if (!answer?.proba || drawing.moments.length >= LEAST_MOMENTS) return;
    const moments = await this.replayed(drawing.objects, `${drawing.revision} ${answer.network}`);
    if (!moments) return;
    drawing.moments = moments;
    drawing.note(momentOf(drawing.objects, answer));
    drawing.store();
    this.sayHow();
  }

  /** Find out how the answer to the chosen sign changed: nobody reads a sign by itself before. */
  async lookBackAtSign() {
    const { objects, revision } = this.drawing;
    const { strokes } = this.signs[this.chosenSign];
    const [first] = strokes;
    const name = `${revision} ${strokes} ${this.data.reading?.network}`;
    if (this.signHistory?.name === name) return;
    // An eraser has no place in the growth of a digit.
    if (objects.some(({ stroke }) => stroke === this.data.canvas.slate)) return;
    const isChosen = () => this.signs?.[this.chosenSign].strokes[0] === first;
    const moments = await this.replayed(strokes.map((i) => objects[i]), name, isChosen);
    if (!moments) return;
    this.signHistory = { name, revision, first, moments };
    this.sayHow();
  }

  /** Read paths of the drawing once more as they grew; null where that is of no use any more. */
  async replayed(paths, name, isAskedFor = () => true) {
    const { width, revision } = this.drawing;
    const { network } = this.live;
    if (this.lookingBack === name) return null; // two would overtake each other
    this.lookingBack = name;
    const isStill = () =>
      !this.closed && !this.pen?.stroke && this.lookingBack === name &&
      this.live.isReady && network === this.live.network &&
      revision === this.drawing.revision && isAskedFor();
    const moments = await replayWhile(isStill, paths, (begun) => this.live.ask(begun, width));
    if (this.lookingBack === name) this.lookingBack = null;
    return moments;
  }

  /** Not all networks were there yet: ask for their opinions in a moment. */
  askAgain(wait = 500) {
    this.asking = setTimeout(() => {
      if (!this.pen?.stroke) this.component.setTriggerValue("again", true);
      // An answer that is the same as the last one does not come here.
      this.askAgain(Math.min(2 * wait, 8000));
    }, wait);
  }

  say(reading, paths, version) {
    const { words } = this.data;
    this.painted = version;
    this.reading = reading;
    this.signs = reading.signs?.some(({ nothing }) => !nothing) ? reading.signs : null;
    if (reading.signs) {
      if (!this.signs) this.sayNothing(words.begun, version);
      else this.paintNumber();
      this.sayHow();
      this.mark();
      return;
    }
    paintAnswer(this.part("answer"), reading, words.answer, true);
    this.drawing.note(momentOf(paths, reading));
    this.sayHow();
    this.mark();
  }

  sayNumber() {
    const { answer } = this.data.words;
    const number = this.signs.map(signText).join("");
    const { title, detail } = saySign(this.signs[this.chosenSign], answer);
    return `${fill(answer.number.said, { number })} ${title}. ${detail}`;
  }

  /** That each digit is read by itself, and how the answer to the chosen one changed. */
  sayHowNumber() {
    const { history, answer } = this.data.words;
    const place = this.part("history");
    place.innerHTML = `${HEAD}<p class="muted"></p>`;
    const [, chart, note] = place.children;
    place.querySelector("h3").textContent = answer.number.title;
    note.textContent = answer.number.detail;
    if (!this.live.isReady) return; // nobody looks back
    place.querySelector("span").textContent = answer.number.changed;
    chart.className = "chart-to-come"; // what lies below does not move when it comes
    const { revision, first, moments } = this.signHistory ?? {};
    const isKnown = revision === this.drawing.revision && first === this.signs[this.chosenSign].strokes[0];
    if (isKnown) paintChart(chart, moments, history);
  }

  sayNothing(words, version = this.version) {
    this.painted = version;
    this.signs = this.reading = null;
    const { nClasses } = this.data;
    paintNothing(this.part("answer"), { ...words, nClasses }, this.data.words.answer);
    this.sayHow();
    if (!this.drawing.objects.length) {
      for (const name of ["saw", "near", "others", "said"]) this.part(name).replaceChildren();
    }
    this.mark();
  }

  /** Once the pen is up: how the answer changed; of what is no digit, why there is one. */
  sayHow() {
    if (this.pen?.stroke) return;
    if (this.signs) {
      this.sayHowNumber();
      return;
    }
    const { history, answer } = this.data.words;
    const place = this.part("history");
    if (this.reading?.isUnfamiliar) {
      const { always, note } = answer.unfamiliar;
      place.innerHTML = WONDER;
      place.querySelector("b").textContent = always;
      place.querySelector("p").append(` ${note[this.reading.proba.length]}`);
      return;
    }
    place.innerHTML = HEAD;
    place.querySelector("h3").textContent = history.title;
    place.querySelector("span").textContent = history.from;
    const moments = this.reading ? this.drawing.moments : [];
    if (!paintChart(place.lastElementChild, moments, history)) place.replaceChildren();
  }

  /** Say for the style sheet, and for a test, what is new, awaited, or not of this ink. */
  mark() {
    const { drawing, line, live } = this;
    const isDown = Boolean(this.pen?.stroke);
    const isAnswered = line.answered === drawing.revision;
    const mark = (name, is) => document.body.toggleAttribute(`data-${name}`, is);
    mark("drawn", isDown || drawing.objects.length > 0);
    mark("small", !isDown && isSmall(drawing.objects));
    mark("asking", !isAnswered);
    mark("told", Boolean(this.place.querySelector(".part-history > *, .part-saw > *")));
    const isOfAnother = this.signs && this.about !== this.signs[this.chosenSign].strokes[0];
    mark("wide", drawing.width === WIDE);
    this.tools.markWide(drawing.width === WIDE);
    mark("behind", isDown || !isAnswered || isOfAnother);
    const isFramed = this.signs && !isDown && this.painted === this.version;
    const framed = isFramed ? [this.signs, this.chosenSign] : [[], -1];
    if (this.pen) paintFrames(this.pen.surface, ...framed, drawing.width);
    mark("unread", this.painted < this.version && !live.isReady);
    mark("reads", live.isReady);
  }
}

/** Place of the sign that has the newest stroke, a dot apart. */
function newestSign(signs) {
  const newest = ({ strokes, nothing }) => (nothing ? -1 : strokes.at(-1));
  return signs.reduce((best, sign, i) => (newest(sign) > newest(signs[best]) ? i : best), 0);
}

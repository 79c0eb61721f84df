// A pupil's phone: one prompt after the other. What the server has not confirmed stays in
// the phone's own storage, and is sent again: through a locked phone, another Wi-Fi, a
// closed tab and a restart of the server.

import { BROWSER, keep, kept } from "../kept.js";
import { paintStrokes, PEN, Slate } from "./slate.js";

const AGAIN = 3000; // ms after which what is not confirmed is sent again
const AT_ONCE = 8; // digits in one message
const LEAST = 14; // longer side of a mark, in units, below which it is a dot

/** What this phone has written for one pupil, and has not yet been told is on the wall. */
class Outbox {
  constructor(pupil) {
    this.name = `digit-class-outbox-${pupil}`;
    this.digits = [];
    this.draft = [];
    this.started = false;
    this.skipped = [];
    Object.assign(this, kept(BROWSER, this.name));
  }

  store() {
    const { digits, draft, started, skipped } = this;
    keep(BROWSER, this.name, { digits, draft, started, skipped });
  }
}

function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Pupil {
  constructor(root, data) {
    this.root = root;
    this.data = data;
    this.written = new Set(data.written);
    this.outbox = new Outbox(data.pupil);
    this.last = null; // the digit that the status speaks of
    this.tries = 0;
    this.slate = new Slate(this.find(".slate-board"), (draft) => this.keepDraft(draft));
    const press = (name, act) => this.find(name).addEventListener("click", act);
    press(".start", () => this.start());
    press(".next", () => this.next());
    press(".undo", () => this.slate.undo());
    press(".clear", () => this.slate.clear());
    press(".skip", () => this.skip());
    this.slate.strokes = this.outbox.draft;
    this.timer = setInterval(() => this.send(), AGAIN);
  }

  close() {
    clearInterval(this.timer);
    this.slate.close();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  /** Take over what the server says, again and again. */
  hear(data, tell) {
    this.data = data;
    this.tell = tell;
    this.written = new Set([...this.written, ...data.written]);
    const before = this.outbox.digits.length;
    for (const [token, fate] of Object.entries(data.fates)) this.settle(token, fate);
    if (this.outbox.digits.length !== before) this.outbox.store();
    this.show();
    if (this.outbox.digits.length) this.send();
  }

  settle(token, fate) {
    const digit = this.outbox.digits.find((each) => each.token === token);
    if (!digit) return;
    this.outbox.digits = this.outbox.digits.filter((each) => each !== digit);
    if (fate.error) this.complain(fate.error); // the prompt is open again
    else this.written.add(digit.place);
    if (this.last?.token === token) this.last.fate = fate;
  }

  start() {
    this.outbox.started = true;
    this.outbox.store();
    this.show();
    scrollTo(0, 0);
  }

  /** The prompts that nothing was written for, those that were skipped last. */
  open() {
    const done = new Set([...this.written, ...this.outbox.digits.map(({ place }) => place)]);
    const open = this.data.prompts.map((_, place) => place).filter((place) => !done.has(place));
    const skipped = (place) => this.outbox.skipped.lastIndexOf(place);
    return open.sort((one, other) => skipped(one) - skipped(other) || one - other);
  }

  next() {
    const [place] = this.open();
    if (place === undefined) return;
    const written = this.slate.strokes;
    if (!isDigit(written)) {
      this.complain("Nothing is written yet. Write it in the dark box.");
      return;
    }
    const label = this.data.prompts[place];
    const strokes = written.map((points) => ({ width: PEN, erases: false, points }));
    const digit = { token: newToken(), place, label, strokes };
    this.outbox.digits.push(digit);
    this.last = digit;
    this.complain("");
    this.slate.clear(); // which stores the outbox as well
    this.show();
    this.send();
  }

  skip() {
    const [place] = this.open();
    this.outbox.skipped.push(place);
    this.slate.clear();
    this.show();
  }

  keepDraft(draft) {
    this.outbox.draft = draft;
    this.outbox.store();
    if (draft.length) this.complain("");
  }

  send() {
    if (!this.outbox.digits.length) return;
    const now = performance.now();
    const first = this.outbox.digits.slice(0, AT_ONCE);
    const what = first.map(({ token }) => token).join();
    if (what === this.sent && now - this.sentAt < AGAIN - 100) return;
    this.sent = what;
    this.sentAt = now;
    this.tries += 1; // another value, or it would not be sent
    this.tell("outbox", { digits: first, tries: this.tries });
  }

  complain(sentence) {
    const place = this.find(".complaint");
    place.textContent = sentence;
    place.hidden = !sentence;
  }

  show() {
    const { data } = this;
    const isNew = !this.outbox.started && !this.written.size && !this.outbox.digits.length;
    this.find(".hello").hidden = !isNew;
    this.find(".write").hidden = isNew;
    for (const pet of this.root.querySelectorAll(".pet")) pet.src = data.picture;
    for (const name of ["code", "name", "kind", "where", "until"]) {
      this.find(`.${name}`).textContent = data[name];
    }
    const total = data.prompts.length;
    const open = this.open();
    const done = total - open.length;
    this.find(".count").textContent = `${Math.min(total, done + 1)} of ${total}`;
    this.find(".how-far i").style.width = `${(100 * done) / total}%`;
    this.find(".how-far").setAttribute("aria-valuemax", total);
    this.find(".how-far").setAttribute("aria-valuenow", done);
    const digit = data.prompts[open[0]];
    this.find(".article").textContent = digit === 8 ? "an" : "a";
    if (this.find(".digit").textContent !== String(digit ?? "")) {
      this.find(".digit").textContent = digit ?? "";
    }
    for (const name of [".next", ".undo", ".clear"]) {
      this.find(name).disabled = !open.length;
    }
    this.find(".skip").disabled = open.length < 2;
    this.showStatus();
    this.slate.paint();
  }

  showStatus() {
    const place = this.find(".status");
    place.hidden = !this.last;
    if (!this.last) return;
    const { label, fate, strokes } = this.last;
    const said = fate?.error
      ? `Your ${label} was not taken`
      : fate?.state === "held"
        ? `Your ${label} waits for your teacher’s look`
        : fate
          ? `✓ Your ${label} is on the wall`
          : `Your ${label} is on its way`;
    const words = place.querySelector("span");
    if (words.textContent !== said) words.textContent = said;
    paintStrokes(place.querySelector("canvas"), strokes.map(({ points }) => points), PEN + 2);
  }
}

/** Whether there is more than a dot. */
function isDigit(strokes) {
  const side = (axis) => {
    const all = strokes.flatMap((points) => points.filter((_, i) => i % 2 === axis));
    return Math.max(...all) - Math.min(...all);
  };
  return strokes.length > 0 && Math.max(side(0), side(1)) >= LEAST;
}

const pupils = new WeakMap();

/** Python has run: `component` is what Streamlit hands to a component's script. */
export function receive({ data: [data], parentElement, setStateValue }) {
  let pupil = pupils.get(parentElement);
  if (pupil?.data.pupil !== data.pupil) {
    pupil?.close();
    pupil = new Pupil(parentElement.querySelector(".pupil"), data);
    pupils.set(parentElement, pupil);
  }
  pupil.hear(data, setStateValue);
}

/** A place on the page is taken down. */
export function leave(place) {
  pupils.get(place)?.close();
}

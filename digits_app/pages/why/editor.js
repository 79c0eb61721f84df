// The 8x8 editor. The page's data says what to start from and how the pixels were last
// read; what is painted or typed here goes back as {start, pixels}.

const SIDE = 8;
const FULL = 16;
const TYPING_MS = 900; // "1" and then "6" within this time are 16
const SENDING_MS = 60; // least time between two messages while the pointer paints
const SAYING_MS = 350; // a screen reader hears the answer once the hand rests

const place = (index) => `row ${Math.floor(index / SIDE) + 1}, column ${(index % SIDE) + 1}`;

class Editor {
  constructor(root) {
    this.pixels = new Array(SIDE * SIDE).fill(0);
    this.root = root;
    this.grid = root.querySelector(".why-cells");
    this.tip = root.querySelector(".why-tip");
    this.select = root.querySelector(".why-start");
    this.status = root.querySelector("[role=status]");
    this.cells = this.buildCells();
    this.focused = 0;
    this.typed = { index: -1, at: 0 };
    this.listen();
  }

  buildCells() {
    const cells = [];
    for (let y = 0; y < SIDE; y++) {
      const row = document.createElement("div");
      row.setAttribute("role", "row");
      for (let x = 0; x < SIDE; x++) {
        const cell = document.createElement("span");
        cell.setAttribute("role", "gridcell");
        cell.tabIndex = cells.length === 0 ? 0 : -1;
        row.append(cell);
        cells.push(cell);
      }
      this.grid.append(row);
    }
    return cells;
  }

  listen() {
    this.grid.addEventListener("keydown", (event) => this.press(event));
    this.grid.addEventListener("focusin", (event) => this.focusOn(this.cells.indexOf(event.target)));
    this.grid.addEventListener("focusout", () => (this.tip.hidden = true));
    this.grid.addEventListener("pointerdown", (event) => this.startPainting(event));
    this.grid.addEventListener("pointermove", (event) => {
      if (this.brush !== null) this.paint(event);
    });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
      this.grid.addEventListener(end, () => (this.brush = null));
    }
    this.brush = null;
    this.select.addEventListener("change", () => {
      const chosen = this.starts[Number(this.select.value)];
      if (chosen) this.setAll(chosen.pixels);
    });
  }

  // Called each time the page sends data: the first time, and with each answer.
  update(data, send) {
    this.sendValue = send;
    if (data.start.id !== this.startId) {
      this.startId = data.start.id;
      this.show(data.start.pixels);
      this.offerStarts(data.starts);
    }
    this.showAnswer(data.answer);
  }

  offerStarts(starts) {
    this.starts = starts;
    this.select.replaceChildren(
      ...starts.map(({ name }, number) => new Option(name, number)),
    );
  }

  show(pixels) {
    this.pixels = [...pixels];
    this.cells.forEach((_, index) => this.drawCell(index));
  }

  drawCell(index) {
    const value = this.pixels[index];
    const cell = this.cells[index];
    cell.textContent = value;
    cell.style.setProperty("--ink-share", `${(100 * value) / FULL}%`);
    cell.className = value === 0 ? "empty" : value < 7 ? "dark" : "light";
    cell.setAttribute("aria-label", `${place(index)}, ${value}`);
    if (index === this.focused) this.tip.textContent = `${place(index)}: ${value}`;
  }

  set(index, value) {
    const kept = Math.max(0, Math.min(FULL, value));
    if (kept === this.pixels[index]) return;
    this.pixels[index] = kept;
    this.drawCell(index);
    this.changed = index;
    this.sendSoon();
  }

  setAll(pixels) {
    this.show(pixels);
    this.changed = null;
    this.sendSoon();
  }

  sendSoon() {
    if (this.sending) return;
    const wait = Math.max(0, (this.sentAt ?? 0) + SENDING_MS - performance.now());
    this.sending = setTimeout(() => {
      this.sending = null;
      this.sentAt = performance.now();
      this.sendValue({ start: this.startId, pixels: this.pixels });
    }, wait);
  }

  focusOn(index) {
    if (index < 0) return;
    this.cells[this.focused].tabIndex = -1;
    this.focused = index;
    this.cells[index].tabIndex = 0;
    this.tip.hidden = false;
    this.tip.textContent = `${place(index)}: ${this.pixels[index]}`;
    this.tip.dataset.below = index < SIDE * 2;
    this.tip.style.setProperty("--row", Math.floor(index / SIDE));
    this.tip.style.setProperty("--column", index % SIDE);
  }

  press(event) {
    if (event.ctrlKey && !["Home", "End"].includes(event.key)) return;
    if (event.altKey || event.metaKey) return;
    const index = this.focused;
    const target = this.target(event, index);
    if (target !== null) {
      this.cells[target].focus();
    } else if (/^[0-9]$/.test(event.key)) {
      this.type(index, Number(event.key), event.timeStamp);
    } else if (event.key === "+" || event.key === "=") {
      this.set(index, this.pixels[index] + 1);
    } else if (event.key === "-" || event.key === "−") {
      this.set(index, this.pixels[index] - 1);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.set(index, 0);
    } else if (event.key === " " || event.key === "Enter") {
      this.set(index, this.pixels[index] > 0 ? 0 : FULL);
    } else {
      return;
    }
    // A dialog steps to the next digit with the arrow keys: not from in here.
    event.preventDefault();
    event.stopPropagation();
  }

  // Where a key leads to, or null for a key that leads nowhere.
  target({ key, ctrlKey }, index) {
    const [row, column] = [Math.floor(index / SIDE), index % SIDE];
    const at = (y, x) => Math.min(SIDE - 1, Math.max(0, y)) * SIDE + Math.min(SIDE - 1, Math.max(0, x));
    switch (key) {
      case "ArrowUp": return at(row - 1, column);
      case "ArrowDown": return at(row + 1, column);
      case "ArrowLeft": return at(row, column - 1);
      case "ArrowRight": return at(row, column + 1);
      case "Home": return at(ctrlKey ? 0 : row, 0);
      case "End": return at(ctrlKey ? SIDE - 1 : row, SIDE - 1);
      case "PageUp": return at(0, column);
      case "PageDown": return at(SIDE - 1, column);
      default: return null;
    }
  }

  // When a key was pressed counts, not when a slow phone comes to hear of it.
  type(index, digit, now) {
    const isSoon = this.typed.index === index && now - this.typed.at < TYPING_MS;
    const goesOn = isSoon && this.pixels[index] === 1 && 10 + digit <= FULL;
    this.typed = { index: goesOn ? -1 : index, at: now };
    this.set(index, goesOn ? 10 + digit : digit);
  }

  startPainting(event) {
    if (event.button !== 0) return;
    const index = this.under(event);
    if (index === null) return;
    event.preventDefault();
    const chosen = Number(this.root.querySelector("[name=brush]:checked").value);
    // Pressed on what it has already, the brush takes it away.
    this.brush = this.pixels[index] === chosen ? 0 : chosen;
    this.grid.setPointerCapture(event.pointerId);
    this.cells[index].focus({ preventScroll: true });
    this.paint(event);
  }

  paint(event) {
    const index = this.under(event);
    if (index !== null) this.set(index, this.brush);
  }

  under({ clientX, clientY }) {
    const box = this.grid.getBoundingClientRect();
    const x = Math.floor(((clientX - box.left) / box.width) * SIDE);
    const y = Math.floor(((clientY - box.top) / box.height) * SIDE);
    return x >= 0 && x < SIDE && y >= 0 && y < SIDE ? y * SIDE + x : null;
  }

  showAnswer({ label, words, shares, percents, note }) {
    const says = this.root.querySelector(".why-says");
    const digit = document.createElement("b");
    digit.className = "num";
    digit.textContent = label;
    says.replaceChildren(digit, ` ${words}`);
    const bars = this.root.querySelector(".why-bars");
    bars.replaceChildren(
      ...shares.map((share, number) => this.bar(number, share, percents[number], number === label)),
    );
    bars.setAttribute(
      "aria-label",
      "How likely each digit is: " + percents.map((p, n) => `${n}: ${p}`).join(", "),
    );
    this.sayLater(`${note ?? ""}It reads ${label}, ${words}, ${percents[label]}.`);
  }

  bar(number, share, percent, wins) {
    const bar = document.createElement("div");
    bar.className = wins ? "win" : "";
    bar.innerHTML = "<b class='num'></b><i></i><em class='num'></em>";
    bar.children[0].textContent = number;
    bar.children[1].style.setProperty("--p", `${100 * share}%`);
    bar.children[2].textContent = wins || share >= 0.01 ? percent : "";
    return bar;
  }

  sayLater(answer) {
    if (this.changed === undefined) return; // nobody has touched it yet
    const pixel =
      this.changed === null ? "" : `${place(this.changed)}: ${this.pixels[this.changed]}. `;
    clearTimeout(this.saying);
    this.saying = setTimeout(() => (this.status.textContent = pixel + answer), SAYING_MS);
  }
}

const editors = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const root = parentElement.querySelector(".why-editor");
  if (!editors.has(root)) editors.set(root, new Editor(root));
  editors.get(root).update(data, (value) => setStateValue("edited", value));
}

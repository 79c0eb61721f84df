// Frames over a photo, one for each digit. Each can be chosen, moved and made larger, with
// a pointer, with the keyboard, and by presses alone: not everybody can drag. What the hand
// did goes to the page as {sheet, index, box, time}; what the page answers comes back as data.

const RESTING_MS = 350; // after the last key or press the frame is read again
const STEP = 0.01; // of the photo's longer side, for one key
const LEAST = 0.02;
const KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);

function within([left, top, right, bottom], size) {
  return [Math.max(left, 0), Math.max(top, 0), Math.min(right, size[0]), Math.min(bottom, size[1])];
}

function moved(box, dx, dy, size, grows) {
  const [left, top, right, bottom] = box;
  const least = LEAST * Math.max(...size);
  if (grows) {
    return [left, top, clamp(right + dx, left + least, size[0]),
      clamp(bottom + dy, top + least, size[1])];
  }
  const x = clamp(dx, -left, size[0] - right);
  const y = clamp(dy, -top, size[1] - bottom);
  return [left + x, top + y, right + x, bottom + y];
}

class Frames {
  constructor(host) {
    this.photo = host.querySelector(".photo");
    this.image = this.photo.querySelector("img");
    this.over = this.photo.querySelector(".over");
    this.boxes = [];
    this.held = null; // what the pointer has hold of
    this.timer = 0;
    this.isAimed = false; // the pointer went down beside all frames
    this.over.addEventListener("pointerdown", (event) => {
      this.isAimed = event.target === this.over;
    });
    this.over.addEventListener("click", (event) => this.aim(event));
    for (const button of host.querySelectorAll("[data-times]")) {
      button.addEventListener("click", () => this.resize(Number(button.dataset.times)));
    }
  }

  take(data, send) {
    this.send = send;
    if (this.image.getAttribute("src") !== data.photo) this.image.src = data.photo;
    this.data = data;
    if (this.held || this.timer) return; // the hand is ahead of the page
    this.boxes = data.frames.map((frame) => frame.box);
    while (this.over.children.length > this.boxes.length) this.over.lastChild.remove();
    while (this.over.children.length < this.boxes.length) this.over.append(this.made());
    this.boxes.forEach((_, index) => this.show(index));
  }

  made() {
    const frame = document.createElement("button");
    frame.type = "button";
    frame.append(document.createElement("b"), document.createElement("i"));
    const index = this.over.children.length;
    frame.addEventListener("pointerdown", (event) => this.grab(event, index));
    frame.addEventListener("pointermove", (event) => this.drag(event));
    frame.addEventListener("pointerup", (event) => this.drop(event));
    frame.addEventListener("pointercancel", (event) => this.drop(event));
    frame.addEventListener("keydown", (event) => this.key(event, index));
    frame.addEventListener("click", () => this.choose(index));
    return frame;
  }

  show(index) {
    const frame = this.over.children[index];
    const [width, height] = this.data.size;
    const [left, top, right, bottom] = this.boxes[index];
    const { label, sure, name } = this.data.frames[index];
    const on = index === this.data.chosen;
    Object.assign(frame.style, {
      left: `${(100 * left) / width}%`,
      top: `${(100 * top) / height}%`,
      width: `${(100 * (right - left)) / width}%`,
      height: `${(100 * (bottom - top)) / height}%`,
    });
    frame.className = `frame${on ? " on" : ""}${top < 0.1 * height ? " top" : ""}`;
    const small = Object.assign(document.createElement("small"), { textContent: sure });
    frame.firstChild.replaceChildren(label, small);
    frame.setAttribute("aria-pressed", String(on));
    frame.setAttribute("aria-label", name);
  }

  choose(index) {
    if (index === this.data.chosen) return;
    this.data.chosen = index;
    this.boxes.forEach((_, each) => this.show(each));
    this.send("chosen", { sheet: this.data.sheet, index });
  }

  /** Move the chosen frame to where the photo was pressed. */
  aim(event) {
    if (!this.isAimed || event.target !== this.over) return;
    const index = this.data.chosen;
    const [left, top, right, bottom] = this.boxes[index];
    const photo = this.photo.getBoundingClientRect();
    const scale = this.data.size[0] / this.photo.clientWidth;
    const dx = scale * (event.clientX - photo.left) - (left + right) / 2;
    const dy = scale * (event.clientY - photo.top) - (top + bottom) / 2;
    this.place(index, moved(this.boxes[index], dx, dy, this.data.size, false));
  }

  /** Make the chosen frame so many times as large, about its middle. */
  resize(times) {
    const index = this.data.chosen;
    const [left, top, right, bottom] = this.boxes[index];
    const least = LEAST * Math.max(...this.data.size);
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const [width, height] = [right - left, bottom - top].map((side) => Math.max(times * side, least) / 2);
    this.place(index, within([x - width, y - height, x + width, y + height], this.data.size));
  }

  /** Put a frame somewhere; once the hand rests it is read again. */
  place(index, box) {
    this.boxes[index] = box;
    this.show(index);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.report(index), RESTING_MS);
  }

  grab(event, index) {
    const grows = event.target.tagName === "I";
    event.currentTarget.setPointerCapture(event.pointerId);
    this.held = { index, grows, x: event.clientX, y: event.clientY, box: this.boxes[index] };
  }

  drag(event) {
    if (!this.held) return;
    const { index, grows, x, y, box } = this.held;
    const scale = this.data.size[0] / this.photo.clientWidth;
    const [dx, dy] = [scale * (event.clientX - x), scale * (event.clientY - y)];
    this.boxes[index] = moved(box, dx, dy, this.data.size, grows);
    this.show(index);
  }

  drop(event) {
    if (!this.held) return;
    const { index, x, y } = this.held;
    this.held = null;
    if (Math.hypot(event.clientX - x, event.clientY - y) > 3) this.report(index);
  }

  key(event, index) {
    const way = KEYS[event.key];
    if (!way) return;
    event.preventDefault();
    const step = STEP * Math.max(...this.data.size);
    const [dx, dy] = way.map((part) => part * step);
    this.place(index, moved(this.boxes[index], dx, dy, this.data.size, event.shiftKey));
  }

  report(index) {
    this.timer = 0;
    const box = this.boxes[index].map(Math.round);
    this.send("moved", { sheet: this.data.sheet, index, box, time: Date.now() });
  }
}

const places = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  const photo = parentElement.querySelector(".photo");
  if (!places.has(photo)) places.set(photo, new Frames(parentElement));
  places.get(photo).take(data, setStateValue);
}

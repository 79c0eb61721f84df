// The wall: ten big digits, each a mask of cells that small digits fill in scattered order.
//
// The server sends what is new since the revision that this page has said it has seen, and
// sends it again until it says so; so nothing is missed where the page skips a message.

import { SIDE } from "../board/canvas.js";
import { paintLine } from "../board/curve.js";
import { CHALK } from "./slate.js";

const MASKS = [
  "..####../.##..##./###..###/###..###/###..###/###..###/###..###/###..###/###..###/.##..##./.######.",
  "....##.../..####.../.#####.../.#####.../...###.../...###.../...###.../...###.../...###.../...###.../...###.../...###.../...###.../.########/#########",
  "..#####../###.####./###..###./###..####/.....###./....####./....###../...###.../..##...../.##....../#########/#########",
  "..######../.###.####./.###..###./..#...###./.....###../...###..../....####../......###./.##...####/###...###./.##..####./..######..",
  "....###../...####../...####../..#.###../..#.###../.#..###../.#..###../#...####./#########/#########/....####./....###../....###..",
  ".#######./.#######./.#######./.#......./.#......./.######../....####./.....####/##...####/##...###./##..####./.######..",
  ".....###/...####./.####.../.###..../###...../########/###..###/###..###/###..###/###..###/.###.###/..#####.",
  "##########/##########/##########/........#./.......##./.......##./......##../.....###../....###.../...####.../...####.../..####..../.#####....",
  "..#####./.##..###/###..###/.###.##./.#####../..#####./..######/###..###/###...##/###..###/.######.",
  "...##..../.######../###..###./###..###./###..###./###..####/########./.###.###./.....###./....###../...###.../.####...."
];
const SLATE_EMPTY = "#262d3c";
const CELL = "#3a435a";
const NEW = "#ff7a4d";
const NEW_INK = "#14161c";
const N_NEW = 4; // the newest, marked
const SEEN_AFTER = 24; // digits sent again and again before it says that it has seen them
const SHADES = Array.from({ length: 17 }, (_, ink) => {
  const mix = (from, to) => Math.round(from + ((to - from) * ink) / 16);
  return `rgb(${mix(27, 251)} ${mix(31, 247)} ${mix(42, 238)})`;
});

/** The cells of a big digit, each cut into `parts` by `parts`, in the order of filling. */
function cellsOf(label, parts) {
  const rows = MASKS[label].split("/");
  const cells = [];
  rows.forEach((row, y) => [...row].forEach((mark, x) => {
    if (mark !== "#") return;
    for (let part = 0; part < parts * parts; part++) {
      cells.push([x + (part % parts) / parts, y + Math.floor(part / parts) / parts]);
    }
  }));
  // Scattered, and for each wall alike: a shuffle from a seed.
  let seed = 1 + label;
  for (let i = cells.length - 1; i > 0; i--) {
    seed = (seed * 16807) % 2147483647;
    const other = seed % (i + 1);
    [cells[i], cells[other]] = [cells[other], cells[i]];
  }
  return { cells, width: rows[0].length, height: rows.length, size: 1 / parts };
}

/** One big digit: which small one is in which cell. */
class BigDigit {
  constructor(label, press) {
    this.label = label;
    this.places = []; // a small digit, or nothing
    this.parts = 1;
    this.grid = cellsOf(label, 1);
    this.button = document.createElement("button");
    this.button.type = "button";
    this.canvas = document.createElement("canvas");
    this.count = document.createElement("span");
    this.count.className = "num";
    this.button.append(this.canvas, this.count);
    this.button.addEventListener("click", (event) => press(label, this.under(event)));
    new ResizeObserver(() => this.paint()).observe(this.canvas);
  }

  put(digit) {
    const at = this.places.findIndex((each) => each?.id === digit.id);
    if (!digit.isShown) {
      if (at >= 0) this.places[at] = undefined; // its cell is free for the next one
      return;
    }
    if (at >= 0) return;
    let free = this.places.findIndex((each) => each === undefined);
    if (free < 0) free = this.places.length;
    this.places[free] = digit;
    while (this.places.length > this.grid.cells.length) {
      this.grid = cellsOf(this.label, ++this.parts);
    }
  }

  shown() {
    return this.places.filter(Boolean);
  }

  /** The small digit that was pressed; 0 for none, as with the keyboard. */
  under(event) {
    if (event.detail === 0 || !this.scale) return 0;
    const box = this.canvas.getBoundingClientRect();
    const x = (event.clientX - box.left - this.left) / this.scale;
    const y = (event.clientY - box.top - this.top) / this.scale;
    const { cells, size } = this.grid;
    const at = cells.findIndex(([cx, cy]) => x >= cx && x < cx + size && y >= cy && y < cy + size);
    return this.places[at]?.id ?? 0;
  }

  paint(news = this.news, pixels = this.pixels) {
    this.news = news;
    this.pixels = pixels;
    const many = this.shown().length;
    this.count.textContent = many;
    const article = this.label === 8 ? "an" : "a";
    this.button.setAttribute(
      "aria-label", `${many} ${many === 1 ? "digit makes" : "digits make"} ${article} ${this.label}: look at them`,
    );
    const { clientWidth, clientHeight } = this.canvas;
    if (!clientWidth || !clientHeight) return;
    const density = Math.max(1, devicePixelRatio);
    this.canvas.width = Math.round(clientWidth * density);
    this.canvas.height = Math.round(clientHeight * density);
    const pen = this.canvas.getContext("2d");
    const { cells, width, height, size } = this.grid;
    this.scale = Math.min(clientWidth / width, clientHeight / height);
    this.left = (clientWidth - this.scale * width) / 2;
    this.top = (clientHeight - this.scale * height) / 2;
    cells.forEach(([x, y], place) => {
      const side = this.scale * size;
      pen.setTransform(
        (density * side) / SIDE, 0, 0, (density * side) / SIDE,
        density * (this.left + this.scale * x), density * (this.top + this.scale * y),
      );
      paintCell(pen, this.places[place], news, pixels);
    });
  }
}

function paintCell(pen, digit, news, pixels) {
  const isNew = digit && news?.has(digit.id);
  pen.fillStyle = !digit ? SLATE_EMPTY : isNew ? NEW : CELL;
  pen.beginPath();
  pen.roundRect(12, 12, SIDE - 24, SIDE - 24, 24);
  pen.fill();
  if (!digit) return;
  if (!pixels) {
    for (const line of digit.outline) paintLine(pen, line, 28, isNew ? NEW_INK : CHALK);
    return;
  }
  const side = (SIDE - 40) / 8;
  digit.image.forEach((ink, at) => {
    pen.fillStyle = SHADES[ink];
    pen.fillRect(20 + side * (at % 8), 20 + side * Math.floor(at / 8), side + 1, side + 1);
  });
}

class Wall {
  constructor(root) {
    this.root = root;
    this.clear();
  }

  clear() {
    this.revision = 0;
    this.generation = null;
    this.unseen = 0;
    this.known = new Set();
    this.big = MASKS.map((_, label) => new BigDigit(label, (...pressed) => this.press(pressed)));
    this.root.replaceChildren(...this.big.map(({ button }) => button));
  }

  hear(data, tell, press) {
    this.press = press;
    if (this.room !== data.class || this.generation !== data.generation) {
      this.clear();
      this.room = data.class;
      this.generation = data.generation;
    }
    if (data.since > this.revision) {
      tell([0, 0]); // this page is new, and has seen nothing of it
      return;
    }
    const changed = new Set();
    for (const [id, label, animal, isShown, outline, image] of data.digits) {
      this.big[label].put({ id, animal, isShown, outline, image });
      changed.add(label);
      if (isShown) this.known.add(id);
      else this.known.delete(id);
    }
    const isNews = data.revision > this.revision || this.pixels !== data.pixels;
    this.revision = Math.max(this.revision, data.revision);
    this.pixels = data.pixels;
    if (isNews) {
      const news = new Set([...this.known].sort((a, b) => b - a).slice(0, N_NEW));
      for (const big of this.big) big.paint(news, data.pixels);
    }
    if (data.digits.length >= SEEN_AFTER) tell([data.revision, data.generation]);
  }
}

const walls = new WeakMap();

/** Python has run: the component is what Streamlit hands to its script. */
export function receive({ data: [data], parentElement, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".wall");
  if (!walls.has(root)) walls.set(root, new Wall(root));
  walls.get(root).hear(
    data,
    (seen) => setStateValue("seen", seen),
    (pressed) => setTriggerValue("pressed", pressed),
  );
}

/** A place on the page is taken down, and with it all that was painted there. */
export function leave() {}

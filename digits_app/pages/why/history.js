// How the answer changed while a digit was drawn: ten curves over the length of ink, and
// the drawing as it was where the slider stands.

const WIDTH = 600;
const TOP = 12;
const BASE = 160;
const LABEL_WIDTH = 60;
const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

class History {
  constructor(root) {
    this.root = root;
    this.slider = root.querySelector("input");
    this.slider.addEventListener("input", () => this.goTo(Number(this.slider.value)));
  }

  show(data) {
    const shown = JSON.stringify(data);
    if (shown === this.shown) return;
    this.shown = shown;
    this.data = data;
    this.last = data.proba.length - 1;
    this.winner = data.labels[this.last];
    this.drawCurves();
    this.drawMarks();
    this.slider.max = this.last;
    this.slider.value = this.last;
    this.goTo(this.last);
  }

  x(moment) {
    return this.last ? (moment / this.last) * WIDTH : WIDTH;
  }

  y(probability) {
    return BASE - probability * (BASE - TOP);
  }

  kind(digit) {
    if (digit === this.winner) return "won";
    return this.data.leaders.some(([, leader]) => leader === digit) ? "led" : "";
  }

  drawCurves() {
    const { proba } = this.data;
    const digits = proba[0].map((_, digit) => digit);
    // What matters is drawn last, over the rest.
    const order = ["", "led", "won"];
    digits.sort((a, b) => order.indexOf(this.kind(a)) - order.indexOf(this.kind(b)));
    // Where there was too little to read, there is no curve.
    const read = this.data.labels.flatMap((label, moment) => (label === null ? [] : [moment]));
    const curves = digits.map((digit) =>
      svg("polyline", {
        class: this.kind(digit),
        points: read
          .map((moment) => `${this.x(moment).toFixed(1)},${this.y(proba[moment][digit]).toFixed(1)}`)
          .join(" "),
      }),
    );
    this.root.querySelector(".why-curves").replaceChildren(...curves);
  }

  drawMarks() {
    const { leaders, proba } = this.data;
    let named = -Infinity;
    const marks = leaders.flatMap(([moment, digit], number) => {
      const isLast = number === leaders.length - 1;
      const [x, y] = [this.x(moment), this.y(proba[moment][digit])];
      const kind = this.kind(digit);
      const words = number === 0 ? "first" : isLast ? "now" : "then";
      const anchor = x < 40 ? "start" : x > WIDTH - 40 ? "end" : "middle";
      const circle = svg("circle", { class: kind, cx: x, cy: y, r: 4.5 });
      // Names that would lie over each other are left out, but never the last.
      const end = isLast ? Infinity : this.x(leaders.at(-1)[0]);
      if (!isLast && (x - named < LABEL_WIDTH || end - x < LABEL_WIDTH)) return [circle];
      named = x;
      return [
        circle,
        svg("text", { class: `name ${kind}`, x, y: Math.max(14, y - 10), "text-anchor": anchor },
          `${words} ${digit}`),
      ];
    });
    this.root.querySelector(".why-marks").replaceChildren(...marks);
    this.root.querySelector("svg").setAttribute("aria-label", this.data.description);
  }

  goTo(moment) {
    const { sentences, labels } = this.data;
    const now = this.root.querySelector(".why-now");
    now.setAttribute("x1", this.x(moment));
    now.setAttribute("x2", this.x(moment));
    this.slider.setAttribute("aria-valuetext", sentences[moment]);
    this.root.querySelector(".why-then").textContent = sentences[moment];
    this.root.querySelector("canvas").setAttribute(
      "aria-label",
      labels[moment] === null ? "Your drawing as it began" : `Your drawing when it was read as ${labels[moment]}`,
    );
    this.drawInk(this.data.lengths[moment]);
  }

  // The drawing up to a length of ink, as the pen drew it.
  drawInk(length) {
    const pen = this.root.querySelector("canvas").getContext("2d");
    pen.globalCompositeOperation = "source-over";
    pen.clearRect(0, 0, 280, 280);
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#fbf7ee";
    this.data.paths.forEach(({ commands, ends, width, erases }) => {
      const begun = commands.filter((_, number) => ends[number] <= length + 1e-6);
      if (begun.length < 2) return;
      pen.globalCompositeOperation = erases ? "destination-out" : "source-over";
      pen.lineWidth = width;
      pen.stroke(new Path2D(begun.map((command) => command.join(" ")).join(" ")));
    });
  }
}

const histories = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".why-history");
  if (!histories.has(root)) histories.set(root, new History(root));
  histories.get(root).show(data);
}

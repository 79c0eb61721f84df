// The player of a training: everything is in `data`, so moving the slider asks nobody.

const MILLISECONDS_A_SNAPSHOT = 220;
const players = new WeakMap();

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".replay");
  let player = players.get(root);
  if (!player) {
    player = new Player(root);
    players.set(root, player);
  }
  player.load(data);
  return () => player.stop();
}

class Player {
  constructor(root) {
    this.find = (selector) => root.querySelector(selector);
    this.slider = this.find(".snapshots");
    this.slider.addEventListener("input", () => {
      this.stop();
      this.show(Number(this.slider.value));
    });
    this.find(".play").addEventListener("click", () => (this.timer ? this.stop() : this.play()));
  }

  load(data) {
    const training = JSON.stringify([data.iterations, data.curve]);
    const isNew = training !== this.training;
    this.training = training;
    this.data = data;
    const raw = atob(data.weights);
    this.weights = Int8Array.from(raw, (letter) => letter.charCodeAt(0));
    this.last = data.iterations.length - 1;
    this.slider.max = this.last;
    if (isNew) {
      this.stop();
      this.buildChart();
      this.buildUnits();
      this.buildFilm();
    }
    this.buildBars();
    this.show(isNew ? this.last : Number(this.slider.value));
  }

  // ---- what is built once for a training ----

  buildChart() {
    const { size, axes, curve, testCurve } = this.data;
    const chart = this.find(".chart");
    chart.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
    chart.innerHTML = `${axes}
      <clipPath id="lesson-so-far"><rect x="0" y="0" width="0" height="${size[1]}"/></clipPath>
      <path class="to-come" d="${curve}"/><path class="to-come" d="${testCurve}"/>
      <g clip-path="url(#lesson-so-far)"><path class="test" d="${testCurve}"/>
      <path class="done" d="${curve}"/></g>
      <path class="now" d=""/><circle class="end test" r="5"/><circle class="end" r="6"/>`;
  }

  buildUnits() {
    const { nUnits, nHidden } = this.data;
    this.find(".units-name").textContent =
      nUnits < nHidden ? `${nUnits} of the ${nHidden} hidden units, now` : "The hidden units, now";
    this.units = pictures(this.find(".units"), nUnits);
  }

  buildFilm() {
    const n = Math.min(7, this.last + 1);
    this.shots = [...Array(n).keys()].map((i) => Math.round((i * this.last) / Math.max(n - 1, 1)));
    const film = this.find(".film");
    const canvases = pictures(film, n);
    this.shots.forEach((snapshot, i) => {
      this.paint(canvases[i], snapshot, 0);
      const name = document.createElement("span");
      name.className = "num";
      name.textContent = this.data.iterations[snapshot];
      canvases[i].parentElement.append(name);
    });
    this.frames = canvases.map((canvas) => canvas.parentElement);
  }

  buildBars() {
    const { digit, digitName, readings } = this.data;
    this.find(".reading-digit").src = digit;
    this.find(".reading-name").textContent = `How it reads ${digitName}, now`;
    this.find(".bars").innerHTML = readings[0]
      .map((_, label) => `<div class="bar"><em></em><i></i><span>${label}</span></div>`)
      .join("");
    this.bars = [...this.find(".bars").children];
  }

  // ---- one snapshot ----

  show(snapshot) {
    const { iterations, right, nTest } = this.data;
    const iteration = iterations[snapshot];
    const of = iterations[this.last];
    this.slider.value = snapshot;
    this.slider.style.setProperty("--at", `${(100 * snapshot) / Math.max(this.last, 1)}%`);
    this.slider.setAttribute("aria-valuetext", `after iteration ${iteration} of ${of}`);
    this.find(".when").textContent = `After iteration ${iteration} of ${of}`;
    this.find(".score").innerHTML =
      `reads <b class="num">${right[snapshot]}</b> of ${nTest} test digits right, ` +
      `<b class="num">${right[snapshot] === nTest ? "all" : percent(right[snapshot] / nTest, 1)}</b>`;
    this.showLosses(snapshot);
    this.units.forEach((canvas, unit) => this.paint(canvas, snapshot, unit));
    const nearest = this.shots.reduce((a, b) =>
      Math.abs(b - snapshot) < Math.abs(a - snapshot) ? b : a);
    this.frames.forEach((frame, i) => frame.classList.toggle("on", this.shots[i] === nearest));
    this.showReading(snapshot);
  }

  showLosses(snapshot) {
    const { points, testPoints, losses, testLosses, size } = this.data;
    const [x] = points[snapshot];
    this.find("clipPath rect").setAttribute("width", x);
    this.find(".now").setAttribute("d", `M${x} 10V${size[1] - 30}`);
    place(this.find(".end:not(.test)"), points[snapshot]);
    place(this.find(".end.test"), testPoints[snapshot]);
    this.find(".of-training").textContent = short(losses[snapshot]);
    this.find(".of-test").textContent = short(testLosses[snapshot]);
  }

  showReading(snapshot) {
    const reading = this.data.readings[snapshot];
    const answer = reading.indexOf(Math.max(...reading));
    const sure = reading[answer] > 0.99 ? "over 99%" : percent(reading[answer], 0);
    this.find(".reading-verdict").textContent = `as ${answer}, ${sure} sure${this.data.caveat}`;
    this.bars.forEach((bar, label) => {
      bar.classList.toggle("win", label === answer);
      bar.querySelector("i").style.setProperty("--p", `${100 * reading[label]}%`);
      bar.querySelector("em").textContent = label === answer ? sure : "";
    });
  }

  paint(canvas, snapshot, unit) {
    const context = canvas.getContext("2d");
    const pixels = context.createImageData(8, 8);
    const [above, below, slate] = this.data.colours;
    const start = (snapshot * this.data.nUnits + unit) * 64;
    for (let i = 0; i < 64; i++) {
      const share = this.weights[start + i] / 127;
      const colour = share > 0 ? above : below;
      for (let c = 0; c < 3; c++) {
        pixels.data[4 * i + c] = slate[c] + Math.abs(share) * (colour[c] - slate[c]);
      }
      pixels.data[4 * i + 3] = 255;
    }
    context.putImageData(pixels, 0, 0);
  }

  // ---- playing ----

  play() {
    const start = Number(this.slider.value) >= this.last ? 0 : Number(this.slider.value);
    this.show(start);
    this.timer = setInterval(() => {
      const next = Number(this.slider.value) + 1;
      if (next > this.last) this.stop();
      else this.show(next);
    }, MILLISECONDS_A_SNAPSHOT);
    this.name("pause", "Pause");
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.name("play_arrow", "Play");
  }

  name(icon, name) {
    this.find(".play .ms").textContent = icon;
    this.find(".play-name").textContent = name;
  }
}

function pictures(parent, n) {
  parent.replaceChildren();
  return [...Array(n)].map(() => {
    const frame = document.createElement("div");
    const canvas = document.createElement("canvas");
    canvas.className = "px";
    canvas.width = canvas.height = 8;
    frame.append(canvas);
    parent.append(frame);
    return canvas;
  });
}

function place(circle, [x, y]) {
  circle.setAttribute("cx", x);
  circle.setAttribute("cy", y);
}

function short(loss) {
  return loss < 0.01 ? loss.toFixed(4) : loss.toFixed(3);
}

// Never rounded to certainty: 99.96 % is no 100 %.
function percent(share, digits) {
  const unit = 10 ** -digits;
  const value = Math.min(100 * share, share < 1 ? 100 - unit : 100);
  return `${value.toFixed(digits)}%`;
}

// How the answer changed while a digit was drawn: a chart of all answers over the length of
// ink. Draw and Why? show the same.

import { SIDE } from "./canvas.js";
import { aDigit, fill, percent } from "./words.js";

const WIDTH = 732;
const HEIGHT = 74;
const TOP = 22; // above it stand the digits that were read
const REPLAYED = 24; // lengths of ink at which a drawing is read once more
const MOST_TRIES = 20; // then something else than a newer drawing comes between
export const LEAST_MOMENTS = 3;
const WORTH_A_LINE = 0.2; // a digit that was never likelier than that gets no line
const NARROWEST = 0.05 * WIDTH; // below it a stretch is too narrow for its digit

/** An answer, and how much had been drawn by then. */
export function momentOf(paths, { network, proba, isUnfamiliar }) {
  return {
    network, isUnfamiliar,
    proba: proba.map((share) => Math.round(share * 1e4) / 1e4),
    strokes: paths.length,
    ink: Math.round(lengths(paths).flat().at(-1) ?? 0),
  };
}

/** How far the pen had come at the end of each command of each path, in units. */
export function lengths(paths) {
  let come = 0;
  return paths.map(({ path }) =>
    path.map((command, number) => {
      if (number) {
        const [[ax, ay], [bx, by]] = [path[number - 1].slice(-2), command.slice(-2)];
        come += Math.hypot(bx - ax, by - ay);
      }
      return come;
    }),
  );
}

/** The beginning of a drawing, up to a length of ink. */
export function drawnUntil(paths, ink) {
  const ends = lengths(paths);
  return paths
    .map((path, i) => ({ ...path, path: path.path.filter((_, n) => ends[i][n] <= ink + 0.5) }))
    .filter(({ path }) => path.length > 1);
}

/**
 * Read a drawing as it was at several lengths of ink: nobody saw it drawn, or another network
 * reads it now. `read` reads paths; null where it has something newer to do.
 */
export async function replay(paths, read) {
  const whole = lengths(paths).flat().at(-1) ?? 0;
  const moments = [];
  for (let step = 1; step <= REPLAYED; step++) {
    const begun = drawnUntil(paths, (whole * step) / REPLAYED);
    const reading = await read(begun);
    if (!reading) return null;
    if (reading.proba) moments.push(momentOf(begun, reading));
  }
  return moments;
}

/** `replay`, and again where something newer came between, for as long as `isStill`. */
export async function replayWhile(isStill, paths, read) {
  for (let tries = 0; tries < MOST_TRIES && isStill(); tries++) {
    const moments = await replay(paths, (begun) => isStill() && read(begun));
    if (moments) return moments;
    await new Promise(requestAnimationFrame);
  }
  return null;
}

/** Draw the chart; return whether there was enough to show. */
export function paintChart(place, moments, words) {
  const enough = moments.length >= LEAST_MOMENTS;
  place.innerHTML = enough ? chart(moments, words) : "";
  return enough;
}

/**
 * The chart with a slider, and the drawing as it was where the slider stands; as soon as
 * there is enough to show.
 */
export function paintLookBack(place, drawing, words) {
  const { objects: paths, width, moments } = drawing;
  place.innerHTML = `<div class="look-back"><div><div class="over"></div>
<label><span>${words.goBack}</span><input type="range" min="0" max="${moments.length - 1}"
value="${moments.length - 1}"></label></div>
<figure><canvas class="slate" width="${width}" height="${SIDE}" role="img"
style="aspect-ratio: ${width / SIDE}"></canvas>
<figcaption></figcaption></figure></div>`;
  const [canvas, slider] = [place.querySelector("canvas"), place.querySelector("input")];
  if (!paintChart(place.querySelector(".over"), moments, words)) {
    place.textContent = words.tooFew;
    const again = () => place.isConnected && paintLookBack(place, drawing, words);
    drawing.addEventListener("noted", again, { once: true });
    return;
  }
  const goTo = () => {
    const { proba, ink } = moments[slider.value];
    const label = best(proba);
    const said = `${aDigit(label)}, ${percent(proba[label])}`;
    slider.setAttribute("aria-valuetext", said);
    place.querySelector("figcaption").textContent = said;
    canvas.setAttribute("aria-label", fill(words.readAs, { digit: label }));
    drawInk(canvas, drawnUntil(paths, ink), words.slate);
  };
  slider.addEventListener("input", goTo);
  goTo();
}

function drawInk(canvas, paths, slate) {
  const pen = canvas.getContext("2d");
  pen.fillStyle = slate;
  pen.fillRect(0, 0, canvas.width, SIDE);
  pen.lineCap = pen.lineJoin = "round";
  for (const { path, stroke, strokeWidth } of paths) {
    pen.strokeStyle = stroke;
    pen.lineWidth = strokeWidth;
    pen.stroke(new Path2D(path.map((command) => command.join(" ")).join(" ")));
  }
}

function chart(moments, words) {
  const first = moments[0].ink;
  const whole = Math.max(moments.at(-1).ink - first, 1);
  const x = moments.map(({ ink }) => (WIDTH * (ink - first)) / whole);
  const read = moments.map(({ proba }) => best(proba));
  const now = read.at(-1);
  const drawn = moments[0].proba
    .map((_, digit) => digit)
    .filter((digit) => moments.some(({ proba }) => proba[digit] >= WORTH_A_LINE))
    .sort((a, b) => (a === now) - (b === now)); // the answer lies over the others
  const parts = stretches(x, read);
  return (
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${sentence(read, words)}">` +
    parts.map((part) => stretch(part, part === parts.at(-1))).join("") +
    `<path d="M0 ${HEIGHT - 1}H${WIDTH}" fill="none" stroke="var(--edge)"/>` +
    drawn.map((digit) => line(x, moments, digit, digit === now)).join("") +
    labels(parts, words) +
    "</svg>"
  );
}

function line(x, moments, digit, hot) {
  const y = (share) => HEIGHT - 1 - (HEIGHT - TOP - 4) * share;
  const points = moments
    .map(({ proba }, i) => `${x[i].toFixed(0)},${y(proba[digit]).toFixed(1)}`)
    .join(" ");
  const [colour, width] = hot ? ["var(--accent)", 2.5] : ["var(--edge)", 1.5];
  return (
    `<polyline points="${points}" fill="none" stroke="${colour}" stroke-width="${width}" ` +
    'stroke-linejoin="round"/>'
  );
}

/** From where to where which digit was read. */
function stretches(x, read) {
  const starts = read.flatMap((digit, i) => (digit === read[i - 1] ? [] : [i]));
  return starts.map((start, i) => ({
    left: x[start],
    right: i + 1 < starts.length ? x[starts[i + 1]] : WIDTH,
    digit: read[start],
  }));
}

function stretch({ left, right }, isLast) {
  const fill = isLast ? "var(--tint)" : "var(--sunken)";
  const width = Math.max(right - left - 2, 0).toFixed(0);
  return (
    `<rect x="${(left + 1).toFixed(0)}" y="${TOP}" width="${width}" height="${HEIGHT - TOP - 1}" ` +
    `style="fill:${fill}"/>`
  );
}

function labels(parts, words) {
  return parts
    .map(({ left, right, digit }, number) => {
      const isLast = number === parts.length - 1;
      if (right - left < NARROWEST && !isLast) return "";
      const isWide = right - left > 2 * NARROWEST;
      const before = isLast ? words.now : number === 0 ? words.began : "";
      const article = aDigit(digit).split(" ")[0];
      const text = isWide && before ? `${fill(before, { article })} ` : "";
      const [place, anchor] = isWide ? [(left + right) / 2, "middle"] : [right, "end"];
      return (
        `<text x="${place.toFixed(0)}" y="15" text-anchor="${anchor}">${text}` +
        `<tspan class="big${isLast ? " hot" : ""}">${digit}</tspan></text>`
      );
    })
    .join("");
}

function sentence(read, words) {
  const [first, ...later] = read.filter((digit, i) => digit !== read[i - 1]).map(aDigit);
  if (!later.length) return fill(words.always, { first });
  const now = later.pop();
  const between = later.map((then) => fill(words.then, { then })).join("");
  return fill(words.changed, { first, between, now });
}

function best(proba) {
  return proba.indexOf(Math.max(...proba));
}

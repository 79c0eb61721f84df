// "Show me one": a digit drawn stroke by stroke, as a hand would, by the canvas' own events.

import { SIDE, sendMouse } from "./canvas.js";
import { EXAMPLES } from "./examples.js";

const SPEED = 0.42; // units a millisecond
const BETWEEN_STROKES = 220; // milliseconds
const BETWEEN_POINTS = 8; // points drawn from one point of an example to the next
const OURS = 8888; // the pointer's id

/** Which digits are shown, one after the other, by how many the network knows. */
export const SHOWN = { 10: [3, 8, 5, 2, 7, 4, 9, 6, 0, 1], 2: [1, 0] };

/** The strokes of a digit: points close together, in units. */
export function exampleStrokes(digit) {
  return EXAMPLES[digit].map(smoothCurve);
}

/**
 * Lead a curve through points.
 *
 * E. Catmull, R. Rom, A class of local interpolating splines, Computer Aided Geometric
 * Design, 1974.
 */
function smoothCurve(points) {
  const at = (i) => points[Math.max(0, Math.min(i, points.length - 1))];
  const curve = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [before, start, end, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let step = 0; step < BETWEEN_POINTS; step++) {
      const t = step / BETWEEN_POINTS;
      curve.push(
        start.map((p, axis) => {
          const [b, e, a] = [before[axis], end[axis], after[axis]];
          return (
            0.5 *
            (2 * p + (e - b) * t + (2 * b - 5 * p + 4 * e - a) * t ** 2 + (3 * p - b - 3 * e + a) * t ** 3)
          );
        }),
      );
    }
  }
  return [...curve, points.at(-1)];
}

/**
 * Draw strokes, given in units of a square in the middle of the canvas; the function that is
 * returned breaks it off.
 */
export function demonstrate(surface, strokes) {
  let frame = 0;
  let down = null;
  const place = ([x, y]) => {
    const box = surface.getBoundingClientRect();
    const left = box.left + (box.width - box.height) / 2;
    return [left + (x / SIDE) * box.height, box.top + (y / SIDE) * box.height];
  };
  const send = (kind, at) => {
    const [clientX, clientY] = at;
    surface.dispatchEvent(
      new PointerEvent(`pointer${kind}`, {
        pointerId: OURS, pointerType: "mouse", button: 0, buttons: kind === "up" ? 0 : 1,
        clientX, clientY, bubbles: true, composed: true,
      }),
    );
    sendMouse(surface, `mouse${kind}`, at);
    down = kind === "up" ? null : at;
  };
  const walk = (number) => {
    const stroke = strokes[number];
    if (!stroke) return;
    const reached = [0];
    for (let i = 1; i < stroke.length; i++) {
      const [[ax, ay], [bx, by]] = [stroke[i - 1], stroke[i]];
      reached.push(reached.at(-1) + Math.hypot(bx - ax, by - ay));
    }
    const began = performance.now();
    let next = 0;
    const step = (now) => {
      if (!surface.getBoundingClientRect().width) return; // the page was left
      const way = (now - began) * SPEED;
      while (next < stroke.length && reached[next] <= way) {
        send(next === 0 ? "down" : "move", place(stroke[next]));
        next += 1;
      }
      if (next < stroke.length) {
        frame = requestAnimationFrame(step);
      } else {
        send("up", down);
        frame = setTimeout(() => walk(number + 1), BETWEEN_STROKES);
      }
    };
    frame = requestAnimationFrame(step);
  };
  walk(0);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(frame);
    if (down) send("up", down);
  };
}

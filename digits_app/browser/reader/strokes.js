// From the canvas' JSON to the points that the pen is set down at.
// Python: drawing/canvas_json.py, `read_strokes`; the numbers are in `rule.canvas`.

import { clamp } from "./numbers.js";

const LENGTHS = { M: 3, L: 3, Q: 5 };

/**
 * Read the paths of a drawing: for each stroke its points [x, y, x, y, ...] in canvas units,
 * its width, and whether it is ink (or erases). Null where it is no drawing, or no digit: it
 * comes from outside, so it may be anything.
 */
export function readStrokes(paths, rule) {
  if (!Array.isArray(paths)) return null;
  let nCommands = 0;
  for (const each of paths) {
    if (!Array.isArray(each?.path)) return null;
    nCommands += 1 + each.path.length;
  }
  if (nCommands > rule.max_path_commands) return null;
  const strokes = [];
  let wholeWay = 0;
  for (const { path, stroke, strokeWidth: width = 1 } of paths) {
    const isInk = isLight(stroke, rule.light_from);
    const points = follow(path, rule);
    if (isInk === null || !points || !(width > 0 && width <= rule.max_pen_width)) return null;
    const come = comeSoFar(points);
    wholeWay += (come.at(-1) ?? 0) + Math.max(width, rule.set_down);
    if (wholeWay > rule.max_way) return null;
    const apart = Math.max(rule.least_step, width / rule.points_a_width);
    strokes.push({ points: farEnoughApart(points, come, apart), width, isInk });
  }
  return strokes;
}

/** Longer side of the box around all points; 0 where there is none. */
export function extent(strokes) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (const { points } of strokes) {
    for (let i = 0; i < points.length; i++) {
      low[i % 2] = Math.min(low[i % 2], points[i]);
      high[i % 2] = Math.max(high[i % 2], points[i]);
    }
  }
  return Math.max(0, high[0] - low[0], high[1] - low[1]);
}

/** The points along a path: ends of lines, and some along each curve. */
function follow(path, rule) {
  if (!path.every((command, i) => isCommand(command, i, rule.farthest))) return null;
  const inside = (number) => clamp(number, -rule.side, 2 * rule.side);
  const points = [];
  let [x, y] = [0, 0];
  for (const [name, ...numbers] of path) {
    const [a, b, c, d] = numbers.map(inside);
    if (name === "Q") {
      for (const t of rule.along_curves) {
        const [start, control, end] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
        points.push(start * x + control * a + end * c, start * y + control * b + end * d);
      }
    } else {
      points.push(a, b);
    }
    [x, y] = name === "Q" ? [c, d] : [a, b];
  }
  return points;
}

/** Whether it is one of the commands that the canvas' pen writes, at its place in a path. */
function isCommand(command, place, farthest) {
  if (!Array.isArray(command) || (command[0] === "M") !== (place === 0)) return false;
  if (LENGTHS[command[0]] !== command.length) return false;
  for (let i = 1; i < command.length; i++) {
    if (typeof command[i] !== "number" || !(Math.abs(command[i]) <= farthest)) return false;
  }
  return true;
}

/** How far the pen has come at each point. */
function comeSoFar(points) {
  const come = [];
  for (let i = 0; i < points.length; i += 2) {
    const [across, down] = [points[i] - points[i - 2], points[i + 1] - points[i - 1]];
    come.push(i ? come.at(-1) + Math.sqrt(across * across + down * down) : 0);
  }
  return come;
}

/** One point for each such piece of the way, and both ends. */
function farEnoughApart(points, come, apart) {
  const last = come.length - 1;
  const kept = [];
  for (let i = 0; i <= last; i++) {
    const isEnd = i === 0 || i === last;
    if (isEnd || Math.floor(come[i] / apart) > Math.floor(come[i - 1] / apart)) {
      kept.push(points[2 * i], points[2 * i + 1]);
    }
  }
  return kept;
}

/** Whether a colour is ink; null where it is none that a canvas writes. */
export function isLight(colour, from) {
  const digits = /^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(colour) ? colour.slice(1) : null;
  if (digits === null) return null;
  const each = digits.length === 3 ? /./g : /../g;
  const [red, green, blue] = digits.match(each).map((hex) => parseInt(hex.padEnd(2, hex), 16));
  // How bright it looks (ITU-R 601), as Pillow rounds it.
  return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16 >= from;
}

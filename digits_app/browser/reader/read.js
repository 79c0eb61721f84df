// The reader: from strokes to what a network says of them. Python: reading/recognition.py and
// reading/numbers.py.

import { Rasteriser } from "./rasterise.js";
import { cutOutDigit, inkIntensity } from "./ink.js";
import { extent, readStrokes } from "./strokes.js";
import { frameCopies } from "./tilted_copies.js";
import { mapStrokes } from "./distance.js";
import { splitDrawing } from "./grouping.js";
import { meanProbabilities } from "./forward.js";
import { pixels, strokeDirections } from "./features.js";
import { prepareBitmaps } from "./five_steps.js";
import { unpackWeights } from "./weights.js";

/** Whose file brings the rule, and who is asked about every drawing. */
const GUARD = "guard";

/** How many parts of drawings are remembered: those that did not change are not read again. */
const REMEMBERED = 100;

export class DigitReader {
  constructor() {
    this.networks = new Map();
    this.remembered = new Map(); // a part's paths to what was read in it
  }

  /** Take over a network's bytes, as an ArrayBuffer, under a name. */
  load(name, buffer) {
    const network = unpackWeights(buffer);
    this.networks.set(name, network);
    this.remembered.clear();
    if (name !== GUARD) return;
    this.rule = network.rule;
    this.rasteriser = new Rasteriser(this.rule.canvas);
  }

  /**
   * Read the paths of a drawing. Null while the network, or the guard, is not there yet;
   * { nothing: true } where there is nothing that could be a digit. Of several signs it is
   * { network, signs }, from left to right, each with its `strokes`, its `frame`, whether it
   * `isDigit`, and what is read in it; nothing is read in a dot.
   */
  read(name, paths, width = this.rule?.canvas.side) {
    if (!this.networks.has(name) || !this.networks.has(GUARD)) return null;
    const signs = this.split(paths, width);
    if (signs.length < 2) {
      const part = this.part(signs[0]?.paths ?? paths);
      return { network: name, ...(part ? this.answer(name, part) : { nothing: true }) };
    }
    return { network: name, signs: signs.map((sign) => this.readSign(name, sign)) };
  }

  readSign(name, { strokes, frame, paths }) {
    const part = this.part(paths);
    if (!part) return { strokes, frame, isDigit: false, nothing: true, proba: [] };
    const reading = this.answer(name, part);
    const agreement = reading.proba.reduce((sum, each, digit) => sum + each * part.guard[digit], 0);
    const isDigit = agreement >= this.rule.grouping.no_digit_below;
    return { strokes, frame, isDigit, ...reading };
  }

  /** The signs of a drawing; none where it is no drawing. */
  split(paths, width) {
    const { canvas, grouping } = this.rule;
    const strokes = readStrokes(paths, canvas);
    if (!strokes) return [];
    this.leaveErased(paths, strokes);
    const ask = (part) => {
      const guard = this.part(part)?.guard;
      return guard ? Math.max(...guard.slice(0, 10)) : null;
    };
    return splitDrawing(paths, strokes, grouping, { side: canvas.side, width }, ask);
  }

  /** Leave strokes that were wholly erased without points. */
  leaveErased(paths, strokes) {
    if (strokes.every(({ isInk }) => isInk)) return;
    const isBlank = (_, number) =>
      this.draw(paths.filter((_, i) => i === number || !strokes[i].isInk))?.levels.every(
        (level) => level === 0,
      );
    const erased = strokes.map((stroke, i) => stroke.isInk && isBlank(stroke, i));
    strokes.forEach((stroke, i) => {
      if (erased[i]) stroke.points = [];
    });
  }

  /** A part's copies, and what the guard says of them; null where it is a dot, or blank. */
  part(paths) {
    const key = JSON.stringify(paths);
    const known = this.remembered.get(key);
    if (known !== undefined) {
      this.remembered.delete(key); // what was asked for last is forgotten last
      this.remembered.set(key, known);
      return known;
    }
    const picture = this.draw(paths);
    const copies = picture && this.copies(picture);
    const part = copies && this.partOf(copies);
    if (this.remembered.size >= REMEMBERED) {
      this.remembered.delete(this.remembered.keys().next().value);
    }
    this.remembered.set(key, part);
    return part;
  }

  /** The drawing as a picture; null where it is a dot, or no drawing. */
  draw(paths) {
    const { canvas } = this.rule;
    const strokes = readStrokes(paths, canvas);
    if (!strokes || extent(strokes) < canvas.min_stroke_extent) return null;
    return { levels: this.rasteriser.draw(strokes), width: canvas.side, height: canvas.side };
  }

  /** The tilted copies of a picture, 8x8 counts one after the other; null where it is blank. */
  copies(picture) {
    const { rule } = this;
    const ink = inkIntensity(picture, rule.ink);
    const digit = ink && cutOutDigit(ink, rule.ink);
    if (!digit) return null;
    const field = mapStrokes(digit, rule.tilted_copies, rule.ink);
    const frames = frameCopies(field, rule.tilted_copies, rule.five_steps);
    return prepareBitmaps(frames, rule.five_steps);
  }

  /** Copies, what the networks are given of them, and what the guard says. */
  partOf(copies) {
    const { features } = this.rule;
    const n = copies.length / features.side ** 2;
    const inputs = { directions: strokeDirections(copies, n, features), pixels: pixels(copies) };
    return { copies, n, inputs, guard: this.say(GUARD, { inputs, n }), readings: new Map() };
  }

  /** What a network says of the copies, and what the guard does. */
  ask(name, copies) {
    return this.answer(name, this.partOf(copies));
  }

  answer(name, part) {
    if (!part.readings.has(name)) part.readings.set(name, this.answerNow(name, part));
    return part.readings.get(name);
  }

  answerNow(name, part) {
    const { features, tilted_copies: tilted, guard } = this.rule;
    const proba = this.say(name, part);
    const unfamiliarity = part.guard.slice(proba.length).reduce((a, b) => a + b, 0);
    const nPixels = features.side ** 2;
    const first = tilted.untilted * nPixels;
    return {
      proba,
      label: proba.indexOf(Math.max(...proba)),
      unfamiliarity,
      isUnfamiliar: unfamiliarity > guard.unfamiliar_from[proba.length],
      image: Array.from(part.copies.subarray(first, first + nPixels)),
    };
  }

  say(name, { inputs, n }) {
    const network = this.networks.get(name);
    return meanProbabilities(network, inputs[network.features], n);
  }
}

// The reader: from strokes to what a network says of them. Python: reading/recognition.py.

import { Rasteriser } from "./rasterise.js";
import { cutOutDigit, inkIntensity } from "./ink.js";
import { extent, readStrokes } from "./strokes.js";
import { frameCopies } from "./tilted_copies.js";
import { mapStrokes } from "./distance.js";
import { meanProbabilities } from "./forward.js";
import { pixels, strokeDirections } from "./features.js";
import { prepareBitmaps } from "./five_steps.js";
import { unpackWeights } from "./weights.js";

/** Whose file brings the rule, and who is asked about every drawing. */
const GUARD = "guard";

export class DigitReader {
  constructor() {
    this.networks = new Map();
  }

  /** Take over a network's bytes, as an ArrayBuffer, under a name. */
  load(name, buffer) {
    const network = unpackWeights(buffer);
    this.networks.set(name, network);
    if (name !== GUARD) return;
    this.rule = network.rule;
    this.rasteriser = new Rasteriser(this.rule.canvas);
  }

  /**
   * Read the paths of a drawing. Null while the network, or the guard, is not there yet;
   * { nothing: true } where there is nothing that could be a digit.
   */
  read(name, paths) {
    if (!this.networks.has(name) || !this.networks.has(GUARD)) return null;
    const picture = this.draw(paths);
    const copies = picture && this.copies(picture);
    return { network: name, ...(copies ? this.ask(name, copies) : { nothing: true }) };
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

  /** What a network says of the copies, and what the guard does. */
  ask(name, copies) {
    const { features, tilted_copies: tilted, guard } = this.rule;
    const nPixels = features.side ** 2;
    const n = copies.length / nPixels;
    const directions = strokeDirections(copies, n, features);
    const inputs = { directions, pixels: pixels(copies) };
    const say = (network) => meanProbabilities(network, inputs[network.features], n);
    const proba = say(this.networks.get(name));
    const strange = say(this.networks.get(GUARD)).slice(proba.length);
    const unfamiliarity = strange.reduce((a, b) => a + b, 0);
    const first = tilted.untilted * nPixels;
    return {
      proba,
      label: proba.indexOf(Math.max(...proba)),
      unfamiliarity,
      isUnfamiliar: unfamiliarity > guard.unfamiliar_from[proba.length],
      image: Array.from(copies.subarray(first, first + nPixels)),
    };
  }
}

// The signs of a number, each in its frame over the ink, with how sure the network is. A tap on
// one presses it; lines of the pen go through.

import { signText } from "./answer.js";
import { SIDE } from "./canvas.js";
import { percent } from "./words.js";

const STYLE = `
  .signs { position: absolute; inset: 0; z-index: 11; pointer-events: none; font: 600 var(--t-xs)/1 var(--sans); forced-color-adjust: none; }
  .signs div {
    position: absolute; box-sizing: border-box; container-type: inline-size;
    border: 1.5px solid #a9a79f80; border-radius: .35rem;
  }
  .signs p {
    position: absolute; left: 0; right: 0; margin: 0; padding: .2rem 0;
    color: var(--chalk-2); text-align: center; white-space: nowrap;
  }
  .signs .over p { bottom: 100%; }
  .signs .under p { top: 100%; }
  .signs .marked { border-color: #ff7a4d; }
  .signs .marked p { color: #ff9671; }
  @container (max-width: 3.5rem) { .signs span { display: none; } }
`;
const TAP = 4; // units; a pen that moves no more has only touched
const LABEL = 26; // units; room that a label takes over or under a frame

/** Paint the frames in the canvas' shadow root; of no signs there are none. */
export function paintFrames(surface, signs, chosen, width) {
  const root = surface.getRootNode();
  let place = root.querySelector(".signs");
  if (!signs.length) {
    place?.replaceChildren();
    return;
  }
  if (!place) {
    const style = Object.assign(document.createElement("style"), { textContent: STYLE });
    place = Object.assign(document.createElement("div"), { className: "signs" });
    place.ariaHidden = "true"; // the buttons of the answer say the same
    root.append(style, place);
  }
  place.replaceChildren(...signs.map((sign, i) => frame(sign, i === chosen, width)));
}

function frame(sign, isMarked, width) {
  const box = boxOf(sign, width);
  const [left, top, right, bottom] = box;
  const element = document.createElement("div");
  const hasRoomUnder = top < LABEL && bottom < SIDE - LABEL;
  element.className = `${hasRoomUnder ? "under" : "over"} ${isMarked ? "marked" : ""}`;
  const share = (length, whole) => `${(100 * length) / whole}%`;
  Object.assign(element.style, {
    left: share(left, width), width: share(right - left, width),
    top: share(top, SIDE), height: share(bottom - top, SIDE),
  });
  const label = document.createElement("p");
  label.append(signText(sign));
  if (sign.isDigit) {
    const sure = document.createElement("span");
    sure.textContent = ` ${percent(Math.max(...sign.proba))}`;
    label.append(sure);
  }
  element.append(label);
  return element;
}

/** A sign's frame within the canvas: left, top, right and bottom, in units. */
function boxOf({ frame: [left, top, right, bottom] }, width) {
  return [Math.max(left, 1), Math.max(top, 1), Math.min(right, width - 1), Math.min(bottom, SIDE - 1)];
}

/** The sign that was tapped with a stroke; none where it is a line, or beside all of them. */
export function tapped({ points }, signs) {
  const [[x, y]] = points;
  if (points.some((point) => Math.hypot(point[0] - x, point[1] - y) > TAP)) return undefined;
  const isIn = ([left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom;
  return signs.find(({ frame, nothing }) => !nothing && isIn(frame));
}

// The answer: the digit, large, how sure the network is, and a bar for each digit. It is
// painted from numbers, no matter who worked them out. The words are Python's (`wording.py`).

import { aDigit, fill, percent } from "./words.js";

const FRAME = `<section class="answer" aria-label="Answer">
<div class="digit num"></div><div><div class="verdict"><div><h2></h2><p></p></div>
<button class="btn" type="button" data-ask="why" hidden><span class="ms" aria-hidden="true">help</span>
<span></span></button></div><div class="bars" role="img"></div></div></section>`;

/**
 * Paint a reading.
 *
 * `proba` has the probability of each digit, counted from 0. What is like no digit it knows
 * gets a question mark and no percentages.
 */
export function paintAnswer(place, { proba, isUnfamiliar }, words, asksWhy = false) {
  const label = proba.indexOf(Math.max(...proba));
  const strange = isUnfamiliar;
  const said = sayAnswer({ proba, isUnfamiliar }, words);
  const shown = { label, strange, mood: strange ? "dim" : "", ...said };
  const why = asksWhy ? fill(words.why, { digit: aDigit(label) }) : "";
  paint(place, { ...shown, why }, proba, words);
}

/**
 * Paint several signs: the number, each of its digits a button, and the words and bars of the
 * one that is chosen.
 */
export function paintNumber(place, signs, chosen, words) {
  const sign = signs[chosen];
  const mood = sign.isDigit ? "" : "dim";
  const why = fill(words.why, { digit: aDigit(labelOf(sign)) });
  paint(place, { label: null, mood, why, ...saySign(sign, words) }, sign.proba, words);
  place.querySelector(".answer").classList.add("number");
  paintSigns(place.querySelector(".digit"), signs, chosen, words);
}

/** What is said of one sign of a number. */
export function saySign({ isDigit, proba }, words) {
  return sayAnswer({ isUnfamiliar: !isDigit, proba }, words);
}

/** What stands in a number for a sign: the digit, or a question mark. */
export function signText(sign) {
  return sign.isDigit ? String(labelOf(sign)) : "?";
}

function labelOf({ proba }) {
  return proba.indexOf(Math.max(...proba));
}

/** Paint what stands there while nothing is read: a question mark, and two sentences. */
export function paintNothing(place, { title, detail, nClasses }, words) {
  const nothing = { label: "?", strange: false, mood: "none", title, detail, why: "" };
  paint(place, nothing, new Array(nClasses).fill(0), words);
}

/** What is said of a reading: a title and a detail. */
export function sayAnswer({ proba, isUnfamiliar }, words) {
  const [first, second] = proba.map((_, digit) => digit).sort((a, b) => proba[b] - proba[a]);
  if (isUnfamiliar) {
    const { title, detail } = words.unfamiliar;
    return { title, detail: fill(detail[proba.length], { digit: first }) };
  }
  const [, title] = words.titles.find(([least]) => proba[first] >= least);
  const next =
    proba[second] < words.negligible
      ? words.alone
      : fill(words.second, { digit: second, percent: percent(proba[second]) });
  const detail = fill(words.first, { digit: first, percent: percent(proba[first]) });
  return { title: fill(title, { digit: aDigit(first) }), detail: `${detail} ${next}` };
}

function paint(place, { label, strange, mood, title, detail, why }, proba, words) {
  if (!place.querySelector(".answer")) place.innerHTML = FRAME;
  const get = (selector) => place.querySelector(selector);
  get(".answer").className = `answer ${mood}`;
  const digit = get(".digit");
  digit.className = `digit num ${mood && "faded"}`;
  if (label !== null) digit.textContent = label;
  if (strange) digit.append(Object.assign(document.createElement("sup"), { textContent: "?" }));
  write(get("h2"), title);
  write(get(".verdict p"), detail);
  const button = get(".btn");
  button.hidden = !why;
  if (why) write(button.lastElementChild, why);
  paintBars(get(".bars"), proba, mood, words);
}

/** Buttons that are there stay, so that the keyboard's focus does. */
function paintSigns(place, signs, chosen, words) {
  if (place.querySelectorAll("button").length !== signs.length) {
    place.innerHTML = signs
      .map(() => '<button class="sign" type="button" data-ask="sign"><b></b><span></span></button>')
      .join("");
  }
  signs.forEach((sign, i) => {
    const button = place.children[i];
    const text = signText(sign);
    const share = sign.isDigit ? percent(Math.max(...sign.proba)) : "";
    button.value = sign.strokes[0];
    button.disabled = Boolean(sign.nothing);
    button.setAttribute("aria-pressed", i === chosen);
    button.setAttribute("aria-label", share ? `${text}, ${share}` : words.noDigit);
    write(button.firstElementChild, text);
    write(button.lastElementChild, share);
  });
}

function paintBars(place, proba, mood, words) {
  if (place.children.length !== proba.length) {
    place.innerHTML = proba
      .map((_, digit) => `<div class="bar"><em class="num"></em><i></i><span class="num">${digit}</span></div>`)
      .join("");
  }
  const best = mood ? null : proba.indexOf(Math.max(...proba));
  proba.forEach((share, digit) => {
    const bar = place.children[digit];
    bar.classList.toggle("win", digit === best);
    write(bar.firstElementChild, mood || share < words.negligible ? "" : percent(share));
    bar.children[1].style.setProperty("--p", `${(100 * share).toFixed(1)}%`);
  });
  const each = proba.map((share, digit) => `${digit}: ${percent(share)}`).join(", ");
  place.setAttribute("aria-label", mood ? words.barsNotTrusted : fill(words.bars, { each }));
}

/** Change a text only where it is another, so that nothing else is laid out anew. */
function write(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}

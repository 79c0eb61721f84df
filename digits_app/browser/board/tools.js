// Pen or eraser, its width, Undo, Clear, Show me one: they act here, without the server.

import { keep, kept, TAB } from "../kept.js";

const WIDTHS = { Thin: 12, Medium: 20, Thick: 30 }; // units

// Named as Streamlit names them: `make fonts` keeps the icons that it finds.
export const icon = (name) => `<span class="ms" aria-hidden="true">${name.slice(10, -1)}</span>`;
const TOOLS = {
  pen: `<div class="seg" role="radiogroup" aria-label="Pen or eraser">
<button type="button" role="radio" data-set="erases" value="">${icon(":material/edit:")}Pen</button>
<button type="button" role="radio" data-set="erases" value="yes">${icon(":material/ink_eraser:")}Eraser</button></div>`,
  width: `<div class="seg widths" role="radiogroup" aria-label="Width of the pen">${Object.keys(WIDTHS)
    .map((name) => `<button type="button" role="radio" data-set="width" value="${name}" aria-label="${name}"></button>`)
    .join("")}</div>`,
  undo: `<button class="btn" type="button" data-do="undo">${icon(":material/undo:")}Undo</button>`,
  clear: `<button class="btn" type="button" data-do="clear">${icon(":material/delete:")}Clear</button>`,
  show: `<button class="btn" type="button" data-do="show">${icon(":material/auto_awesome:")}Show me one</button>`,
  wide: `<button class="btn" type="button" data-do="resize"></button>`,
  picture: `<button class="btn" type="button" data-ask="picture">${icon(":material/photo_camera:")}From a picture</button>`,
};
const WIDER = `${icon(":material/arrow_range:")}Wider`;
const NARROWER = `${icon(":material/crop_square:")}Narrower`;

/** The tools that a page asks for; what is chosen is kept in the tab. */
export class Tools {
  #stored;

  constructor(place, names, stored, { changed, ...deeds }) {
    this.#stored = stored;
    this.place = place;
    this.chosen = { erases: "", width: "Medium" };
    Object.assign(this.chosen, kept(TAB, stored));
    place.innerHTML = names.map((name) => `<div class="tool tool-${name}">${TOOLS[name]}</div>`).join("");
    place.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (button?.dataset.set) {
        this.choose(button.dataset.set, button.value);
        changed();
      } else if (button?.dataset.do) {
        deeds[button.dataset.do]();
      }
    });
    place.addEventListener("keydown", (event) => this.#walk(event));
    this.#mark();
  }

  /** What to draw with, in units; the eraser draws in the slate's colour. */
  pen({ chalk, slate }) {
    const { erases, width } = this.chosen;
    return { width: WIDTHS[width] ?? WIDTHS.Medium, colour: erases ? slate : chalk };
  }

  choose(name, value) {
    this.chosen[name] = value;
    keep(TAB, this.#stored, this.chosen);
    this.#mark();
  }

  /** Offer the other canvas than the one that is shown. */
  markWide(isWide) {
    const button = this.place.querySelector("[data-do=resize]");
    if (!button || button.dataset.wide === String(isWide)) return;
    button.dataset.wide = isWide;
    button.innerHTML = isWide ? NARROWER : WIDER;
    button.title = isWide ? "Back to a square, for one digit" : "Room for a number of six digits";
  }

  #mark() {
    for (const button of this.place.querySelectorAll("[data-set]")) {
      const isChosen = button.value === this.chosen[button.dataset.set];
      button.ariaChecked = String(isChosen);
      button.tabIndex = isChosen ? 0 : -1;
    }
  }

  /** Arrow keys choose the next of a group, as in any group of such buttons. */
  #walk(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const button = event.target.closest("[role=radio]");
    if (!step || !button) return;
    event.preventDefault();
    const all = [...button.parentElement.children];
    const next = all[(all.indexOf(button) + step + all.length) % all.length];
    next.focus();
    next.click();
  }
}

// The presenter's view: the canvas, the answer and the 64 numbers alone, as large as the screen
// gives. F2 enters and leaves it, and Escape leaves it, as it leaves every full screen. It is no
// letter, for those who dictate would press letters by speaking (WCAG 2.2, 2.1.4).

import { icon } from "./tools.js";

const KEY = "F2";
const MARK = "data-presenting";
const BUTTON = `<button class="btn" type="button" aria-pressed="false" aria-keyshortcuts="${KEY}"
title="Canvas, answer and numbers alone (${KEY})">${icon(":material/fullscreen:")}<span>Present</span></button>`;

/** The view of a page, its button in `place`; `changed` is told when it is entered or left. */
export class Presenting {
  constructor(place, changed) {
    place.innerHTML = BUTTON;
    this.button = place.firstElementChild;
    this.changed = changed;
    this.button.onclick = () => this.show(!this.isShown);
    this.pressed = (event) => this.hear(event);
    this.resized = () => {
      if (this.wasFull && !document.fullscreenElement) this.show(false);
      this.wasFull = Boolean(document.fullscreenElement);
    };
    addEventListener("keydown", this.pressed);
    document.addEventListener("fullscreenchange", this.resized);
  }

  get isShown() {
    return document.body.hasAttribute(MARK);
  }

  close() {
    this.show(false);
    removeEventListener("keydown", this.pressed);
    document.removeEventListener("fullscreenchange", this.resized);
  }

  hear(event) {
    if (document.querySelector("[role=dialog]")) return;
    if (event.key === KEY) this.show(!this.isShown);
    else if (event.key !== "Escape" || !this.isShown) return;
    else this.show(false);
    event.preventDefault();
  }

  show(isShown) {
    if (isShown === this.isShown) return;
    document.body.toggleAttribute(MARK, isShown);
    this.button.ariaPressed = String(isShown);
    this.button.lastElementChild.textContent = isShown ? `Back (${KEY})` : "Present";
    // Where the browser gives no full screen, its window must do.
    if (isShown) document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    this.changed();
  }
}

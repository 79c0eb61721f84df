// What is private to the canvas: seen in streamlit-drawable-canvas 0.13.0, Fabric 7.4.0.
// `tests/e2e/test_canvas_parts.py` fails when any of it changes.

const CANVAS_SIDE = 280; // in our units, whatever the size on the screen

const CANVAS_STYLE = `
  :host { display: block; position: relative; isolation: isolate; }
  .canvas-root { position: absolute; inset: 0; }
  .dc-root, .dc-scroll, .dc-container, .canvas-container, canvas {
    width: 100% !important; height: 100% !important; max-width: none !important;
  }
  .dc-scroll { overflow: hidden !important; }
  .dc-toolbar { display: none !important; }
  .dc-canvas { outline: none !important; }
  .upper-canvas { touch-action: none !important; cursor: var(--pen-ring, crosshair) !important; }
`;

/** Find the canvas that takes the pointer, in its component's open shadow root. */
function findCanvas(place) {
  for (const host of place.querySelectorAll("*")) {
    const canvas = host.shadowRoot?.querySelector("canvas.upper-canvas");
    if (canvas) return canvas;
  }
  return null;
}

/** Let the canvas fill its place, without its own toolbar, which erases when tapped. */
function dressCanvas(canvas) {
  const root = canvas.getRootNode();
  if (root.querySelector("style[data-board]")) return;
  const style = document.createElement("style");
  style.dataset.board = "";
  style.textContent = CANVAS_STYLE;
  root.append(style);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", "Drawing area");
}

/** Send the canvas what a mouse would. */
function sendMouse(canvas, type, [clientX, clientY]) {
  const buttons = type === "mouseup" ? 0 : 1;
  canvas.dispatchEvent(
    new MouseEvent(type, {
      clientX, clientY, buttons, button: 0, bubbles: true, composed: true, view: window,
    }),
  );
}

/** Send the canvas what one finger would. It counts the fingers in `touches`. */
function sendTouch(canvas, type, identifier, [clientX, clientY]) {
  const touch = new Touch({ identifier, target: canvas, clientX, clientY });
  const touches = type === "touchend" ? [] : [touch];
  canvas.dispatchEvent(
    new TouchEvent(type, {
      touches, targetTouches: touches, changedTouches: [touch],
      bubbles: true, composed: true, cancelable: true,
    }),
  );
}

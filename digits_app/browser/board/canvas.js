// What is private to the canvas: seen in streamlit-drawable-canvas 0.13.0, Fabric 7.4.0.
// `tests/e2e/test_canvas_parts.py` fails when any of it changes.

export const SIDE = 280; // height in our units, whatever the size on the screen
export const WIDE = 2 * SIDE; // width of the wide canvas; the other is a square

const FINENESS = 2; // pixels of the canvas for each of our units

const STYLE = `
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

/** Find the element that takes the pointer, in the canvas' open shadow root. */
export function findSurface(place) {
  for (const host of place.querySelectorAll("*")) {
    const surface = host.shadowRoot?.querySelector("canvas.upper-canvas");
    if (surface) return surface;
  }
  return null;
}

/** Let the canvas fill its place, without its own toolbar, which erases when tapped. */
export function dress(surface) {
  const root = surface.getRootNode();
  if (root.querySelector("style[data-board]")) return;
  const style = document.createElement("style");
  style.dataset.board = "";
  style.textContent = STYLE;
  root.append(style);
  surface.setAttribute("role", "img");
}

/**
 * Gives the canvas another drawing or another pen, as Streamlit would, but from here.
 *
 * The canvas' script exports one function, which Streamlit calls with what Python hands to
 * `st_canvas`. It may be called again with other values, so the server need not be asked.
 */
export class Command {
  constructor(surface, script, slate, onCalled) {
    this.root = surface.getRootNode();
    this.call = script.default;
    this.slate = slate;
    this.loads = 0;
    this.drawing = { objects: [], background: slate };
    this.width = SIDE;
    // Each call writes the style of the toolbar: so we see where Streamlit has called.
    this.toolbar = this.root.querySelector(".dc-toolbar");
    this.watcher = new MutationObserver(onCalled);
    this.watcher.observe(this.toolbar, { attributeFilter: ["style"] });
  }

  /**
   * Import the canvas' script, which the page has already; null where it is not found.
   *
   * `onCalled` is told when Streamlit gives the canvas its own drawing and pen again.
   */
  static async over(surface, { script, slate }, onCalled) {
    try {
      const module = await import(new URL(script, document.baseURI));
      return new Command(surface, module, slate, onCalled);
    } catch {
      return null;
    }
  }

  close() {
    this.watcher.disconnect();
  }

  /** Draw with a pen from now on; return whether the canvas took it. */
  take(pen) {
    this.pen = pen;
    return this.#tell();
  }

  /** Show a drawing, and nothing else; return whether the canvas took it. */
  show({ objects, width }, pen) {
    this.pen = pen;
    this.width = width;
    this.loads += 1; // the same drawing is loaded again where it has another number
    const { slate, loads } = this;
    this.drawing = { objects: objects.map(fine), background: slate, number: loads };
    return this.#tell();
  }

  #tell() {
    const canvases = () => [...this.root.querySelectorAll(".dc-root")];
    const before = canvases();
    try {
      this.call({
        parentElement: this.root,
        setStateValue() {}, // the canvas reports nothing: `pen.js` listens itself
        data: {
          drawingMode: "freedraw",
          initialDrawing: this.drawing,
          strokeColor: this.pen.colour,
          strokeWidth: this.pen.width * FINENESS,
          backgroundColor: this.slate,
          canvasWidth: this.width * FINENESS,
          canvasHeight: SIDE * FINENESS,
          fillColor: "#eee",
          backgroundImageURL: null,
          backgroundImageFit: "stretch",
          maxDisplayHeight: null,
          realtimeUpdateStreamlit: false,
          returnImageData: false,
          disabled: false,
          displayRadius: 3,
          fontSize: 20,
          label: "",
        },
      });
    } catch {
      return false;
    }
    this.toolbar.style.display = "block"; // which the style sheet overrules
    this.watcher.takeRecords();
    // A script that does not know the canvas makes another one beside it.
    const others = canvases().filter((each) => !before.includes(each));
    for (const other of others) other.remove();
    return others.length === 0;
  }
}

/** Write a path in pixels of the canvas. */
function fine(path) {
  const larger = (number) => number * FINENESS;
  return {
    ...path,
    path: path.path.map(([name, ...numbers]) => [name, ...numbers.map(larger)]),
    strokeWidth: larger(path.strokeWidth),
  };
}

/** Send the canvas what a mouse would. */
export function sendMouse(surface, type, [clientX, clientY]) {
  const buttons = type === "mouseup" ? 0 : 1;
  surface.dispatchEvent(
    new MouseEvent(type, {
      clientX, clientY, buttons, button: 0, bubbles: true, composed: true, view: window,
    }),
  );
}

/** Send the canvas what one finger would. It counts the fingers in `touches`. */
export function sendTouch(surface, type, identifier, [clientX, clientY]) {
  const touch = new Touch({ identifier, target: surface, clientX, clientY });
  const touches = type === "touchend" ? [] : [touch];
  surface.dispatchEvent(
    new TouchEvent(type, {
      touches, targetTouches: touches, changedTouches: [touch],
      bubbles: true, composed: true, cancelable: true,
    }),
  );
}

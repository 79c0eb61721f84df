// After a reload the server knows no drawing; the browser does. On the Draw page the board
// sends it; on the Lesson this does.

import { drawingOf } from "./drawing.js";

let sent = null;

/** Python has run: `component` is what Streamlit hands to a component's script. */
export function receive({ data: [data], setStateValue }) {
  const { objects, width, revision } = drawingOf(data.stored);
  if (!objects.length || revision === sent) return;
  sent = revision;
  setStateValue("drawing", { objects, width, revision });
}

// After a reload the server knows no drawing; the browser does (../draw/strokes.js keeps it
// under this name). On the Draw page the canvas sends it; here this does.
const STORED = "digit-drawing";
let sent = null;

export default function ({ setStateValue }) {
  let stored = null;
  try {
    stored = sessionStorage.getItem(STORED);
  } catch {
    return; // storage is switched off
  }
  if (!stored || stored === sent) return;
  sent = stored;
  try {
    const { objects, name, revision } = JSON.parse(stored);
    if (objects?.length) setStateValue("drawing", { objects, name, revision });
  } catch {
    // not ours
  }
}

// After a reload the server knows no drawing; the browser does (`browser/board/drawing.js` keeps it).
// On the Draw page the canvas sends it; here this does.
let sent = null;

export default function ({ data, setStateValue }) {
  let stored = null;
  try {
    stored = sessionStorage.getItem(data.stored);
  } catch {
    return; // storage is switched off
  }
  if (!stored || stored === sent) return;
  sent = stored;
  try {
    const { objects, revision } = JSON.parse(stored);
    if (objects?.length) setStateValue("drawing", { objects, revision });
  } catch {
    // not ours
  }
}

let shown = null;

export default function ({ data, parentElement }) {
  const root = parentElement.getRootNode();
  const place = root instanceof ShadowRoot ? root.host : parentElement;
  const main = place.closest("[data-testid=stMain]");
  // It keeps the page where it was scrolled to; a new step begins at its top.
  if (shown !== null && shown !== data.step) main?.scrollTo({ top: 0 });
  shown = data.step;
  showChosen();
}

// On a phone the outline is one row to push sideways: the step shown stays in sight.
function showChosen() {
  const chosen = document.querySelector(".st-key-lesson_outline [aria-checked=true]");
  const row = chosen?.parentElement;
  if (row) row.scrollLeft = chosen.offsetLeft - row.offsetLeft - row.clientWidth / 3;
}

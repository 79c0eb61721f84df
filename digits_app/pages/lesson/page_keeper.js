// What Streamlit leaves undone on a page that changes in place. Seen with Streamlit 1.67.
let shown = null;
let watching = null;

export default function ({ data, parentElement }) {
  const root = parentElement.getRootNode();
  const place = root instanceof ShadowRoot ? root.host : parentElement;
  const main = place.closest("[data-testid=stMain]");
  // It keeps the page where it was scrolled to; a new step begins at its top.
  if (shown !== null && shown !== data.step) main?.scrollTo({ top: 0 });
  shown = data.step;
  showChosen();
  watch(main);
}

// On a phone the outline is one row to push sideways: the step shown stays in sight.
function showChosen() {
  const chosen = document.querySelector(".st-key-lesson_outline [aria-checked=true]");
  const row = chosen?.parentElement;
  if (row) row.scrollLeft = chosen.offsetLeft - row.offsetLeft - row.clientWidth / 3;
}

// Code that is wider than its box scrolls in a `pre`, but the keyboard gets only to the box
// around it.
function watch(main) {
  if (!main || watching === main) return;
  watching = main;
  const reach = () => {
    for (const code of main.querySelectorAll(".stCode[tabindex='0']")) {
      code.tabIndex = -1;
      const pre = code.querySelector("pre");
      if (pre) pre.tabIndex = 0;
    }
  };
  reach();
  new MutationObserver(reach).observe(main, { childList: true, subtree: true });
}

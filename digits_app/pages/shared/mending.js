// What Streamlit 1.67 leaves undone for keyboards and screen readers.
let watching = null;

export default function ({ parentElement }) {
  // Out of the flow, where even an empty element is kept at a distance.
  const host = parentElement.host || parentElement;
  const element = host.closest("[data-testid=stElementContainer]");
  if (element) element.style.position = "absolute";
  watch(host.closest("[role=dialog], [data-testid=stMain]"));
}

function watch(place) {
  if (!place || watching === place) return;
  watching = place;
  const mend = () => {
    // Code that is wider than its box scrolls in a `pre`, but the keyboard gets only to the
    // box around it.
    for (const code of place.querySelectorAll(".stCode[tabindex='0']")) {
      code.tabIndex = -1;
      const pre = code.querySelector("pre");
      if (pre) pre.tabIndex = 0;
    }
    // The place for a file is called a presentation, and has a name and a place in the order
    // of focus, which a presentation may not have.
    place.querySelector("section[role=presentation]")?.removeAttribute("role");
  };
  mend();
  new MutationObserver(mend).observe(place, { childList: true, subtree: true });
}

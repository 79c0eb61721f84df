// What Streamlit 1.67 leaves undone for keyboards and screen readers.
const watched = new WeakSet();

export default function ({ parentElement }) {
  const host = parentElement.host || parentElement;
  watch(host.closest("[role=dialog], [data-testid=stMain]"));
}

function watch(place) {
  if (!place || watched.has(place)) return;
  watched.add(place);
  const mend = () => {
    // Links to pages do not say which page is shown.
    for (const tab of place.querySelectorAll(".st-key-tabs a")) {
      if (tab.closest(".st-key-tab_shown")) tab.ariaCurrent = "page";
      else tab.ariaCurrent = null;
    }
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

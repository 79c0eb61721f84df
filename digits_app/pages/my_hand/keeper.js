// The tab's copy of what somebody wrote on the My hand page.
const STORED = "digit-my-hand";
let watching = null;

export default function ({ data, parentElement, setTriggerValue }) {
  // Out of the flow, where even an empty element is kept at a distance.
  const host = parentElement.host || parentElement;
  const element = host.closest("[data-testid=stElementContainer]");
  if (element) element.style.position = "absolute";
  watch(host.closest("[data-testid=stMain]"));
  try {
    if (data.forget) {
      sessionStorage.removeItem(STORED);
    } else if (data.kept !== null) {
      sessionStorage.setItem(STORED, JSON.stringify(data.kept));
    } else {
      const stored = sessionStorage.getItem(STORED);
      if (stored) setTriggerValue("restored", JSON.parse(stored));
    }
  } catch {
    // Storage is switched off or full: the test then does not outlive a reload.
  }
}

// Streamlit 1.67 calls the place for a file a presentation, and gives it a name and a place in
// the order of focus, which a presentation may not have.
function watch(main) {
  if (!main || watching === main) return;
  watching = main;
  const mend = () => {
    main.querySelector("section[role=presentation]")?.removeAttribute("role");
  };
  mend();
  new MutationObserver(mend).observe(main, { childList: true, subtree: true });
}

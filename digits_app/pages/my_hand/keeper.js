// The tab's copy of what somebody wrote on the My hand page.
const STORED = "digit-my-hand";

export default function ({ data, parentElement, setTriggerValue }) {
  // Out of the flow, where even an empty element is kept at a distance.
  const host = parentElement.host || parentElement;
  const element = host.closest("[data-testid=stElementContainer]");
  if (element) element.style.position = "absolute";
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

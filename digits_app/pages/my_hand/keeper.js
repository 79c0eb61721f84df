// The tab's copy of what somebody wrote on the My hand page.
const STORED = "digit-my-hand";

export default function ({ data, setTriggerValue }) {
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

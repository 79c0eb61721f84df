// The tab's copy of what somebody wrote on the My hand page.

import { keep, kept, TAB } from "./kept.js";

const STORED = "digit-my-hand";

/** Python has run: `component` is what Streamlit hands to a component's script. */
export function receive({ data: [data], setTriggerValue }) {
  if (data.forget || data.kept !== null) {
    keep(TAB, STORED, data.forget ? null : data.kept);
  } else if (kept(TAB, STORED)) {
    setTriggerValue("restored", kept(TAB, STORED));
  }
}

// Who this browser is in a class: the teacher, by a key, or a pupil, by a secret of its own.
//
// The link of a class carries its secret behind a "#", which no browser sends to a server:
// it stands in no log, and goes from the address as soon as it is read.

import { BROWSER, forgetAll, keep, kept, TAB } from "../kept.js";

const TEACHER = "digit-class-teacher";
const PUPIL = "digit-class-pupil";
const SECRET = "digit-class-secret";
const ROLE = "digit-class-role"; // of this tab
const OUTBOX = "digit-class-outbox"; // what pupil.js has not sent yet

// The link that was opened and has not led into its class yet, whether it is a teacher's, and
// how many were opened before: the same one may be opened twice.
let link = { link: null, leads: false, opened: 0 };
let done = null; // number of the last thing that the server asked to keep
const listeners = new WeakMap();

/** Made once on this phone: who opens the link again with it is the same pupil. */
function ownSecret() {
  let secret = kept(BROWSER, SECRET);
  if (!secret) {
    // crypto.randomUUID is not there on a plain http address.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    secret = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    keep(BROWSER, SECRET, secret); // without storage, a reload makes somebody new
  }
  return secret;
}

function takeFromAddress() {
  const [, name, value] = location.hash.match(/^#(join|teach)=([\w-]{1,80})$/) ?? [];
  if (!name) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  link = { link: value, leads: name === "teach", opened: link.opened + 1 };
}

function become({ number, role, key }) {
  if (number === done) return;
  done = number;
  if (key !== null) link = { ...link, link: null }; // it has led into its class
  keep(BROWSER, role === "teacher" ? TEACHER : PUPIL, key);
  keep(TAB, ROLE, key === null ? null : role);
  // What was not sent yet is of no use where the class has ended.
  if (role === "pupil" && key === null) forgetAll(BROWSER, OUTBOX);
}

function tell() {
  takeFromAddress();
  const teacher = kept(BROWSER, TEACHER);
  const pupil = kept(BROWSER, PUPIL);
  const role = kept(TAB, ROLE) ?? (teacher ? "teacher" : pupil ? "pupil" : null);
  return { role, teacher, pupil, ...link, secret: ownSecret() };
}

/** Python has run: `component` is what Streamlit hands to a component's script. */
export function receive({ data: [data], parentElement, setStateValue }) {
  leave(parentElement);
  if (data.keep) become(data.keep);
  const me = tell();
  const known = data.known ?? {};
  if (Object.keys(me).some((name) => me[name] !== known[name])) setStateValue("me", me);
  // A link of the class opened in a tab that shows this page changes only the "#".
  const hear = () => setStateValue("me", tell());
  addEventListener("hashchange", hear);
  listeners.set(parentElement, hear);
}

/** A place on the page is taken down. */
export function leave(place) {
  removeEventListener("hashchange", listeners.get(place));
}

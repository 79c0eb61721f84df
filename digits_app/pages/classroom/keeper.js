// Who this browser is in a class: the teacher, by a key, or a pupil, by a secret of its own.
//
// The link of a class carries its secret behind a "#", which no browser sends to a server:
// it stands in no log, and goes from the address as soon as it is read.

const TEACHER = "digit-class-teacher";
const PUPIL = "digit-class-pupil";
const SECRET = "digit-class-secret";
const ROLE = "digit-class-role"; // of this tab
const OUTBOX = "digit-class-outbox"; // what pupil.js has not sent yet

// The link that was opened and has not led into its class yet, whether it is a teacher's, and
// how many were opened before: the same one may be opened twice.
let link = { link: null, leads: false, opened: 0 };
const memory = new Map(); // in place of storage that is switched off
let kept = null; // number of the last thing that the server asked to keep

function read(storage, name) {
  try {
    return storage.getItem(name);
  } catch {
    return memory.get(name) ?? null; // a reload then makes somebody new
  }
}

function write(storage, name, value) {
  try {
    if (value === null) storage.removeItem(name);
    else storage.setItem(name, value);
  } catch {
    memory.set(name, value);
  }
}

/** Made once on this phone: who opens the link again with it is the same pupil. */
function ownSecret() {
  let secret = read(localStorage, SECRET);
  if (!secret) {
    // crypto.randomUUID is not there on a plain http address.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    secret = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    write(localStorage, SECRET, secret);
  }
  return secret;
}

function takeFromAddress() {
  const [, name, value] = location.hash.match(/^#(join|teach)=([\w-]{1,80})$/) ?? [];
  if (!name) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  link = { link: value, leads: name === "teach", opened: link.opened + 1 };
}

function keep({ number, role, key }) {
  if (number === kept) return;
  kept = number;
  if (key !== null) link = { ...link, link: null }; // it has led into its class
  write(localStorage, role === "teacher" ? TEACHER : PUPIL, key);
  write(sessionStorage, ROLE, key === null ? null : role);
  if (role === "pupil" && key === null) forgetDigits();
}

/** What was not sent yet is of no use where the class has ended. */
function forgetDigits() {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(OUTBOX)) localStorage.removeItem(name);
    }
  } catch {
    // Nothing was kept.
  }
}

export default function ({ data, setStateValue }) {
  if (data.keep) keep(data.keep);
  const tell = () => {
    takeFromAddress();
    const teacher = read(localStorage, TEACHER);
    const pupil = read(localStorage, PUPIL);
    const role = read(sessionStorage, ROLE) ?? (teacher ? "teacher" : pupil ? "pupil" : null);
    return { role, teacher, pupil, ...link, secret: ownSecret() };
  };
  const me = tell();
  const known = data.known ?? {};
  if (Object.keys(me).some((name) => me[name] !== known[name])) setStateValue("me", me);
  // A link of the class opened in a tab that shows this page changes only the "#".
  const hear = () => setStateValue("me", tell());
  addEventListener("hashchange", hear);
  return () => removeEventListener("hashchange", hear);
}

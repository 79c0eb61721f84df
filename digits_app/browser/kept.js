// What the browser keeps for us, as JSON. Where storage is switched off or full, it is kept
// until the page is loaded again.

export const TAB = "sessionStorage"; // outlives a reload, and is gone with the tab
export const BROWSER = "localStorage"; // outlives the tab
const memory = new Map();

/** What was kept under a name; null where there is nothing, or what is no JSON. */
export function kept(where, name) {
  const key = `${where} ${name}`;
  if (memory.has(key)) return memory.get(key);
  try {
    return JSON.parse(globalThis[where].getItem(name));
  } catch {
    return null;
  }
}

/** Keep a value under a name; null forgets it. */
export function keep(where, name, value) {
  const key = `${where} ${name}`;
  memory.delete(key);
  try {
    if (value === null) globalThis[where].removeItem(name);
    else globalThis[where].setItem(name, JSON.stringify(value));
  } catch {
    memory.set(key, value);
  }
}

/** Forget all whose names begin so. */
export function forgetAll(where, beginning) {
  for (const key of memory.keys()) if (key.startsWith(`${where} ${beginning}`)) memory.delete(key);
  try {
    const names = Object.keys(globalThis[where]).filter((name) => name.startsWith(beginning));
    for (const name of names) globalThis[where].removeItem(name);
  } catch {
    // Nothing was kept there.
  }
}

// A word of the glossary that is pressed explains itself: a link to "#word-loss" shows a note.
const NOTE = "word-note";
const WORD = 'a[href^="#word-"]';

export default function ({ data }) {
  let note = document.getElementById(NOTE);
  if (!note) {
    note = Object.assign(document.createElement("div"), { id: NOTE, popover: "auto" });
    note.role = "status"; // what is written into it is read out
    document.body.append(note);
    document.addEventListener("click", press);
    // It would stay where the word was.
    document.addEventListener("scroll", () => note.hidePopover(), { capture: true, passive: true });
    new MutationObserver(nameLinks).observe(document.body, { childList: true, subtree: true });
  }
  note.sentences = data;
  nameLinks();
}

/** For ears they are buttons: they lead nowhere. */
function nameLinks() {
  for (const link of document.querySelectorAll(`${WORD}:not([role])`)) link.role = "button";
}

function press(event) {
  const link = event.target.closest?.(WORD);
  if (!link) return;
  event.preventDefault();
  const note = document.getElementById(NOTE);
  note.textContent = note.sentences[link.hash.slice("#word-".length)] ?? "";
  note.showPopover();
  const [word, box] = [link.getBoundingClientRect(), note.getBoundingClientRect()];
  const left = Math.max(8, Math.min(word.left, innerWidth - box.width - 8));
  const below = word.bottom + 6;
  const top = below + box.height < innerHeight ? below : word.top - box.height - 6;
  note.style.left = `${left}px`;
  note.style.top = `${Math.max(8, top)}px`;
}

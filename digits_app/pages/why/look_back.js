// How the answer changed while the drawing on the board was drawn, as the board noted it.
export default function ({ data, parentElement }) {
  let place = parentElement.querySelector(".e8");
  if (!place) {
    place = Object.assign(document.createElement("div"), { className: "e8" });
    parentElement.append(place);
  }
  paint(place, data);
}

async function paint(place, { scripts, stored, words }) {
  const modules = scripts.map((script) => import(new URL(script, document.baseURI)));
  const [{ paintLookBack }, { drawingOf }] = await Promise.all(modules);
  paintLookBack(place, drawingOf(stored), words);
}

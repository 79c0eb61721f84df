const shown = new Map();

export default function ({ data, parentElement }) {
  // Out of the flow, where even an empty element is kept at a distance.
  const host = parentElement.host || parentElement;
  const element = host.closest("[data-testid=stElementContainer]");
  if (element) element.style.position = "absolute";
  const before = shown.get(data.container);
  shown.set(data.container, data.shown);
  if (before === undefined || before === data.shown) return;
  document.querySelector(`.st-key-${data.container}`)?.scrollIntoView({ block: "start" });
}

const shown = new Map();

export default function ({ data }) {
  const before = shown.get(data.container);
  shown.set(data.container, data.shown);
  if (before === undefined || before === data.shown) return;
  if (data.container) {
    document.querySelector(`.st-key-${data.container}`)?.scrollIntoView({ block: "start" });
  } else {
    document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
  }
}

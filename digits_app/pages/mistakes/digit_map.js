// The map of the digits: each is drawn as the digit it shows, mistakes in a ring.
// One digit at a time is in the order of the Tab key; arrow keys go on to the nearest one.

const SIDE = 1000;
const NARROW = 640; // pixels: below, the map is that of a phone, where digits must not shrink
const MARGIN = 30;
const NAMESPACE = "http://www.w3.org/2000/svg";
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function element(name, attributes, text = "") {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

const scaled = (share, side) => MARGIN + share * (side - 2 * MARGIN);

function nearest(digits, from, [dx, dy]) {
  let best = null;
  for (const digit of digits) {
    const x = digit.x - from.x, y = digit.y - from.y;
    const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (ahead <= 0) continue;
    const cost = ahead + 2 * aside;
    if (best === null || cost < best.cost) best = { digit, cost };
  }
  return best?.digit;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const svg = parentElement.querySelector("svg");
  const said = parentElement.querySelector(".said");
  const isNarrow = svg.getBoundingClientRect().width < NARROW;
  const side = isNarrow ? SIDE / 2 : SIDE;
  const height = side * (isNarrow ? 1.2 : 0.75);
  svg.setAttribute("viewBox", `0 0 ${side} ${height}`);
  const digits = data.digits.map(([index, x, y, label, read]) => {
    const place = { index, x: scaled(x, side), y: scaled(y, height) };
    const isWrong = label !== read;
    const name = isWrong ? `a ${label}, read as ${read}` : `a ${label}, read right`;
    place.drawn = element(
      "text",
      { x: place.x, y: place.y, class: isWrong ? "wrong" : "right", role: "button",
        "aria-label": name, tabindex: -1 },
      label,
    );
    const open = () => setTriggerValue("pressed", index);
    place.drawn.addEventListener("click", open);
    place.drawn.addEventListener("pointerenter", () => (said.textContent = name));
    place.drawn.addEventListener("focus", () => (said.textContent = name));
    place.drawn.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") open();
      else if (event.key in ARROWS) nearest(digits, place, ARROWS[event.key])?.drawn.focus();
      else return;
      event.preventDefault();
    });
    place.ring = isWrong ? element("circle", { cx: place.x, cy: place.y, r: 15, class: "wrong ring" }) : null;
    return place;
  });
  if (digits.length) digits[0].drawn.setAttribute("tabindex", 0);
  const drawn = digits.flatMap((place) => (place.ring ? [place.ring, place.drawn] : [place.drawn]));
  if (data.mine) {
    const [x, y, read] = [scaled(data.mine[0], side), scaled(data.mine[1], height), data.mine[2]];
    drawn.push(element("circle", { cx: x, cy: y, r: 22, class: "mine ring" }));
    const mine = element("text", { x, y, class: "mine" }, read);
    mine.append(element("title", {}, "your drawing"));
    drawn.push(mine);
  }
  svg.replaceChildren(...drawn);
}

// The answer, painted from numbers by the same script as on the board.
export default function ({ data, parentElement }) {
  let place = parentElement.querySelector(".e8");
  if (!place) {
    place = Object.assign(document.createElement("div"), { className: "e8" });
    parentElement.append(place);
  }
  const { script, reading, words } = data;
  const painter = import(new URL(script, document.baseURI));
  painter.then(({ paintAnswer }) => paintAnswer(place, reading, words));
}

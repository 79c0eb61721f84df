// The confusion matrix: a table whose cells that hold mistakes, or right answers, are buttons.

// The sentence holds the number that is seen: who speaks to the computer says what they see.
function sentence(trueDigit, predicted, count) {
  const often = count === 1 ? "1 time" : `${count} times`;
  return trueDigit === predicted
    ? `${trueDigit} read right: ${often}`
    : `${trueDigit} read as ${predicted}: ${often}`;
}

function head(text, isChosen, scope) {
  const cell = document.createElement("th");
  cell.textContent = text;
  cell.scope = scope;
  cell.className = isChosen ? "chosen" : "";
  return cell;
}

function cell(data, trueDigit, predicted, most, onPress) {
  const place = document.createElement("td");
  const count = data.counts[trueDigit][predicted];
  if (!count) return place;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = count;
  button.className = trueDigit === predicted ? "right" : count < most ? "wrong" : "wrong most";
  button.title = sentence(trueDigit, predicted, count);
  button.setAttribute("aria-label", button.title);
  const isChosen = data.chosen[0] === trueDigit && data.chosen[1] === predicted;
  button.setAttribute("aria-pressed", String(isChosen));
  button.addEventListener("click", () => onPress(trueDigit, predicted));
  place.append(button);
  return place;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  const digits = data.counts.map((_, digit) => digit);
  const wrong = data.counts.flatMap((row, digit) => row.filter((_, other) => other !== digit));
  const most = Math.max(2, ...wrong);
  const focused = parentElement.activeElement?.getAttribute("aria-label");
  const rows = [document.createElement("tr")];
  rows[0].append(document.createElement("td"));
  rows[0].append(...digits.map((digit) => head(digit, data.chosen[1] === digit, "col")));
  for (const trueDigit of digits) {
    const row = document.createElement("tr");
    row.append(head(trueDigit, data.chosen[0] === trueDigit, "row"));
    row.append(
      ...digits.map((predicted) =>
        cell(data, trueDigit, predicted, most, (...pressed) =>
          setTriggerValue("pressed", pressed),
        ),
      ),
    );
    rows.push(row);
  }
  table.replaceChildren(...rows);
  if (focused) table.querySelector(`[aria-label="${focused}"]`)?.focus();
}

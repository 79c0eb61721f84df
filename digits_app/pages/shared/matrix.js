// The confusion matrix: a table. What its cells hold are buttons where the page wants that.

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
  const shown = document.createElement(data.isPressable ? "button" : "span");
  shown.textContent = count;
  shown.className = trueDigit === predicted ? "count right" : count < most ? "count wrong" : "count wrong most";
  shown.title = sentence(trueDigit, predicted, count);
  place.append(shown);
  if (!data.isPressable) return place;
  shown.type = "button";
  shown.setAttribute("aria-label", shown.title);
  const isChosen = data.chosen[0] === trueDigit && data.chosen[1] === predicted;
  shown.setAttribute("aria-pressed", String(isChosen));
  shown.addEventListener("click", () => onPress(trueDigit, predicted));
  return place;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const table = parentElement.querySelector("table");
  table.ariaLabel = `Confusion matrix: rows are what ${data.who} wrote, columns what was read`;
  parentElement.querySelector(".beside").textContent = `${data.who} wrote …`;
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

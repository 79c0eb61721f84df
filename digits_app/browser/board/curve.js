// The line through the points of a pen: they are the controls of curves between their middles.

/** Round points to a tenth of our units, as they are kept and sent. */
export function tenths(points) {
  return points.map((point) => point.map((n) => Math.round(n * 10) / 10));
}

/** The commands of a path, as the canvas' JSON has them. */
export function curve(points) {
  const commands = [["M", ...points[0]]];
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1], points[i]];
    commands.push(["Q", ax, ay, (ax + bx) / 2, (ay + by) / 2]);
  }
  commands.push(["L", ...points.at(-1)]);
  return commands;
}

const METHODS = { M: "moveTo", Q: "quadraticCurveTo", L: "lineTo" };

/** Paint such a line. `numbers` are its points x, y, x, y, ... */
export function paintLine(context, numbers, width, colour) {
  const points = [];
  for (let i = 0; i < numbers.length; i += 2) points.push([numbers[i], numbers[i + 1]]);
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.lineCap = context.lineJoin = "round";
  context.beginPath();
  for (const [name, ...at] of curve(points)) context[METHODS[name]](...at);
  context.stroke();
}

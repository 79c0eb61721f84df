// "Show me one": a digit drawn stroke by stroke, as a hand would, by the canvas' own events.

const SPEED = 0.42; // units a millisecond
const BETWEEN_STROKES = 220; // milliseconds
const OURS = 8888; // the pointer's id

/** Draw strokes, given in units; the function that is returned breaks it off. */
function demonstrate(canvas, strokes) {
  let frame = 0;
  let down = null;
  const place = ([x, y]) => {
    const box = canvas.getBoundingClientRect();
    return [box.left + (x / CANVAS_SIDE) * box.width, box.top + (y / CANVAS_SIDE) * box.width];
  };
  const send = (kind, at) => {
    const [clientX, clientY] = at;
    canvas.dispatchEvent(
      new PointerEvent(`pointer${kind}`, {
        pointerId: OURS, pointerType: "mouse", button: 0, buttons: kind === "up" ? 0 : 1,
        clientX, clientY, bubbles: true, composed: true,
      }),
    );
    sendMouse(canvas, `mouse${kind}`, at);
    down = kind === "up" ? null : at;
  };
  const walk = (number) => {
    const stroke = strokes[number];
    if (!stroke) return;
    const reached = [0];
    for (let i = 1; i < stroke.length; i++) {
      const [[ax, ay], [bx, by]] = [stroke[i - 1], stroke[i]];
      reached.push(reached.at(-1) + Math.hypot(bx - ax, by - ay));
    }
    const began = performance.now();
    let next = 0;
    const step = (now) => {
      if (!canvas.getBoundingClientRect().width) return; // the page was left
      const way = (now - began) * SPEED;
      while (next < stroke.length && reached[next] <= way) {
        send(next === 0 ? "down" : "move", place(stroke[next]));
        next += 1;
      }
      if (next < stroke.length) {
        frame = requestAnimationFrame(step);
      } else {
        send("up", down);
        frame = setTimeout(() => walk(number + 1), BETWEEN_STROKES);
      }
    };
    frame = requestAnimationFrame(step);
  };
  walk(0);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(frame);
    if (down) send("up", down);
  };
}

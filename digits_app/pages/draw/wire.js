// The line to the server, in the part of the page that runs again at each stroke. This is sent
// with every answer, so it is short: `board.js` does the work.
export default function (wire) {
  const line = (globalThis.eightByEight ??= {});
  line.wire = wire;
  line.hear?.(wire);
  return () => {
    if (!wire.parentElement.isConnected && line.wire === wire) line.wire = null;
  };
}

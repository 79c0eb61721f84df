// Reads the drawing in this browser, in a Worker, as often as it can.

/** Asks the reader for the newest drawing, once a frame, and hands on what it says. */
export class Live {
  constructor(onReading) {
    this.onReading = onReading;
    this.reader = null; // the promise of one
    this.worker = null; // and that one, once it has weights
    this.network = null;
    this.weights = null;
    this.ready = new Map(); // a network's name to the address of weights that are there
  }

  /**
   * Read with a network from now on. Its weights are fetched when it is first asked for;
   * until they are there, or where they cannot be had, `isReady` is false and the server alone
   * answers, when the pen lifts.
   */
  async use({ network, weights, guard, client, worker }) {
    this.network = network;
    this.weights = weights;
    this.reader ??= makeReader(client, worker);
    const reader = await this.reader;
    if (!reader?.available) return;
    const loads = [reader.load("guard", absolute(guard)), reader.load(network, absolute(weights))];
    if ((await Promise.all(loads)).every(Boolean)) this.ready.set(network, weights);
    this.worker = reader;
  }

  get isReady() {
    return Boolean(this.worker?.available) && this.ready.get(this.network) === this.weights;
  }

  /** Read paths on a canvas so wide, and hand the reading on. */
  async read(paths, width, mark) {
    const reading = await this.ask(paths, width);
    if (reading) this.onReading(reading, paths, mark);
  }

  /** Read paths; null where others are asked for before the answer. */
  async ask(paths, width) {
    const { network } = this;
    const reading = this.isReady ? await this.worker.read(network, paths, width) : null;
    return network === this.network ? reading : null;
  }
}

async function makeReader(client, worker) {
  try {
    const { Reader } = await import(absolute(client));
    return new Reader(absolute(worker));
  } catch {
    return null; // no module Workers here: the answer comes when the pen lifts
  }
}

function absolute(address) {
  return new URL(address, document.baseURI).href;
}

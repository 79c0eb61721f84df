// The reader for a page: it reads in a worker, the newest drawing first.

/**
 * Reads drawings as the server does, while the pen moves.
 *
 *     const reader = new Reader(workerUrl);
 *     reader.load("guard", guardUrl); // always: it also brings the rule
 *     reader.load("augmented-10", url);
 *     const reading = await reader.read("augmented-10", paths);
 *
 * A reading is { network, proba, label, unfamiliarity, isUnfamiliar, image }: a probability
 * for each digit, the most probable one, whether it looks like no digit that the network
 * knows, and the 8x8 pixels, 0..16, that it saw. Of too little ink, or what is no drawing,
 * it is { network, nothing: true }. It is null where there is none: the network is not there
 * yet, a newer drawing came first, or this browser has no module workers.
 */
export class Reader {
  constructor(workerUrl) {
    this.loads = new Map(); // by name: { source, promise }
    this.asked = new Map(); // by number of the message: what to do with its answer
    this.nAsked = 0;
    this.isReading = false;
    this.waiting = null;
    this.worker = startWorker(new URL(workerUrl, baseAddress()).href);
    this.worker?.addEventListener("message", ({ data }) => this.take(data));
    this.worker?.addEventListener("error", () => this.close());
  }

  /** Whether drawings are read here at all. */
  get available() {
    return this.worker !== null;
  }

  /** Let go of the worker. What was asked is answered with null. */
  close() {
    this.worker?.terminate();
    this.worker = null;
    for (const { resolve } of this.asked.values()) resolve(null);
    this.asked.clear();
    this.isReading = false;
    this.waiting?.resolve(null);
    this.waiting = null;
  }

  /**
   * Bring a network under a name: from an address, which is fetched once, or as bytes. The
   * promise tells whether it is there; after a failure it may be asked for again.
   */
  load(name, source) {
    const known = this.loads.get(name);
    if (known && known.source === source) return known.promise;
    const isAddress = typeof source === "string" || source instanceof URL;
    const message = isAddress
      ? { load: name, url: new URL(source, baseAddress()).href }
      : { load: name, bytes: bufferOf(source) };
    const promise = this.ask(message).then(
      (done) => done !== null,
      () => {
        if (this.loads.get(name)?.promise === promise) this.loads.delete(name);
        return false;
      },
    );
    this.loads.set(name, { source, promise });
    return promise;
  }

  /**
   * Read a drawing, given the canvas' objects, and its width, if it is no square. One that is
   * overtaken gets null.
   */
  read(network, paths, width) {
    return new Promise((resolve) => {
      this.waiting?.resolve(null);
      this.waiting = { network, paths, width, resolve };
      this.next();
    });
  }

  async next() {
    if (this.isReading || !this.waiting) return;
    const { network, paths, width, resolve } = this.waiting;
    this.waiting = null;
    this.isReading = true;
    resolve(await this.ask({ read: network, paths, width }).catch(() => null));
    this.isReading = false;
    this.next();
  }

  /** Send the worker a message; the promise brings its answer. */
  ask(message) {
    return new Promise((resolve, reject) => {
      if (!this.worker) {
        resolve(null);
        return;
      }
      const id = ++this.nAsked;
      this.worker.postMessage({ ...message, id });
      this.asked.set(id, { resolve, reject });
    });
  }

  take({ id, reading, error }) {
    const asked = this.asked.get(id);
    this.asked.delete(id);
    if (error === undefined) asked?.resolve(reading);
    else asked?.reject(new Error(error));
  }
}

/** Start a module worker; null in a browser that has none and would start another kind. */
function startWorker(url) {
  let knowsModules = false;
  const options = {
    get type() {
      knowsModules = true;
      return "module";
    },
  };
  try {
    const worker = new Worker(url, options);
    if (knowsModules) return worker;
    worker.terminate();
  } catch {
    // No workers at all, or none from there.
  }
  return null;
}

/** What addresses are relative to: the page's, also for a script that runs from a blob. */
function baseAddress() {
  return globalThis.document?.baseURI ?? location.href;
}

function bufferOf(bytes) {
  if (bytes instanceof ArrayBuffer) return bytes;
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

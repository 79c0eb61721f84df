// The reader on a thread of its own, so that the pen never waits for it.
//
// Gets { id, load: name, url | bytes } and { id, read: network, paths, width }; answers each with
// { id, reading } or { id, error }.

import { DigitReader } from "./read.js";

const reader = new DigitReader();

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ id: data.id, reading: await answer(data) });
  } catch (error) {
    postMessage({ id: data.id, error: String(error) });
  }
});

function answer({ load, url, bytes, read, paths, width }) {
  if (read !== undefined) return reader.read(read, paths, width);
  if (bytes) return reader.load(load, bytes);
  return fetchBytes(url).then((fetched) => reader.load(load, fetched));
}

async function fetchBytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response.arrayBuffer();
}
